"""Numbers without gaps or doubles: taken under a lock on their run, each with a line of the outgoing register.

Which files share a run is the organisation's choice (`HouseRules`; NĐ 30/2020 Điều 15). A number that was given never
comes back: what is not used stays in the register with the reason.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import log
from documents import events, layout
from documents.layout import Family, LayoutProfile
from documents.models import Document, HouseRules, NumberEntry, Numbering, NumberSeries, NumberUse, rules_of
from units import permissions
from units.models import Appointment, Unit
from units.permissions import NotAllowed

LARGEST_BLOCK = 50


def padded(number: int) -> str:
    """Numbers below 10 get a leading zero (NĐ 30/2020, Phụ lục I, II.3)."""
    return f"{number:02d}"


def run_key(rules: HouseRules, kind: str, on: date, council: Unit | None = None) -> dict[str, Any]:
    """Which run of numbers a file of this kind and day belongs to; a council's files have runs of their own."""
    shared = rules.numbering == Numbering.ONE_SERIES
    return {
        "organisation": rules.organisation, "council": council, "kind": "" if shared else kind,
        "year": rules.run_of(on),
    }  # fmt: skip


def _locked(organisation: Unit, kind: str, on: date, council: Unit | None = None) -> NumberSeries:
    """The run, locked until the transaction ends: a second clerk waits and gets the number after."""
    key = run_key(rules_of(organisation), kind, on, council)
    NumberSeries.objects.get_or_create(**key)
    return NumberSeries.objects.select_for_update().get(**key)


def _profile(organisation: Unit, on: date) -> LayoutProfile:
    """The layout rule that the organisation's files follow on this day: it joins number and symbol."""
    rules = rules_of(organisation)
    return layout.profile_for(on, family=Family(rules.layout), size=rules.type_size)


def _give(series: NumberSeries, entry: NumberEntry, *, symbol: str, profile: LayoutProfile) -> NumberEntry:
    """The next number of a locked run, as a line of the register.

    NotAllowed for a date earlier than that of the last number: the register would no longer be in order.
    """
    if series.last_date is not None and entry.on < series.last_date:
        raise NotAllowed(
            _("Ngày %(day)s sớm hơn ngày của số vừa cấp (%(last)s). Chọn ngày %(last)s hoặc sau đó.")
            % {"day": f"{entry.on:%d/%m/%Y}", "last": f"{series.last_date:%d/%m/%Y}"}
        )
    series.last_number += 1
    series.last_date = entry.on
    series.save(update_fields=["last_number", "last_date"])
    entry.organisation, entry.series, entry.number = series.organisation, series, series.last_number
    entry.code = profile.code(padded(entry.number), symbol)
    entry.save(force_insert=True)
    return entry


def take(document: Document, *, on: date, by: Appointment, at: datetime) -> NumberEntry:
    """Give the file its number and date, for good when the transaction commits. The caller saves the document."""
    series = _locked(document.organisation, document.kind, on, document.council)
    entry = NumberEntry(
        kind=document.kind, on=on, use=NumberUse.DOCUMENT, document=document, given_at=at, given_by=by
    )  # fmt: skip
    _give(series, entry, symbol=document.symbol, profile=layout.profile(document.profile))
    document.series, document.number = series, entry.number
    document.issued_on, document.code = on, entry.code
    return entry


def give_back(document: Document, *, reason: str, by: Appointment, at: datetime) -> None:
    """The file will not use the number reserved for it: the line stays in the register. The caller saves the file."""
    if document.number is None:
        return
    NumberEntry.objects.filter(document=document, use=NumberUse.DOCUMENT).update(
        use=NumberUse.UNUSED, title=document.title, reason=reason
    )
    log.record(events.NUMBER_UNUSED, document, by=by, at=at, code=document.code, reason=reason)
    document.series = document.number = document.issued_on = None
    document.code = ""


def upcoming(document: Document, *, on: date) -> str:
    """The code the file would get now; another clerk may be quicker. Takes nothing, locks nothing."""
    key = run_key(rules_of(document.organisation), document.kind, on, document.council)
    series = NumberSeries.objects.filter(**key).first()
    number = padded((series.last_number if series else 0) + 1)
    return layout.profile(document.profile).code(number, document.symbol)


# --- numbers of files outside the portal ------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class PaperFile:
    """What the register says of a paper file."""

    kind: str
    symbol: str
    reason: str
    title: str = ""
    signer_name: str = ""
    sent_to: str = ""
    kept_by: str = ""
    copies: int | None = None


@transaction.atomic
def reserve(
    *, organisation: Unit, paper: PaperFile, on: date, count: int = 1, council: Unit | None = None, by: Appointment,
    at: datetime,
) -> list[NumberEntry]:  # fmt: skip
    """Keep the next `count` numbers for paper files of the same run (one run for both, Điều 15)."""
    permissions.check(by, "documents.number", at=at, unit=organisation)
    if not paper.reason.strip():
        raise NotAllowed(_("Hãy ghi lý do giữ số."))
    if not 1 <= count <= LARGEST_BLOCK:
        raise NotAllowed(_("Mỗi lần giữ từ 1 đến %(most)d số.") % {"most": LARGEST_BLOCK})
    if on > timezone.localdate(at):
        raise NotAllowed(_("Ngày ban hành không được ở tương lai."))
    series, profile = _locked(organisation, paper.kind, on, council), _profile(organisation, on)
    lines = [_paper_line(paper, on, by, at) for _index in range(count)]
    given = [_give(series, line, symbol=paper.symbol, profile=profile) for line in lines]
    codes = given[0].code if count == 1 else f"{given[0].code} – {given[-1].code}"
    log.record(events.NUMBERS_RESERVED, series, by=by, at=at, codes=codes, reason=paper.reason)
    return given


