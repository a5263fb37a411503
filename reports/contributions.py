"""What a unit contributes: drafted from its confirmed progress, corrected and confirmed by its head."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import log
from campaigns.models import ProgressEntry, Rollup
from campaigns.states import Field
from notifications.send import send
from reports import events, filling, messages
from reports.models import Contribution, ContributionFigure, ContributionLine, ContributionState, Period
from units import permissions
from units.models import Appointment
from units.permissions import NotAllowed, Outdated

WRITE = "reports.contribution.write"


@dataclass(frozen=True)
class FigureInput:
    """A figure as the head typed it, with the reason when it differs from what the entries add up to."""

    indicator_id: int
    value: Decimal
    reason: str = ""


@dataclass(frozen=True)
class LineInput:
    """A sentence as the head left it; `entry_id` stays when it was drafted from an entry."""

    section: str
    text: str
    entry_id: int | None = None


def _lock(contribution: Contribution) -> Contribution:
    locked = Contribution.objects.select_for_update(of=("self",)).select_related("period__profile", "unit")
    return locked.get(pk=contribution.pk)


@transaction.atomic
def fill(*, contribution: Contribution, by: Appointment | None, at: datetime) -> Contribution:
    """Take over what progress says since the last time: new sentences, new sums. What a person changed stays.

    `by` None is the system: it does nothing to a part that was sent or whose period is over; a person reads why.
    """
    if by is not None:
        permissions.check(by, WRITE, at=at, unit=contribution.unit)
    contribution = _lock(contribution)
    if by is not None:
        _check_writable(contribution)
    elif contribution.state == ContributionState.CONFIRMED or contribution.period.closed_at is not None:
        return contribution
    filling.absorb(contribution)
    news = filling.news(contribution)
    if news:
        filling.take_over(contribution, news)
        contribution.filled_at = at
        contribution.version += 1
        contribution.save(update_fields=["filled_at", "version", "taken"])
        counts = {"lines": len(news.entries), "figures": len(news.figures)}
        log.record(events.CONTRIBUTION_FILLED, contribution, by=by, at=at, **counts)
    return contribution


def _check_open(contribution: Contribution) -> None:
    if contribution.period.closed_at is not None:
        raise NotAllowed(_("Kỳ báo cáo đã kết thúc."))


def _check_writable(contribution: Contribution) -> None:
    _check_open(contribution)
    if contribution.state == ContributionState.CONFIRMED:
        raise NotAllowed(_("Phần báo cáo đã gửi. Văn phòng trả lại thì mới sửa được."))


def _open_for(contribution: Contribution, version: int, *, by: Appointment, at: datetime) -> Contribution:
    """The locked row, if the post may write it and it is as the page showed it."""
    locked = _lock(contribution)
    permissions.check(by, WRITE, at=at, unit=locked.unit)
    _check_writable(locked)
    if locked.version != version:
        raise Outdated(_("Phần báo cáo đã có bản mới hơn sau khi bạn mở trang. Nội dung bạn gõ vẫn giữ ở dưới."))
    return locked


@transaction.atomic
def save(
    *, contribution: Contribution, version: int, lines: list[LineInput], figures: list[FigureInput],
    by: Appointment, at: datetime,
) -> Contribution:  # fmt: skip
    """Keep what the head wrote. A figure that differs from its entries needs a reason; `version` guards other people's.

    Figures that are not given stay; one of an indicator without entries is added. Ratios follow from their parts.
    """
    contribution = _open_for(contribution, version, by=by, at=at)
    _write_lines(contribution, lines)
    present = {figure.indicator_id: figure for figure in contribution.figures.select_related("indicator")}
    for given in figures:
        figure = present.get(given.indicator_id) or _new_figure(contribution, given)
        if figure.indicator.rollup != Rollup.RATIO:
            _write_figure(figure, given)
    filling.renew_derived(contribution)
    contribution.version += 1
    contribution.save(update_fields=["version"])
    log.record(events.CONTRIBUTION_EDITED, contribution, by=by, at=at)
    return contribution


def _write_lines(contribution: Contribution, lines: list[LineInput]) -> None:
    """Replace the sentences. Only the contribution's own entries may be named as sources."""
    if any(line.section not in Field.values for line in lines):
        raise NotAllowed(_("Chọn phần của báo cáo cho mỗi ý."))
    own = set(ProgressEntry.objects.filter(pk__in=contribution.taken).values_list("pk", flat=True))
    written = [line for line in lines if line.text.strip()]
    contribution.lines.all().delete()
    ContributionLine.objects.bulk_create(
        ContributionLine(
            contribution=contribution,
            section=line.section,
            position=position,
            text=line.text.strip(),
            entry_id=line.entry_id if line.entry_id in own else None,
        )
        for position, line in enumerate(written, start=1)
    )


