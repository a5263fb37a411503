"""Numbers without gaps: one series per organisation, kind and year, taken under a lock (NĐ 30/2020 Điều 15)."""

from datetime import date

from django.utils.translation import gettext as _

from documents import layout
from documents.models import Document, NumberSeries
from units.permissions import NotAllowed


def padded(number: int) -> str:
    """Numbers below 10 get a leading zero (NĐ 30/2020, Phụ lục I, II.3)."""
    return f"{number:02d}"


def next_number(document: Document, *, on: date) -> tuple[NumberSeries, int]:
    """The next number of the file's series, taken for good when the transaction commits.

    The series row stays locked until then: a second clerk waits and gets the number after. NotAllowed for a date
    earlier than that of the last number: the register would no longer be in order.
    """
    NumberSeries.objects.get_or_create(organisation=document.organisation, kind=document.kind, year=on.year)
    series = NumberSeries.objects.select_for_update().get(
        organisation=document.organisation, kind=document.kind, year=on.year
    )
    if series.last_date is not None and on < series.last_date:
        raise NotAllowed(
            _("Ngày %(day)s sớm hơn ngày của số vừa cấp (%(last)s). Chọn ngày %(last)s hoặc sau đó.")
            % {"day": f"{on:%d/%m/%Y}", "last": f"{series.last_date:%d/%m/%Y}"}
        )
    series.last_number += 1
    series.last_date = on
    series.save(update_fields=["last_number", "last_date"])
    return series, series.last_number


def upcoming(document: Document, *, on: date) -> str:
    """The code the file would get now; another clerk may be quicker. Takes nothing, locks nothing."""
    series = NumberSeries.objects.filter(organisation=document.organisation, kind=document.kind, year=on.year).first()
    number = padded((series.last_number if series else 0) + 1)
    return layout.profile(document.profile).code(number, document.symbol)
