"""Tabs of the reports' pages, each shown to the posts that may open it."""

from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from units.permissions import has_permission

register = template.Library()

TABS = (
    ("reports:list", _("Kỳ báo cáo"), "reports.report.read"),
    ("reports:models", _("Sổ mô hình “Dân vận khéo”"), "reports.report.read"),
    ("reports:below", _("Báo cáo cấp dưới gửi"), "reports.below.read"),
    ("reports:profiles", _("Mẫu báo cáo"), "reports.settings"),
    ("reports:indicators", _("Danh mục chỉ tiêu"), "reports.settings"),
)


@register.inclusion_tag("components/tabs.html", takes_context=True)
def report_tabs(context: Context, place: str) -> dict[str, Any]:
    """The tabs, `place` (the name of an address) being the one shown; a single one is no choice and is left out."""
    request = context["request"]
    tabs = [
        {"label": label, "url": reverse(name), "active": name == place}
        for name, label, permission in TABS
        if has_permission(request.post, permission)
    ]
    return {"tabs": tabs if len(tabs) > 1 else [], "label": _("Báo cáo")}
