"""Who is told what along the life of a task. Words: templates/messages/<name>_{subject,body}.txt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from campaigns.models import Comment, ExtensionRequest, ProgressEntry, Task
from campaigns.states import ExtensionDecider, TaskState
from notifications.audiences import holders
from notifications.base import Notification, Reason
from units.models import Appointment, Unit
from units.roles import Role

MOST_NAMED = 10
"""So many tasks a message names one by one; the link shows the rest."""


class TaskMessage(Notification):
    """A message about one task; it links to the task's page."""

    def __init__(self, task: Task, by: Appointment, *, on: date) -> None:
        self.task = task
        self.by = by
        self.on = on

    def url(self) -> str:
        return reverse("tasks:detail", args=[self.task.pk])

    def heads(self) -> list[Appointment]:
        return holders("campaigns.task.accept", unit=self.task.lead_unit, on=self.on)

    def office(self) -> list[Appointment]:
        return holders("campaigns.task.assign", unit=self.task.organisation, on=self.on)

    def officer(self) -> list[Appointment]:
        return [self.task.officer] if self.task.officer else []


class TasksAssigned(Notification):
    """The heads of a unit that leads, at once: tasks wait to be accepted. One message for a whole plan."""

    name = "campaigns_tasks_assigned"
    reason = Reason.ASSIGNED
    at_once = True

    def __init__(self, tasks: Sequence[Task], unit: Unit, by: Appointment, *, on: date) -> None:
        self.tasks = tasks[:MOST_NAMED]
        self.count = len(tasks)
        self.unit = unit
        self.plan = tasks[0].plan
        self.by = by
        self.on = on
        self.only = tasks[0].pk if len(tasks) == 1 else None

    def audience(self) -> list[Appointment]:
        return holders("campaigns.task.accept", unit=self.unit, on=self.on)

    def url(self) -> str:
        if self.only:
            return reverse("tasks:detail", args=[self.only])
        return f"{reverse('tasks:list')}?unit={self.unit.pk}&plan={self.plan.pk}"


class HelpAsked(TasksAssigned):
    """The heads of a cooperating unit, at once: tasks that others lead and the unit helps with."""

    name = "campaigns_help_asked"


class OfficerNamed(TaskMessage):
    """The officer named for a task, at once."""

    name = "campaigns_officer_named"
    reason = Reason.ASSIGNED
    at_once = True

    def audience(self) -> list[Appointment]:
        return self.officer()


class TaskAccepted(TaskMessage):
    """The post that gave the task out: the unit accepted and named its officer."""

    name = "campaigns_task_accepted"
    reason = Reason.PROGRESS

    def audience(self) -> Iterable[Appointment]:
        return Appointment.objects.filter(pk__in=[self.task.assigned_by_id])


class TaskHandedBack(TaskMessage):
    """The office, at once: a unit does not take a task; the reason is on its page."""

    name = "campaigns_task_handed_back"
    reason = Reason.RETURNED
    at_once = True

    def audience(self) -> list[Appointment]:
        return self.office()


class ProgressReported(TaskMessage):
    """The heads of the unit that leads: a new entry waits for their confirmation."""

    name = "campaigns_progress_reported"
    reason = Reason.PROGRESS

    def __init__(self, task: Task, by: Appointment, *, on: date, entry: ProgressEntry) -> None:
        super().__init__(task, by, on=on)
        self.entry = entry

    def audience(self) -> list[Appointment]:
        return self.heads()


class TaskToConfirm(ProgressReported):
    """The heads of the unit that leads, at once: a result waits for their confirmation."""

    name = "campaigns_task_to_confirm"
    reason = Reason.TO_CONFIRM
    at_once = True


class TaskConfirmed(TaskMessage):
    """The officer and the post that gave the task out: the result is confirmed, the task is done."""

    name = "campaigns_task_confirmed"
    reason = Reason.CONFIRMED

    def audience(self) -> Iterable[Appointment]:
        return Appointment.objects.filter(pk__in=[self.task.officer_id, self.task.assigned_by_id])


class TaskToRedo(TaskMessage):
    """The officer, at once: the result came back with a reason."""

    name = "campaigns_task_to_redo"
    reason = Reason.RETURNED
    at_once = True

    def audience(self) -> list[Appointment]:
        return self.officer()


class TaskStopped(TaskMessage):
    """Officer and heads, at once: the task is paused, goes on, or is withdrawn."""

    name = "campaigns_task_stopped"
    reason = Reason.RETURNED
    at_once = True

    def audience(self) -> list[Appointment]:
        return self.officer() + self.heads()


class EntryWithdrawn(TaskMessage):
    """Officer and heads: an entry was taken back, with a reason."""

    name = "campaigns_entry_withdrawn"
    reason = Reason.PROGRESS

    def __init__(self, task: Task, by: Appointment, *, on: date, entry: ProgressEntry) -> None:
        super().__init__(task, by, on=on)
        self.entry = entry

    def audience(self) -> list[Appointment]:
        return self.officer() + self.heads()


class PartDone(TaskMessage):
    """Officer and heads of the unit that leads: a cooperating unit finished its part."""

    name = "campaigns_part_done"
    reason = Reason.PROGRESS

    def __init__(self, task: Task, by: Appointment, *, on: date, unit: Unit) -> None:
        super().__init__(task, by, on=on)
        self.unit = unit

    def audience(self) -> list[Appointment]:
        return self.officer() + self.heads()