def _new_figure(contribution: Contribution, given: FigureInput) -> ContributionFigure:
    indicator = filling.asked_of(contribution).filter(pk=given.indicator_id).exclude(rollup=Rollup.RATIO).first()
    if indicator is None:
        raise NotAllowed(_("Không có chỉ tiêu này."))
    return ContributionFigure(contribution=contribution, indicator=indicator, computed=Decimal(0))


def _write_figure(figure: ContributionFigure, given: FigureInput) -> None:
    """Store what was typed. A figure that has no entries and says nothing is taken away."""
    if given.value < 0:
        raise NotAllowed(_("“%(name)s” không được là số âm.") % {"name": figure.indicator.name})
    figure.value, figure.reason = given.value, given.reason.strip()
    if figure.value == figure.computed:
        figure.reason = ""
    elif not figure.reason:
        raise NotAllowed(
            _("Hãy ghi lý do vì sao “%(name)s” khác số tính từ tiến độ (%(computed)s).")
            % {"name": figure.indicator.name, "computed": filling.plain(figure.computed)}
        )
    if figure.sources or figure.reason:
        figure.save()
    elif figure.pk is not None:
        figure.delete()


@transaction.atomic
def confirm(*, contribution: Contribution, version: int, by: Appointment, at: datetime) -> Contribution:
    """The unit's head sends the unit's part; the office is told. Refused while progress says more than the part."""
    contribution = _open_for(contribution, version, by=by, at=at)
    if filling.news(contribution):
        raise Outdated(_("Tiến độ vừa có thay đổi. Bấm “Cập nhật từ tiến độ”, xem lại rồi gửi."))
    contribution.state = ContributionState.CONFIRMED
    contribution.confirmed_at, contribution.confirmed_by = at, by
    contribution.returned_at = contribution.returned_by = None
    contribution.return_reason = ""
    contribution.save()
    log.record(events.CONTRIBUTION_CONFIRMED, contribution, by=by, at=at)
    send(messages.ContributionSent(contribution, by), at=at)
    return contribution


@transaction.atomic
def return_for_changes(*, contribution: Contribution, reason: str, by: Appointment, at: datetime) -> Contribution:
    """The office asks a unit to correct its part, with a reason."""
    contribution = _lock(contribution)
    permissions.check(by, "reports.contribution.return", at=at, unit=contribution.unit)
    _check_open(contribution)
    if contribution.state != ContributionState.CONFIRMED:
        raise NotAllowed(_("Đơn vị chưa gửi phần báo cáo nên chưa trả lại được."))
    if not reason.strip():
        raise NotAllowed(_("Hãy ghi lý do trả lại."))
    contribution.state = ContributionState.RETURNED
    contribution.version += 1
    contribution.confirmed_at = contribution.confirmed_by = None
    contribution.returned_at, contribution.returned_by, contribution.return_reason = at, by, reason.strip()
    contribution.save()
    log.record(events.CONTRIBUTION_RETURNED, contribution, by=by, at=at, reason=reason.strip())
    send(messages.ContributionReturned(contribution, by), at=at)
    return contribution


@transaction.atomic
def remind(*, period: Period, by: Appointment, at: datetime, contribution: Contribution | None = None) -> int:
    """Call the period to the mind of the units that have not sent their part (or of one); how many were reminded.

    A unit hears it once a day, however often the button is pressed.
    """
    period = Period.objects.select_for_update(of=("self",)).select_related("profile__organisation").get(pk=period.pk)
    permissions.check(by, "reports.period.open", at=at, unit=period.profile.organisation)
    if period.closed_at is not None:
        raise NotAllowed(_("Kỳ báo cáo đã kết thúc."))
    missing = Contribution.objects.filter(period=period).missing()
    if contribution is not None:
        missing = missing.filter(pk=contribution.pk)
    told = 0
    for each in missing.select_related("unit", "period__profile"):
        if each.reminded_at is not None and timezone.localdate(each.reminded_at) == timezone.localdate(at):
            continue
        each.reminded_at = at
        each.save(update_fields=["reminded_at"])
        log.record(events.CONTRIBUTION_REMINDED, each, by=by, at=at)
        send(messages.ContributionLate(each, by), at=at)
        told += 1
    return told
