"""Units' parts of reports, on a home page."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.dashboard.todo import MOST, Todo
from reports.models import Contribution
from units.models import Appointment
from units.permissions import has_permission
from units.reading import only_columns

SHOWN = (
    "return_reason", "period__year", "period__month", "period__ends_on", "period__due_on", "period__profile__kind",
    "unit__name", "unit__short_name",
)  # fmt: skip


def contributions_waiting(by: Appointment, on: date) -> list[Todo]:
    """Parts of reports that the unit has not sent (a head), or units that are late (the office). At most one query."""
    writes = has_permission(by, "reports.contribution.write", by.unit)
    if not writes and not has_permission(by, "reports.period.open"):
        return []
    missing = only_columns(Contribution.objects.missing(), *SHOWN).filter(
        period__closed_at__isnull=True, period__profile__organisation_id=by.organisation_id
    )
    if writes:
        return [_own_part(each, on) for each in missing.filter(unit_id=by.unit_id).order_by("period__due_on")[:MOST]]
    late: dict[int, list[Contribution]] = {}
    overdue = missing.filter(period__due_on__lt=on)
    for each in overdue.order_by("period_id", "unit__position"):
        late.setdefault(each.period_id, []).append(each)
    return [_late_units(rows) for rows in late.values()]


def _own_part(part: Contribution, on: date) -> Todo:
    period = part.period
    return Todo(
        text=_("Phần báo cáo của %(unit)s chưa gửi: %(period)s") % {"period": period.label, "unit": part.unit.label},
        url=reverse("reports:contribution", args=[part.pk]),
        action=_("Xem và gửi"),
        tone="overdue" if on > period.due_on else "soon",
        icon="reports",
        note=part.return_reason or _("hạn gửi %(day)s") % {"day": f"{period.due_on:%d/%m/%Y}"},
    )


def _late_units(rows: list[Contribution]) -> Todo:
    period = rows[0].period
    text = ngettext(
        "%(period)s: báo cáo còn thiếu phần của %(count)s đơn vị",
        "%(period)s: báo cáo còn thiếu phần của %(count)s đơn vị",
        len(rows),
    ) % {"period": period.label, "count": len(rows)}
    return Todo(
        text=text,
        url=reverse("reports:period", args=[period.pk]),
        action=_("Xem và nhắc"),
        tone="overdue",
        icon="due-late",
        note=", ".join(each.unit.label for each in rows),
    )
