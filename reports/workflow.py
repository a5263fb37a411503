"""Periods open, reports are compiled and edited. What follows (check, sign, number, issue) is documents.workflow's."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import log
from campaigns import workdays
from campaigns.models import Indicator
from documents import deliveries, heading
from documents import workflow as official
from documents.models import Document
from documents.states import BEFORE_SIGNATURE, DocumentState
from notifications.send import send
from reports import contributions, drafting, events, figures, messages
from reports.collect import collect
from reports.collected import frozen
from reports.models import Contribution, FrozenFigure, Period, Report, ReportProfile, SignerRule
from reports.periods import ENDS_IN, Kind, Span, next_day_of_month, span
from units import permissions
from units.models import Appointment, Unit
from units.permissions import NotAllowed, Outdated
from units.roles import Role

TYPE = "reports.report"


def reporting_units(organisation: Unit, on: date) -> list[Unit]:
    """The units that contribute: those working with a head (or a chief of office) in post on the day."""
    heads = Appointment.objects.current(on).filter(role__in=[Role.UNIT_HEAD, Role.CHIEF]).values("unit_id")
    return list(Unit.objects.working().inside(organisation).filter(pk__in=heads))


@transaction.atomic
def open_period(
    *, profile: ReportProfile, year: int, month: int, by: Appointment | None, at: datetime,
) -> Period:  # fmt: skip
    """Open the regular period that ends in a month, fill each unit's part from its progress, tell the units.

    Opening the same one again returns it and fills what is new; nothing is told twice. `by` None is the system.
    NotAllowed for a period that the profile does not have or whose report is issued.
    """
    if month not in ENDS_IN.get(Kind(profile.kind), ()):
        raise NotAllowed(_("Mẫu báo cáo này không có kỳ kết thúc vào tháng đó."))
    days = span(Kind(profile.kind), year, month, profile.first_day)
    return _open(profile, days, year=year, month=month, number=0, by=by, at=at)


@transaction.atomic
def open_once(*, profile: ReportProfile, days: Span, by: Appointment | None, at: datetime) -> Period:
    """Open a period without rhythm: a campaign's (its own days) or a quick report's. The same days are one period."""
    if Kind(profile.kind) in ENDS_IN:
        raise NotAllowed(_("Mẫu báo cáo định kỳ mở theo tháng, không theo ngày."))
    if days.ends_on < days.starts_on:
        raise NotAllowed(_("Ngày cuối kỳ phải từ ngày đầu kỳ trở đi."))
    ReportProfile.objects.select_for_update(of=("self",)).get(pk=profile.pk)
    same = Period.objects.filter(profile=profile, starts_on=days.starts_on, ends_on=days.ends_on).first()
    year, month = days.ends_on.year, days.ends_on.month
    number = same.number if same else Period.objects.filter(profile=profile, year=year, month=month).count() + 1
    return _open(profile, days, year=year, month=month, number=number, by=by, at=at)


def due_after(profile: ReportProfile, ends_on: date) -> date:
    """Until when units send: working days after the cut-off, or a day of the month, moved off days off."""
    calendar = workdays.load()
    if profile.due_day is None:
        return calendar.add(ends_on, profile.due_working_days)
    return calendar.next_working(next_day_of_month(ends_on, profile.due_day))


def _open(
    profile: ReportProfile, days: Span, *, year: int, month: int, number: int, by: Appointment | None, at: datetime
) -> Period:
    if by is not None:
        permissions.check(by, "reports.period.open", at=at, unit=profile.organisation)
    period, is_new = Period.objects.get_or_create(
        profile=profile,
        year=year,
        month=month,
        number=number,
        defaults={
            "starts_on": days.starts_on,
            "ends_on": days.ends_on,
            "due_on": due_after(profile, days.ends_on),
            "opened_at": at,
            "opened_by": by,
        },
    )
    if is_new:
        log.record(events.PERIOD_OPENED, period, by=by, at=at, period=period.words)
    elif period.closed_at is not None:
        raise NotAllowed(_("Kỳ báo cáo này đã kết thúc."))
    _ask_units(period, at=at)
    return period


def _ask_units(period: Period, *, at: datetime) -> None:
    """Each reporting unit has its part, filled; a unit is told once. A roll-up asks no unit."""
    if period.profile.is_rollup:
        return
    for unit in reporting_units(period.profile.organisation, period.ends_on):
        contribution, is_first = Contribution.objects.get_or_create(
            period=period, unit=unit, defaults={"filled_at": at}
        )
        contributions.fill(contribution=contribution, by=None, at=at)
        if is_first:
            send(messages.PeriodOpened(contribution), at=at)


def _signer(profile: ReportProfile, on: date) -> Appointment | None:
    """The post that the profile's rule names on the day; nobody when it is vacant."""
    roles = {SignerRule.DIRECTOR: Role.DIRECTOR, SignerRule.DEPUTY: Role.DEPUTY, SignerRule.CHIEF: Role.CHIEF}
    posts = Appointment.objects.current(on).filter(unit__organisation=profile.organisation)
    return posts.filter(role=roles[SignerRule(profile.signer_rule)]).order_by("unit__position", "id").first()