def _paper_line(paper: PaperFile, on: date, by: Appointment, at: datetime) -> NumberEntry:
    return NumberEntry(
        kind=paper.kind, on=on, use=NumberUse.PAPER, title=paper.title, signer_name=paper.signer_name,
        sent_to=paper.sent_to, kept_by=paper.kept_by, copies=paper.copies, reason=paper.reason, given_at=at,
        given_by=by,
    )  # fmt: skip


def _paper_entry(entry: NumberEntry, *, by: Appointment, at: datetime) -> NumberEntry:
    """The line, locked; NotAllowed unless it is a number kept for a paper file."""
    permissions.check(by, "documents.number", at=at, unit=entry.organisation)
    locked = NumberEntry.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=entry.pk)
    if locked.use != NumberUse.PAPER:
        raise NotAllowed(_("Chỉ sửa được dòng của văn bản giấy."))
    return locked


@transaction.atomic
def describe(*, entry: NumberEntry, paper: PaperFile, by: Appointment, at: datetime) -> NumberEntry:
    """Write down what the paper file with this number is; number, kind and day stay."""
    entry = _paper_entry(entry, by=by, at=at)
    entry.title, entry.signer_name, entry.sent_to = paper.title, paper.signer_name, paper.sent_to
    entry.kept_by, entry.copies, entry.reason = paper.kept_by, paper.copies, paper.reason
    entry.save()
    log.record(events.PAPER_DESCRIBED, entry, by=by, at=at, code=entry.code)
    return entry


@transaction.atomic
def release(*, entry: NumberEntry, reason: str, by: Appointment, at: datetime) -> NumberEntry:
    """No paper file used this number. It is never given again; the register says why."""
    if not reason.strip():
        raise NotAllowed(_("Hãy ghi lý do không dùng số."))
    entry = _paper_entry(entry, by=by, at=at)
    entry.use, entry.reason = NumberUse.UNUSED, reason
    entry.save(update_fields=["use", "reason"])
    log.record(events.PAPER_NUMBER_UNUSED, entry, by=by, at=at, code=entry.code, reason=reason)
    return entry


# --- numbers used before the portal -----------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class UsedNumber:
    """A line of the register kept so far."""

    number: int
    on: date
    title: str = ""
    signer_name: str = ""
    sent_to: str = ""


@transaction.atomic
def continue_after(
    *, organisation: Unit, kind: str, symbol: str, last: int, on: date, used: list[UsedNumber], by: Appointment,
    at: datetime, council: Unit | None = None,
) -> NumberSeries:  # fmt: skip
    """Go on after number `last` of day `on`; `used` are lines of the register so far, which may leave some out.

    Only before the portal gave the first number of the run: NotAllowed afterwards.
    """
    permissions.check(by, "documents.number", at=at, unit=organisation)
    series, profile = _locked(organisation, kind, on, council), _profile(organisation, on)
    if series.last_number:
        words = {"last": padded(series.last_number)}
        raise NotAllowed(_("Dãy số này đã có số trên cổng (số cuối: %(last)s), không nhập lại được.") % words)
    _check_used(series, last, on, used, today=timezone.localdate(at))
    series.used_before = series.last_number = last
    series.last_date = on
    series.save()
    NumberEntry.objects.bulk_create(
        NumberEntry(
            organisation=organisation, series=series, number=each.number,
            code=profile.code(padded(each.number), symbol), kind=kind, on=each.on, use=NumberUse.BEFORE,
            title=each.title, signer_name=each.signer_name, sent_to=each.sent_to, given_at=at, given_by=by,
        )
        for each in used
    )  # fmt: skip
    log.record(events.NUMBERS_CONTINUED, series, by=by, at=at, kind=kind, last=padded(last), lines=len(used))
    return series


def _check_used(series: NumberSeries, last: int, on: date, used: list[UsedNumber], *, today: date) -> None:
    rules = rules_of(series.organisation)
    if last < 1 or on > today:
        raise NotAllowed(_("Số cuối phải từ 1 và ngày của nó không ở tương lai."))
    numbers = [each.number for each in used]
    if len(set(numbers)) != len(numbers):
        twice = next(each for each in numbers if numbers.count(each) > 1)
        raise NotAllowed(_("Số %(number)s có hai lần trong danh sách.") % {"number": padded(twice)})
    for each in used:
        if not 1 <= each.number <= last:
            raise NotAllowed(_("Số %(number)s không nằm trong 1 – %(last)s.") % {"number": each.number, "last": last})
        if each.on > on or rules.run_of(each.on) != series.year:
            words = {"number": padded(each.number), "day": f"{each.on:%d/%m/%Y}"}
            raise NotAllowed(_("Ngày %(day)s của số %(number)s không thuộc dãy số này.") % words)
