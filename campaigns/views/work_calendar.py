"""The working calendar of a year: what the law says, and the days written over it, common to all organisations."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns import permissions, workdays
from campaigns.forms.calendar import CalendarDayForm
from campaigns.models import CalendarDay
from campaigns.workflow import calendar as verbs
from units.models import Appointment, Unit
from units.permissions import NotAllowed, has_permission
from units.web import Request

FIRST, LAST = 2020, 2100


def _administrator(request: Request) -> Appointment:
    if not has_permission(request.post, "campaigns.calendar.edit"):
        raise PermissionDenied
    return request.post


def calendar(request: Request) -> HttpResponse:
    """The year's special days; for who keeps the calendar, the form for one more."""
    post, now = _administrator(request), timezone.now()
    may_edit = permissions.can_edit_calendar(post, at=now)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    form = CalendarDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = verbs.set_day(**form.values, by=post, at=now)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi ngày %(day)s vào lịch.") % {"day": f"{row.day:%d/%m/%Y}"})
            return redirect(f"{reverse('tasks:calendar')}?year={row.day.year}")
    year = _year(request.GET.get("year", ""), timezone.localdate(now).year)
    own = list(CalendarDay.objects.filter(day__year=year))
    overruled = {row.day for row in own}
    context = {
        "form": form, "year": year, "own": own, "may_edit": may_edit, "keeper": Unit.objects.keeper(),
        "known": [(row, row.day in overruled) for row in workdays.known_days(year)],
        "tabs": [
            {"label": str(each), "url": f"?year={each}", "active": each == year} for each in range(year - 1, year + 2)
        ],
    }  # fmt: skip
    return render(request, "campaigns/work_calendar.html", context)


def _year(text: str, usual: int) -> int:
    return int(text) if text.isdecimal() and len(text) == 4 and FIRST <= int(text) <= LAST else usual


@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    post, now = _administrator(request), timezone.now()
    if not permissions.can_edit_calendar(post, at=now):
        raise PermissionDenied
    row = get_object_or_404(CalendarDay, pk=pk)
    verbs.remove_day(row=row, by=post, at=now)
    messages.success(request, _("Đã bỏ ngày %(day)s khỏi lịch.") % {"day": f"{row.day:%d/%m/%Y}"})
    return redirect(f"{reverse('tasks:calendar')}?year={row.day.year}")
