"""Periods open, reports are compiled and edited. What follows (check, sign, number, issue) is documents.workflow's."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import log
from campaigns import workdays
from documents import deliveries, heading
from documents import workflow as official
from documents.models import Document
from documents.states import BEFORE_SIGNATURE, DocumentState
from notifications.send import send
from reports import contributions, drafting, events, figures, messages
from reports.collect import collect, frozen
from reports.models import Contribution, Period, Report, ReportProfile
from reports.periods import Span, month_span
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
def open_period(*, profile: ReportProfile, year: int, month: int, by: Appointment | None, at: datetime) -> Period:
    """Open a month for contributions, fill each unit's part from its progress, tell the units.

    Opening the same month again returns it and fills what is new; nothing is told twice. `by` None is the system.
    NotAllowed for a month that does not exist or whose report is issued.
    """
    if by is not None:
        permissions.check(by, "reports.period.open", at=at, unit=profile.organisation)
    if not 1 <= month <= 12:
        raise NotAllowed(_("Tháng phải từ 1 đến 12."))
    span = month_span(year, month, profile.first_day)
    due_on = workdays.load().add(span.ends_on, profile.due_working_days)
    period, is_new = Period.objects.get_or_create(
        profile=profile,
        year=year,
        month=month,
        defaults={
            "starts_on": span.starts_on,
            "ends_on": span.ends_on,
            "due_on": due_on,
            "opened_at": at,
            "opened_by": by,
        },
    )
    if is_new:
        log.record(events.PERIOD_OPENED, period, by=by, at=at, period=f"{month:02d}/{year}")
    elif period.closed_at is not None:
        raise NotAllowed(_("Kỳ báo cáo này đã kết thúc."))
    for unit in reporting_units(profile.organisation, span.ends_on):
        contribution, is_first = Contribution.objects.get_or_create(
            period=period, unit=unit, defaults={"filled_at": at}
        )
        contributions.fill(contribution=contribution, by=None, at=at)
        if is_first:
            send(messages.PeriodOpened(contribution), at=at)
    return period


def _director(organisation: Unit, on: date) -> Appointment | None:
    return Appointment.objects.current(on).filter(unit=organisation, role=Role.DIRECTOR).first()


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
        symbol=heading.symbol(organisation, "BC", at.date()),
        signer=_director(organisation, at.date()),
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
        frozen_at=at,
        frozen_by=by,
    )
    log.record(events.COMPILED, report, by=by, at=at, edition=following)
    return report


@transaction.atomic
def edit_section(*, report: Report, key: str, text: str, before: str, by: Appointment, at: datetime) -> Report:
    """Rewrite one section. `before` is the text that the page showed: Outdated when someone else changed it since.

    Two people on two sections do not meet. A submitted report goes back to draft (documents.workflow.edit).
    """
    heading = {section["key"]: section["heading"] for section in report.sections}.get(key)
    if heading is None:
        raise NotAllowed(_("Báo cáo không có phần này."))
    official.edit(document=report.document, what=heading, part=key, by=by, at=at)
    report = Report.objects.select_for_update(of=("self",)).select_related("document").get(pk=report.pk)
    section = next(each for each in report.sections if each["key"] == key)
    if section["text"] != before:
        raise Outdated(_("Người khác vừa sửa phần này. Bản mới ở bên dưới, nội dung bạn gõ vẫn giữ trong ô."))
    section["text"] = text.strip()
    report.save(update_fields=["sections"])
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
    """Entries that would count now and do not in the report, and the other way round. One query."""
    kept = {source for figure in report.figures["figures"] for source in figure["sources"]}
    now = figures.sources_of(report.document.organisation, Span(report.period.starts_on, report.period.ends_on))
    return {"added": sorted(now - kept), "removed": sorted(kept - now)}