def _put_away_earlier(period: Period, *, by: Appointment, at: datetime) -> int:
    """The edition that comes next. An earlier draft is discarded; one on its way or issued stands in the way."""
    last = Report.objects.filter(period=period).select_related("document").order_by("-edition").first()
    if last is None:
        return 1
    state = DocumentState(last.document.state)
    if state in (DocumentState.DRAFT, DocumentState.RETURNED):
        official.discard(document=last.document, by=by, at=at)
    elif state in BEFORE_SIGNATURE:
        raise NotAllowed(_("Báo cáo của kỳ này đang được trình. Hãy trả lại báo cáo đó trước khi tổng hợp lại."))
    elif state not in (DocumentState.RECALLED, DocumentState.REPLACED, DocumentState.DISCARDED):
        raise NotAllowed(_("Báo cáo của kỳ này đã ký. Muốn lập lại, hãy thu hồi báo cáo đó trước."))
    return last.edition + 1


def _document(period: Period, *, by: Appointment, at: datetime) -> Document:
    """The official document of a new edition, with its signer and recipients."""
    organisation = period.profile.organisation
    document = official.create(
        type=TYPE,
        organisation=organisation,
        drafting_unit=by.unit,
        title=drafting.title(period),
        symbol=heading.symbol(organisation, "BC", timezone.localdate(at)),
        signer=_signer(period.profile, timezone.localdate(at)),
        by=by,
        at=at,
    )
    deliveries.set_recipients(document, drafting.recipients(period))
    return document


@transaction.atomic
def compile(*, period: Period, by: Appointment, at: datetime, edition: int | None = None) -> Report:
    """Freeze the period's figures and draft the report's words (DESIGN §6). Recompiling makes the next edition.

    The office edits the words afterwards; the figures stay as they were, with the ids they came from. `edition` is the
    one that was asked for: Outdated when somebody else compiled meanwhile.
    """
    period = (
        Period.objects.select_for_update(of=("self",))
        .select_related("profile__organisation", "profile__recipient")
        .get(pk=period.pk)
    )
    permissions.check(by, "reports.report.compile", at=at, unit=period.profile.organisation)
    following = _put_away_earlier(period, by=by, at=at)
    if edition is not None and edition != following:
        raise Outdated(_("Người khác vừa tổng hợp báo cáo của kỳ này. Hãy xem bản đó trước."))
    kept = frozen(collect(period, on=timezone.localdate(at)))
    sections = drafting.sections(period, kept)
    report = Report.objects.create(
        document=_document(period, by=by, at=at),
        period=period,
        edition=following,
        figures=kept,
        sections=sections,
        drafted=sections,
        outline_version=period.profile.outline_version,
        frozen_at=at,
        frozen_by=by,
    )
    FrozenFigure.objects.bulk_create(
        FrozenFigure(report=report, indicator_id=figure["indicator_id"], value=Decimal(figure["value"]))
        for figure in kept["figures"]
    )
    log.record(events.COMPILED, report, by=by, at=at, edition=following)
    return report


