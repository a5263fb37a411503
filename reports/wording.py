"""What a period is called in an official text, whoever reads the page. Pure."""

from datetime import date

from reports.periods import MONTHS, QUARTERS, Kind, months_before


def words(kind: Kind, year: int, month: int, starts_on: date, ends_on: date) -> str:
    """A period as an official text says it, whoever reads the page."""
    if kind == Kind.CAMPAIGN:
        return f"từ ngày {starts_on:%d/%m/%Y} đến ngày {ends_on:%d/%m/%Y}"
    if kind == Kind.QUICK:
        return f"đến ngày {ends_on:%d/%m/%Y}"
    return _regular(kind, year, month)


def _regular(kind: Kind, year: int, month: int) -> str:
    named = {
        Kind.MONTH: f"tháng {month}",
        Kind.QUARTER: f"quý {QUARTERS[(month - 1) // 3]}",
        Kind.HALF: "6 tháng đầu" if month == 6 else "6 tháng cuối",
        Kind.NINE: "9 tháng đầu",
    }
    return f"{named[kind]} năm {year}" if kind in named else f"năm {year}"


def following_words(kind: Kind, year: int, month: int) -> str:
    """The period after this one, as an official text says it; nine months are followed by the last quarter."""
    if kind not in MONTHS:
        return "thời gian tới"
    if kind == Kind.NINE:
        return f"quý IV năm {year}"
    return _regular(kind, *months_before(year, month, -MONTHS[kind]))