class ExtensionAsked(TaskMessage):
    """Who decides by the plan (the office, or the director), at once: a unit asks for a later day."""

    name = "campaigns_extension_asked"
    reason = Reason.TO_DECIDE
    at_once = True

    def __init__(self, request: ExtensionRequest, by: Appointment, *, on: date) -> None:
        super().__init__(request.task, by, on=on)
        self.request = request

    def audience(self) -> list[Appointment]:
        if self.task.plan.extension_decider == ExtensionDecider.OFFICE:
            return self.office()
        deciders = holders("campaigns.extension.decide", unit=self.task.organisation, on=self.on)
        return [post for post in deciders if post.role == Role.DIRECTOR]


class ExtensionDecided(ExtensionAsked):
    """Who asked, the heads and the officer, at once: the request was granted or refused."""

    name = "campaigns_extension_decided"
    reason = Reason.DECIDED

    def audience(self) -> list[Appointment]:
        return [self.request.asked_by, *self.heads(), *self.officer()]


class DayChanged(TaskMessage):
    """Officer and heads, at once: the office or the director ordered another day; why stands in the task's history."""

    name = "campaigns_day_changed"
    reason = Reason.DECIDED
    at_once = True

    def audience(self) -> list[Appointment]:
        return self.officer() + self.heads()


class ActUndone(TaskMessage):
    """Officer and heads, in the digest: an act on the task was taken back at once."""

    name = "campaigns_act_undone"
    reason = Reason.PROGRESS

    def __init__(self, task: Task, by: Appointment, *, on: date, act: str) -> None:
        super().__init__(task, by, on=on)
        self.act = act

    def audience(self) -> list[Appointment]:
        return self.officer() + self.heads()


class TasksHandedOver(TasksAssigned):
    """The heads and officers who take over tasks from another unit or person, at once."""

    name = "campaigns_tasks_handed_over"

    def audience(self) -> list[Appointment]:
        officers = {task.officer.pk: task.officer for task in self.tasks if task.officer}
        return [*officers.values(), *super().audience()]


class TasksReturned(Notification):
    """The heads of a unit, at once: an officer's post ended, the open tasks lie on the head's desk."""

    name = "campaigns_tasks_returned"
    reason = Reason.ASSIGNED
    at_once = True

    def __init__(self, tasks: Sequence[Task], unit: Unit, *, on: date) -> None:
        self.tasks = tasks[:MOST_NAMED]
        self.count = len(tasks)
        self.unit = unit
        self.on = on

    def audience(self) -> list[Appointment]:
        officers = {task.officer.pk: task.officer for task in self.tasks if task.officer}
        return [*officers.values()]

    def url(self) -> str:
        if self.count == 1:
            return reverse("tasks:detail", args=[self.tasks[0].pk])
        return f"{reverse('tasks:list')}?unit={self.unit.pk}"


class TaskReminder(TaskMessage):
    """The officer, or the heads when it is their turn: somebody pressed "Nhắc". Once a day at most."""

    name = "campaigns_task_reminder"
    reason = Reason.DUE_SOON

    def audience(self) -> list[Appointment]:
        return self.heads() if self.task.state == TaskState.AWAITING else self.officer() or self.heads()

    def dedupe_key(self) -> str:
        return f"reminded:{self.task.pk}:{self.on.isoformat()}"


@dataclass(frozen=True)
class Line:
    """One task, or one unit's part of a task, as a list in a message says it."""

    pk: int
    text: str
    due_on: date | None
    unit: str
    is_part: bool = False


class DeadlinesToday(Notification):
    """One person, in the morning's digest: tasks that are due soon or today. One message a pass, however many tasks."""

    name = "campaigns_deadlines"
    reason = Reason.DUE_SOON

    def __init__(self, post: Appointment, *, overdue: list[Line], due: list[Line], on: date, key: str) -> None:
        self.post = post
        self.overdue_count, self.due_count = len(overdue), len(due)
        self.overdue, self.due = overdue[:MOST_NAMED], due[:MOST_NAMED]
        self.on = on
        self.key = key
        lines = [*overdue, *due]
        self.only = lines[0].pk if len(lines) == 1 else None
        self.only_parts = all(line.is_part for line in lines)

    def audience(self) -> list[Appointment]:
        return [self.post]

    def url(self) -> str:
        if self.only:
            return reverse("tasks:detail", args=[self.only])
        return f"{reverse('tasks:list')}?{self._own_filter()}"

    def _own_filter(self) -> str:
        """The person's own tasks: the unit's for its head, those given to an officer."""
        late = "due=overdue" if self.overdue_count else "due=due_soon"
        if self.post.role in (Role.OFFICE, Role.DIRECTOR, Role.DEPUTY):
            return late
        if self.post.role in (Role.UNIT_HEAD, Role.CHIEF):
            return f"help={self.post.unit_id}" if self.only_parts else f"unit={self.post.unit_id}&{late}"
        return f"officer={self.post.pk}&{late}"

    def dedupe_key(self) -> str:
        return f"deadlines:{self.key}"


class DeadlinesPassed(DeadlinesToday):
    """One person, at once: at least one task is late, with the others of the pass. Escalates by post."""

    name = "campaigns_deadlines_passed"
    reason = Reason.OVERDUE


class RedSpots(DeadlinesPassed):
    """The director, once a week: tasks late for seven working days or more, by unit."""

    name = "campaigns_red_spots"

    def url(self) -> str:
        return f"{reverse('tasks:list')}?due=overdue"


class Mentioned(Notification):
    """The people whom a comment names, at once. Its words stay in the portal."""

    name = "campaigns_mentioned"
    reason = Reason.MENTIONED
    at_once = True

    def __init__(self, comment: Comment, posts: Sequence[Appointment], by: Appointment) -> None:
        self.comment = comment
        self.posts = posts
        self.by = by
        self.place = comment.task.text if comment.task else comment.plan.document.title

    def audience(self) -> Sequence[Appointment]:
        return self.posts

    def url(self) -> str:
        return self.comment.url
