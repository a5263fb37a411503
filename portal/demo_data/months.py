"""The two months before the running one: entries behind every figure, reports issued, acknowledged and added up above.

One of their figures was corrected after its report was frozen.
"""

from datetime import date, timedelta
from decimal import Decimal

from campaigns.models import Plan, ProgressEntry, Task
from campaigns.workflow import progress
from documents import deliveries
from portal.demo_data import texts
from portal.demo_data.people import FIRST_DAY
from portal.demo_data.teller import Teller, moment
from reports import profiles
from reports import workflow as reporting
from reports.models import Report
from reports.periods import Kind, Span, month_span, months_before


def before(story: Teller, year: int, month: int) -> None:
    """Tell the plan that these months' work stands in, then the two months before the given one."""
    spans = [_span(story, year, month, back) for back in (2, 1)]
    tasks = _give_out(story, spans[0])
    for task in tasks.values():
        story.accept(task, spans[0].starts_on + timedelta(days=3))
    for place, (span, told) in enumerate(zip(spans, texts.MONTHS, strict=True)):
        _work(story, tasks, told, span)
        _report(story, span, *months_before(year, month, 2 - place))


def above(story: Teller, year: int, month: int) -> None:
    """The board makes one report of those that came for the month before the given one: a draft that waits."""
    by, on = story.posts["vanphong.bdv"], story.today - timedelta(days=2)
    values = {**texts.ROLLUP, "kind": Kind.MONTH, "is_rollup": True}
    profile = profiles.save(profile=None, values=values, by=by, at=moment(FIRST_DAY))
    last_year, last_month = months_before(year, month, 1)
    period = reporting.open_period(profile=profile, year=last_year, month=last_month, by=by, at=moment(on, 8))
    reporting.compile(period=period, by=by, at=moment(on, 9))


def since(story: Teller, year: int, month: int) -> None:
    """What the regular tasks brought in the running month, and a figure of the month before corrected meanwhile."""
    span = _span(story, year, month, 0)
    tasks = {story.unit_key(task): task for task in _plan(story).tasks.all()}
    _work(story, tasks, texts.MONTH_NOW, span)
    _correct(story, tasks["cds"], span.starts_on + timedelta(days=6))


def _span(story: Teller, year: int, month: int, back: int) -> Span:
    return month_span(*months_before(year, month, back), story.profile.first_day)


def _plan(story: Teller) -> Plan:
    return Plan.objects.get(document__title__startswith=texts.REGULAR_WORK)


def _give_out(story: Teller, span: Span) -> dict[str, Task]:
    """The issued plan's tasks, by their unit's key."""
    plan = story.draft(
        f"{texts.REGULAR_WORK} năm {span.ends_on.year}",
        on=span.starts_on,
        bases=texts.BASES_SHORT,
        items=texts.ITEMS_REGULAR,
        tasks_told=texts.TASKS_REGULAR,
        due_from=span.starts_on,
    )
    story.issue(plan.document, span.starts_on + timedelta(days=2))
    return {story.unit_key(task): task for task in plan.tasks.order_by("position")}


def _work(story: Teller, tasks: dict[str, Task], told: tuple[texts.DemoEntry, ...], span: Span) -> None:
    """The month's entries in the order of their days; one of 100 per cent is its task's result."""
    for each in sorted(told, key=lambda each: each.day):
        percent = None if each.percent == 100 else each.percent
        on = span.starts_on + timedelta(days=each.day)
        story.report(tasks[each.unit], each.text, on, percent=percent, figures=dict(each.figures))


def _report(story: Teller, span: Span, year: int, month: int) -> None:
    """From the opened period to the acknowledged report."""
    period = story.open_period(year, month, span.ends_on)
    story.confirm_contributions(period, span.ends_on + timedelta(days=1))
    on = span.ends_on + timedelta(days=2)
    report = reporting.compile(period=period, by=story.posts["vanphong"], at=moment(on, 8))
    for key, text in texts.ASSESSED[month % len(texts.ASSESSED)].items():
        report = _write(story, report, key, text, on)
    story.issue(report.document, on)
    deliveries.acknowledge(document=report.document, by=story.posts["bandanvan"], at=moment(on + timedelta(days=1), 8))


def _write(story: Teller, report: Report, key: str, text: str, on: date) -> Report:
    stored = next(section["text"] for section in report.sections if section["key"] == key)
    return reporting.edit_section(
        report=report, key=key, text=text, before=stored, by=story.posts["vanphong"], at=moment(on, 8, 10)
    )


def _correct(story: Teller, task: Task, on: date) -> None:
    """The unit finds that it had counted wrong: the entry is withdrawn, a new one of the same day stands for it."""
    wrong = _last_before(task, on)
    head, officer = story.head_of(story.unit_key(task)), story.officer_of(story.unit_key(task))
    progress.withdraw_entry(entry=wrong, reason=texts.CORRECTION_REASON, by=head, at=moment(on, 9))
    right = progress.report(
        task=task, text=texts.CORRECTION, percent=wrong.percent, by=officer, at=moment(on, 10),
        figures={story.indicators[code]: Decimal(value) for code, value in texts.CORRECTED},
        happened_on=wrong.happened_on,
    )  # fmt: skip
    progress.confirm_entry(entry=right, by=head, at=moment(on, 11))


def _last_before(task: Task, on: date) -> ProgressEntry:
    """The last entry of the month before: the one that its report counts."""
    return task.entries.filter(happened_on__lt=on - timedelta(days=6)).order_by("-happened_on", "-pk")[0]
