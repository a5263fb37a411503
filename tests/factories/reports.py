"""A house's reporting: tasks with entries on given days, periods, contributions, reports."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.utils import timezone

from campaigns.models import Indicator, Plan, ProgressEntry, ProgressFigure, Rollup, Task
from campaigns.states import Field, Rhythm, TaskState
from reports import contributions, workflow
from reports.defaults import ensure_profile
from reports.models import Contribution, Period, Report, ReportProfile
from tests.factories.plans import House, make_plan, make_recipient
from units.models import Appointment, Unit


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A time of day in the office's zone."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def indicator(name: str, rollup: Rollup = Rollup.SUM, parts: tuple[Indicator, Indicator] | None = None) -> Indicator:
    """An indicator of its own name; a ratio of its two parts."""
    numerator, denominator = parts or (None, None)
    return Indicator.objects.create(
        code=f"thu-{Indicator.objects.count()}", group="Thử nghiệm", name=name, measure="cuộc", rollup=rollup,
        numerator=numerator, denominator=denominator, position=Indicator.objects.count(),
    )  # fmt: skip


@dataclass
class Reporting:
    """A house that reports: who acts, whom it reports to, the plan its tasks stand in."""

    house: House
    board: Appointment
    profile: ReportProfile
    plan: Plan

    def head_of(self, unit: Unit) -> Appointment:
        house = self.house
        heads = {house.department: house.head, house.other: house.other_head, house.office_unit: house.chief}
        return heads[unit]

    def task(
        self, unit: Unit, *, given: date, due: date | None = None, original: date | None = None,
        finished: date | None = None, state: TaskState | None = None, text: str = "", at: datetime | None = None,
        field: str = Field.LEADERSHIP,
    ) -> Task:  # fmt: skip
        """A task as it stands now; done when `finished` is given, unless `state` says otherwise."""
        state = state or (TaskState.DONE if finished else TaskState.IN_PROGRESS)
        by, assigned_at = self.head_of(unit), at or moment(given)
        is_accepted = state not in (TaskState.PLANNED, TaskState.ASSIGNED, TaskState.HANDED_BACK, TaskState.WITHDRAWN)
        done_at = moment(finished, 17) if state == TaskState.DONE and finished else None
        return Task.objects.create(
            organisation=self.house.organisation, plan=self.plan, text=text or f"Nhiệm vụ {Task.objects.count()}",
            lead_unit=unit, state=state, due_on=due, original_due_on=original or due, field=field,
            rhythm=Rhythm.ONCE if due else Rhythm.REGULAR, officer=by if is_accepted else None,
            assigned_at=None if state == TaskState.PLANNED else assigned_at,
            assigned_by=None if state == TaskState.PLANNED else by,
            accepted_at=assigned_at if is_accepted else None, accepted_by=by if is_accepted else None,
            finished_on=finished, done_at=done_at, done_by=by if done_at else None,
            reason="Lý do" if state in (
                TaskState.HANDED_BACK, TaskState.REDO, TaskState.PAUSED, TaskState.WITHDRAWN
            ) else "",
        )  # fmt: skip

    def entry(
        self, task: Task, on: date, figures: dict[Indicator, int | str] | None = None, *, text: str = "",
        is_confirmed: bool = True, is_withdrawn: bool = False,
    ) -> ProgressEntry:  # fmt: skip
        """An entry about day `on`, confirmed by the head unless said otherwise."""
        by, at = self.head_of(task.lead_unit), moment(on, 16)
        entry = ProgressEntry.objects.create(
            task=task, unit=task.lead_unit, text=text or f"Việc ngày {on:%d/%m}", percent=50, happened_on=on,
            reported_at=at, reported_by=by,
            confirmed_at=at if is_confirmed else None, confirmed_by=by if is_confirmed else None,
            withdrawn_at=at if is_withdrawn else None, withdrawn_by=by if is_withdrawn else None,
            withdrawal_reason="Ghi nhầm" if is_withdrawn else "",
        )  # fmt: skip
        for counted, value in (figures or {}).items():
            ProgressFigure.objects.create(entry=entry, indicator=counted, value=Decimal(value))
        return entry

    def withdraw(self, entry: ProgressEntry, on: date) -> None:
        """The head takes the entry back later."""
        entry.withdrawn_at, entry.withdrawn_by = moment(on), self.head_of(entry.unit)
        entry.withdrawal_reason = "Ghi nhầm"
        entry.save()

    def open(self, year: int, month: int, at: datetime | None = None) -> Period:
        when = at or timezone.now()
        return workflow.open_period(profile=self.profile, year=year, month=month, by=self.house.office, at=when)

    def part(self, period: Period, unit: Unit) -> Contribution:
        return Contribution.objects.get(period=period, unit=unit)

    def send(self, period: Period, *units: Unit, at: datetime | None = None) -> None:
        """The heads of these units (of all, when none is named) confirm their part as it is filled."""
        when = at or timezone.now()
        for unit in units or (self.house.office_unit, self.house.department, self.house.other):
            part = contributions.fill(contribution=self.part(period, unit), by=None, at=when)
            contributions.confirm(contribution=part, version=part.version, by=self.head_of(unit), at=when)

    def compile(self, period: Period, at: datetime | None = None) -> Report:
        return workflow.compile(period=period, by=self.house.office, at=at or timezone.now())


def make_reporting(house: House) -> Reporting:
    """The house's monthly report to a board, and a plan that its tasks stand in."""
    board = make_recipient()
    profile = ensure_profile(house.organisation, recipient=board.unit, legal_basis="Thực hiện chế độ báo cáo định kỳ")
    plan = make_plan(house, tasks=())
    return Reporting(house, board, profile, plan)
