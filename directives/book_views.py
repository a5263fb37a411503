"""The register of incoming documents: on the screen, printed, as a workbook."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directives import book
from directives.access import reader
from directives.models import ReceivedSeries
from directives.register import RECORD
from units.models import Unit
from units.permissions import has_permission
from units.web import Request, whole_number

PAGE = 200


def _years(organisation: Unit) -> list[int]:
    """The years in which numbers were given, and this one; the latest first."""
    given = ReceivedSeries.objects.filter(organisation=organisation).values_list("year", flat=True)
    return sorted({timezone.localdate().year, *given}, reverse=True)


@require_safe
def incoming(request: Request) -> HttpResponse:
    """The book of a year in the order of its numbers (NĐ 30/2020 Điều 22); ?xlsx is the whole year as a workbook."""
    by = reader(request)
    years = _years(by.organisation)
    asked = whole_number(request.GET.get("nam", ""))
    year = asked if asked in years else timezone.localdate().year
    entries = book.entries(by.organisation, year)
    if "xlsx" in request.GET:
        data = book.workbook(map(book.line, entries), organisation=by.organisation.name, year=year)
        headers = {"Content-Disposition": f'attachment; filename="so-van-ban-den-{year}.xlsx"'}
        return HttpResponse(
            data, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", headers=headers
        )
    after = whole_number(request.GET.get("after", "")) or 0
    found = list(entries.filter(received_number__gt=after)[: PAGE + 1])
    rows = [book.line(row) for row in found[:PAGE]]
    context = {
        "year": year, "heads": book.heads(), "rows": rows, "total": entries.count(),
        "next_after": rows[-1].number if len(found) > PAGE else None, "is_later": after > 0,
        "may_record": has_permission(by, RECORD),
        "filters": [{"name": "nam", "label": _("Năm"), "value": year, "options": [(y, str(y)) for y in years],
                     "any": _("năm nay")}],
    }  # fmt: skip
    return render(request, "directives/incoming.html", context)
