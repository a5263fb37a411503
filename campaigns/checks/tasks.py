"""Rules about tasks: who leads, until when, what comes out."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.checks.reading import Reading, place_of, task_name
from campaigns.checks.rule import Found, rule
from campaigns.due_wording import read_due
from campaigns.models import Task
from campaigns.workdays import WorkingCalendar
from directives.identity import folded
from units.models import Unit, UnitKind

ASSIGNED = gettext_lazy("NĐ 30/2020/NĐ-CP, Điều 23.2: ai chủ trì, ai phối hợp, thời hạn")
FOLLOWED = gettext_lazy("Quy tắc của cổng: nhiệm vụ phải theo dõi được")
DAYS_OFF = gettext_lazy("Bộ luật Dân sự 2015, Điều 148.5; Bộ luật Lao động 2019, Điều 112: ngày nghỉ")
USUAL = WorkingCalendar()


@rule("no_task", FOLLOWED)
def has_tasks(plan: Reading) -> Iterator[Found]:
    if not plan.tasks:
        yield Found("task-new", _("Chưa giao nhiệm vụ nào."))


@rule("no_deadline", ASSIGNED, blocking=True)
def tasks_have_deadline(plan: Reading) -> Iterator[Found]:
    for task in plan.tasks:
        if task.due_on is None and not task.rhythm:
            yield Found(place_of(task), _("%(task)s chưa có hạn hoặc nhịp báo cáo.") % {"task": task_name(task)})


def _dated(message: str, task: Task) -> Found:
    """A finding about the day of a task; another day is another finding."""
    words = {"task": task_name(task), "day": f"{task.due_on:%d/%m/%Y}" if task.due_on else ""}
    return Found(place_of(task), message % words, f"{task.text} {task.due_on}")


@rule("deadline_past", FOLLOWED)
def deadlines_lie_ahead(plan: Reading) -> Iterator[Found]:
    for task in plan.tasks:
        if task.due_on and task.due_on < plan.day:
            yield _dated(_("%(task)s có hạn %(day)s đã qua."), task)


@rule("deadline_day_off", DAYS_OFF)
def deadlines_are_working_days(plan: Reading) -> Iterator[Found]:
    for task in plan.tasks:
        if task.due_on is None:
            continue
        said = getattr(task, "calendar_says", None)
        if not (USUAL.is_working(task.due_on) if said is None else said):
            yield _dated(_("%(task)s có hạn %(day)s là ngày nghỉ."), task)


@rule("deadline_far", FOLLOWED)
def deadlines_are_of_the_year(plan: Reading) -> Iterator[Found]:
    for task in plan.tasks:
        if task.due_on and task.due_on.year > plan.plan.year + 1:
            yield _dated(_("%(task)s có hạn %(day)s, xa năm của kế hoạch; có thể gõ nhầm năm."), task)


@rule("deadline_campaign", FOLLOWED)
def deadlines_lie_in_the_campaign(plan: Reading) -> Iterator[Found]:
    campaign = plan.plan.campaign
    for task in plan.tasks if campaign else ():
        if campaign and task.due_on and not campaign.starts_on <= task.due_on <= campaign.ends_on:
            yield _dated(_("%(task)s có hạn %(day)s ngoài thời gian của đợt hoạt động."), task)


@rule("due_wording", ASSIGNED)
def wording_says_the_same_day(plan: Reading) -> Iterator[Found]:
    for task in plan.tasks:
        due = read_due(task.due_wording, plan.plan.year)
        if task.due_on and due.date and task.due_on not in (due.date, due.last_day):
            words = {"task": task_name(task), "wording": task.due_wording, "day": f"{task.due_on:%d/%m/%Y}"}
            message = _("%(task)s: hạn ghi “%(wording)s” khác ngày %(day)s.") % words
            yield Found(place_of(task), message, f"{task.due_wording} {task.due_on}")


@rule("tasks_not_printed", FOLLOWED)
def deadlines_are_printed(plan: Reading) -> Iterator[Found]:
    """What a unit is held to must stand in the signed text."""
    if not plan.plan.prints_tasks and any(task.due_on and not task.due_wording for task in plan.tasks):
        yield Found("head", _("Hạn của nhiệm vụ không có trong văn bản; nên in phụ lục phân công."))


@rule("no_lead", ASSIGNED)
def one_unit_leads(plan: Reading) -> Iterator[Found]:
    """The whole organisation as lead is nobody in particular."""
    for task in plan.tasks:
        if task.lead_unit.kind == UnitKind.ORGANISATION:
            message = _("%(task)s giao cho cả cơ quan, chưa có đơn vị chủ trì.") % {"task": task_name(task)}
            yield Found(place_of(task), message, task.text)


@rule("unit_without_head", FOLLOWED, blocking=True)
def leads_can_accept(plan: Reading) -> Iterator[Found]:
    seen: set[int] = set()
    for task in plan.tasks:
        if not getattr(task, "has_head", True) and task.lead_unit_id not in seen:
            seen.add(task.lead_unit_id)
            message = _("%(unit)s chưa có trưởng đơn vị để nhận nhiệm vụ.") % {"unit": task.lead_unit.name}
            yield Found(place_of(task), message)


def _gone(unit: Unit, successors: Sequence[str], plan: Reading) -> str | None:
    """What became of a unit that no longer works; None while it does."""
    if unit.dissolved_on is None or unit.dissolved_on > plan.day:
        return None
    names = ", ".join(successors)
    return (
        _("%(unit)s đã giải thể (nay là %(newer)s)") % {"unit": unit.name, "newer": names}
        if names
        else _("%(unit)s đã giải thể") % {"unit": unit.name}
    )


@rule("unit_dissolved", ASSIGNED, blocking=True)
def leads_still_work(plan: Reading) -> Iterator[Found]:
    for task in plan.tasks:
        if gone := _gone(task.lead_unit, getattr(task, "successors", ()), plan):
            yield Found(place_of(task), _("%(task)s: %(gone)s.") % {"task": task_name(task), "gone": gone})


@rule("helper_dissolved", ASSIGNED, blocking=True)
def helpers_still_work(plan: Reading) -> Iterator[Found]:
    for task in plan.tasks:
        for part in task.cooperating.all():
            if gone := _gone(part.unit, getattr(part, "successors", ()), plan):
                words = {"task": task_name(task), "gone": gone}
                yield Found(place_of(task), _("%(task)s, phần phối hợp: %(gone)s.") % words)


@rule("lead_helps", ASSIGNED)
def lead_does_not_help_itself(plan: Reading) -> Iterator[Found]:
    for task in plan.tasks:
        if any(part.unit_id == task.lead_unit_id for part in task.cooperating.all()):
            message = _("%(task)s: đơn vị chủ trì cũng ghi ở phối hợp.") % {"task": task_name(task)}
            yield Found(place_of(task), message)


@rule("part_later", ASSIGNED)
def helpers_are_not_later(plan: Reading) -> Iterator[Found]:
    for task in plan.tasks:
        for part in task.cooperating.all():
            if part.due_on and task.due_on and part.due_on > task.due_on:
                words = {"task": task_name(task), "unit": part.unit.name}
                message = _("%(task)s: hạn phối hợp của %(unit)s sau hạn chung.") % words
                yield Found(place_of(task), message, f"{part.due_on} {task.due_on}")


@rule("no_product", FOLLOWED)
def tasks_have_a_product(plan: Reading) -> Iterator[Found]:
    for task in plan.tasks:
        if not task.expected_product.strip() and not task.rhythm:
            message = _("%(task)s chưa ghi sản phẩm cần có.") % {"task": task_name(task)}
            yield Found(place_of(task), message, task.text)


@rule("task_twice", ASSIGNED)
def tasks_differ(plan: Reading) -> Iterator[Found]:
    seen: dict[str, int] = {}
    for number, task in enumerate(plan.tasks, start=1):
        key = folded(task.text)
        if key in seen:
            words = {"task": task_name(task), "number": seen[key]}
            yield Found(place_of(task), _("%(task)s trùng với nhiệm vụ %(number)s.") % words, task.text)
        seen.setdefault(key, number)
