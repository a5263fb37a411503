"""What the organisations below have reported: who has sent, what is missing, and their frozen figures added up.

Sums and stocks are added, ratios recomputed from the added parts, never averaged. One organisation or five thousand:
the same five queries.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from audit import log
from campaigns.models import Indicator, Rollup
from documents.models import Recipient
from notifications.send import send
from reports import events, messages
from reports.figures import percent
from reports.models import FrozenFigure, Period, Remark, Report, ReportProfile
from reports.models.report import ReportQuerySet
from units import permissions
from units.models import Appointment, Unit
from units.permissions import NotAllowed

READ = "reports.below.read"
MOST = 4000


@dataclass(frozen=True)
class Term:
    """A kind of report and the month it ends in: what reports of several organisations have in common."""

    kind: str
    year: int
    month: int


@dataclass(frozen=True)
class Body:
    """One organisation that reports here: its report of the term when it has arrived."""

    organisation_id: int
    name: str
    report_id: int | None = None
    document_id: int | None = None
    code: str = ""
    issued_at: datetime | None = None
    acknowledged_at: datetime | None = None
    is_asked: bool = False

    @property
    def state(self) -> str:
        if self.report_id is None:
            return "missing"
        if self.is_asked:
            return "asked"
        return "acknowledged" if self.acknowledged_at else "arrived"


@dataclass(frozen=True)
class Total:
    """An indicator over all organisations, and how many of them report it."""

    indicator: Indicator
    value: Decimal
    bodies: int


def terms(organisation: Unit) -> list[Period]:
    """One period of each term in which organisations report here, the newest first. One query."""
    rows = (
        Period.objects.filter(profile__recipient=organisation)
        .select_related("profile")
        .order_by("profile__kind", "year", "month", "-id")
        .distinct("profile__kind", "year", "month")
    )
    return sorted(rows, key=lambda each: (each.year, each.month, each.profile.kind), reverse=True)


def reports(organisation: Unit, term: Term) -> ReportQuerySet:
    """The issued reports of a term that came here."""
    return Report.objects.sent_to(organisation.pk).filter(
        period__profile__kind=term.kind, period__year=term.year, period__month=term.month
    )


def bodies(organisation: Unit, term: Term) -> list[Body]:
    """Every organisation that reports here, whether its report has arrived or not. Four queries."""
    arrived = {
        report.document.organisation_id: report
        for report in reports(organisation, term).select_related("document").defer("figures", "sections", "drafted")
    }
    lines = Recipient.objects.filter(unit=organisation, document__report__in=arrived.values())
    noted = dict(lines.values_list("document_id", "acknowledged_at"))
    last = Remark.objects.filter(report__in=arrived.values()).order_by("report_id", "-id").distinct("report_id")
    asked = {remark.report_id for remark in last if remark.kind == Remark.Kind.QUESTION}
    profiles = ReportProfile.objects.reporting_to(organisation, term.kind).select_related("organisation")
    names = {each.organisation_id: each.organisation.name for each in profiles}
    names |= {pk: report.document.issuing_body for pk, report in arrived.items() if pk not in names}
    return [_body(pk, name, arrived.get(pk), noted, asked) for pk, name in names.items()]


def _body(pk: int, name: str, report: Report | None, noted: dict[int, datetime | None], asked: set[int]) -> Body:
    if report is None:
        return Body(pk, name)
    document = report.document
    return Body(
        pk, name, report.pk, document.pk, document.code, document.issued_at, noted.get(document.pk), report.pk in asked
    )


def totals(organisation: Unit, term: Term) -> list[Total]:
    """The common figures of a term. Two queries: the database adds, ratios follow from what was added."""
    added = FrozenFigure.objects.filter(report__in=reports(organisation, term)).values("indicator_id")
    rows: dict[int, dict[str, Any]] = {
        row["indicator_id"]: dict(row) for row in added.annotate(value=Sum("value"), bodies=Count("report_id"))
    }
    found = []
    for indicator in Indicator.objects.common().filter(pk__in=rows).order_by("position", "id"):
        value: Decimal | None = rows[indicator.pk]["value"]
        if indicator.rollup == Rollup.RATIO:
            value = _ratio(indicator, rows)
        if value is not None:
            found.append(Total(indicator, value, rows[indicator.pk]["bodies"]))
    return found


def _ratio(indicator: Indicator, rows: dict[int, dict[str, Any]]) -> Decimal | None:
    part, whole = (rows.get(key or 0) for key in (indicator.numerator_id, indicator.denominator_id))
    return percent(part["value"] if part else Decimal(0), whole["value"]) if whole else None


def by_body(organisation: Unit, term: Term, indicator: Indicator) -> list[FrozenFigure]:
    """What each organisation's report says of one indicator, the largest first: they add up to the total. One query."""
    rows = FrozenFigure.objects.filter(report__in=reports(organisation, term), indicator=indicator)
    return list(
        rows.select_related("report__document")
        .defer("report__figures", "report__sections", "report__drafted")
        .order_by("-value", "report_id")
    )


# --- questions and answers --------------------------------------------------------------------------------------------
@transaction.atomic
def ask(*, report: Report, text: str, by: Appointment, at: datetime) -> Remark:
    """The organisation that a report was sent to asks about it; the one that sent it is told."""
    permissions.check(by, "documents.receive", at=at, unit=by.unit)
    if not Report.objects.sent_to(by.organisation_id).filter(pk=report.pk).exists():
        raise NotAllowed(_("Báo cáo này không gửi đến cơ quan của bạn."))
    return _remark(report, Remark.Kind.QUESTION, text, by=by, at=at)


@transaction.atomic
def answer(*, report: Report, text: str, by: Appointment, at: datetime) -> Remark:
    """The organisation that sent a report answers the open question; who asked is told."""
    permissions.check(by, "reports.report.compile", at=at, unit=report.document.organisation)
    last = report.remarks.order_by("-id").first()
    if last is None or last.kind != Remark.Kind.QUESTION:
        raise NotAllowed(_("Không có câu hỏi nào chờ trả lời."))
    return _remark(report, Remark.Kind.ANSWER, text, by=by, at=at)


def _remark(report: Report, kind: str, text: str, *, by: Appointment, at: datetime) -> Remark:
    Report.objects.select_for_update(of=("self",)).only("pk").get(pk=report.pk)
    said = text.strip()[:MOST]
    if not said:
        raise NotAllowed(_("Hãy ghi nội dung."))
    remark = Remark.objects.create(report=report, kind=kind, text=said, by=by, at=at)
    event = events.REPORT_QUESTIONED if kind == Remark.Kind.QUESTION else events.REPORT_ANSWERED
    log.record(event, report, by=by, at=at, text=said)
    send(messages.ReportRemark(remark, by), at=at)
    return remark