@transaction.atomic
def edit_section(
    *, report: Report, key: str, text: str, before: str, by: Appointment, at: datetime, page: str = ""
) -> Report:
    """Rewrite one section. `before` is the text that the page showed: Outdated when someone else changed it since.

    Two people on two sections do not meet. `page` names one open page: what it saved itself, again and again while
    somebody types, is not someone else's. A submitted report goes back to draft (documents.workflow.edit).
    """
    heading = {section["key"]: section["heading"] for section in report.sections}.get(key)
    if heading is None:
        raise NotAllowed(_("Báo cáo không có phần này."))
    official.edit(document=report.document, what=heading, part=key, by=by, at=at)
    report = Report.objects.select_for_update(of=("self",)).select_related("document").get(pk=report.pk)
    section = next(each for each in report.sections if each["key"] == key)
    is_own = bool(page) and section.get("page") == page
    if section["text"] != before and not is_own:
        raise Outdated(_("Người khác vừa sửa phần này. Bản mới ở bên dưới, nội dung bạn gõ vẫn giữ trong ô."))
    section["text"] = text.strip()
    section["page"] = page
    report.save(update_fields=["sections"])
    return report


@transaction.atomic
def retake_section(*, report: Report, key: str, before: str, by: Appointment, at: datetime) -> Report:
    """Put the words that were drafted from the frozen figures back; history keeps what stood there."""
    drafted = {section["key"]: section for section in report.drafted}.get(key)
    if drafted is None:
        raise NotAllowed(_("Báo cáo không có phần này."))
    report = edit_section(report=report, key=key, text=drafted["text"], before=before, by=by, at=at)
    log.record(events.SECTION_RETAKEN, report, by=by, at=at, heading=drafted["heading"], before=before)
    return report


@transaction.atomic
def close_period(*, document: Document, by: Appointment, at: datetime) -> None:
    """An issued report ends its period: contributions can no longer change."""
    for period in Period.objects.select_for_update().filter(reports__document=document, closed_at__isnull=True):
        period.closed_at = at
        period.save(update_fields=["closed_at"])
        log.record(events.PERIOD_CLOSED, period, by=by, at=at, code=document.code)


@transaction.atomic
def reopen_period(*, document: Document, by: Appointment, at: datetime) -> None:
    """A recalled report leaves its period without one: it can be compiled again."""
    for period in Period.objects.select_for_update().filter(reports__document=document, closed_at__isnull=False):
        period.closed_at = None
        period.save(update_fields=["closed_at"])
        log.record(events.PERIOD_REOPENED, period, by=by, at=at, code=document.code)


def changed_since(report: Report) -> dict[str, list[int]]:
    """Entries that would count now and do not in the report, the other way round, and the figures concerned.

    One query. A roll-up stands on reports: those that came or were replaced since, in two queries.
    """
    if report.period.profile.is_rollup:
        return _reports_since(report)
    rows = report.figures["figures"]
    kept = {row["indicator_id"]: set(row["sources"]) for row in rows if not (row["parts"] or row.get("flows"))}
    span = Span(report.period.starts_on, report.period.ends_on)
    now = figures.sources_by_indicator(report.document.organisation_id, span)
    moved = {key for key in kept.keys() | now.keys() if kept.get(key, set()) != now.get(key, set())}
    moved |= {row["indicator_id"] for row in rows if moved.intersection(row["parts"] or row.get("flows") or ())}
    before: set[int] = set().union(*kept.values())
    after: set[int] = set().union(*now.values())
    return {"added": sorted(after - before), "removed": sorted(before - after), "indicators": sorted(moved)}


def _reports_since(report: Report) -> dict[str, list[int]]:
    shares = (share for row in report.figures["figures"] for share in row["by_unit"])
    before = {share["report_id"] for share in shares} | set(report.figures.get("reports", ()))
    after = set(Report.objects.below(report.period).values_list("pk", flat=True))
    moved = FrozenFigure.objects.filter(report__in=before ^ after, indicator__in=Indicator.objects.common())
    return {
        "added": sorted(after - before),
        "removed": sorted(before - after),
        "indicators": sorted(set(moved.values_list("indicator_id", flat=True))),
    }
