"""Pages of the register of "Dân vận khéo" models."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from reports import skilful
from reports.models import Area, Recognition, SkilfulModel
from reports.periods import Span
from reports.settings_forms import SkilfulModelForm
from reports.views.common import reader
from units.models import Unit
from units.permissions import NotAllowed, has_permission
from units.web import Request, whole_number

PAGE = 50
STATES = ("alive", "ended")


@require_GET
def model_list(request: Request) -> HttpResponse:
    """The register, by unit, field, level of recognition, kept up or ended."""
    by = reader(request)
    found = _filtered(request, SkilfulModel.objects.visible_to(by).select_related("unit"))
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "filters": _filters(request),
        "may_write": has_permission(by, skilful.WRITE, by.unit),
    }
    return render(request, "reports/model_list.html", context)


def _filtered(request: Request, models: QuerySet[SkilfulModel]) -> QuerySet[SkilfulModel]:
    """What the address asks for; unknown values fall away."""
    query, today = request.GET, timezone.localdate()
    if (unit := whole_number(query.get("unit", ""))) is not None:
        models = models.filter(unit=unit)
    if query.get("area") in Area.values:
        models = models.filter(area=query["area"])
    if query.get("recognition") in Recognition.values:
        models = models.filter(recognition=query["recognition"])
    if query.get("state") == "alive":
        models = models.filter(pk__in=SkilfulModel.objects.alive(Span(today, today)))
    if query.get("state") == "ended":
        models = models.filter(ends_on__lt=today)
    return models


def _filters(request: Request) -> list[dict[str, Any]]:
    query = request.GET
    units = Unit.objects.working().inside(request.post.organisation).values_list("pk", "name")
    states = [("alive", _("đang duy trì")), ("ended", _("đã kết thúc"))]
    return [
        {"name": "unit", "label": _("Đơn vị"), "value": query.get("unit", ""), "options": list(units)},
        {"name": "area", "label": _("Lĩnh vực"), "value": query.get("area", ""), "options": Area.choices},
        {
            "name": "recognition", "label": _("Công nhận"), "value": query.get("recognition", ""),
            "options": Recognition.choices,
        },
        {"name": "state", "label": _("Trạng thái"), "value": query.get("state", ""), "options": states},
    ]  # fmt: skip


def model_create(request: Request) -> HttpResponse:
    """Enter a model."""
    return _edit(request, None)


def model_edit(request: Request, pk: int) -> HttpResponse:
    """Change a model, or end it by its last day."""
    return _edit(request, get_object_or_404(SkilfulModel.objects.visible_to(reader(request)), pk=pk))


def _edit(request: Request, found: SkilfulModel | None) -> HttpResponse:
    by = reader(request)
    if not has_permission(by, skilful.WRITE, found.unit if found else by.unit):
        raise Http404
    form = SkilfulModelForm(request.POST or None, by=by, instance=found)
    if request.method == "POST" and form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        version = form.cleaned_data["version"] or 0
        try:
            saved = skilful.save(model=found, values=values, version=version, by=by, at=timezone.now())
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lưu mô hình “%(name)s”.") % {"name": saved.name})
            return redirect("reports:models")
    return render(request, "reports/model_form.html", {"form": form, "model": found})
