"""Tasks: what a unit has to do, by when, and who does it."""

from collections.abc import Callable
from datetime import date

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Max, Q, Value
from django.db.models.functions import Cast, Upper
from django.utils.translation import gettext_lazy as _

from audit.constraints import paired
from campaigns.models.plan import Plan, PlanItem
from campaigns.states import OPEN, TRANSITIONS, DeadlineClass, ExtensionState, Field, Rhythm, TaskMove, TaskState
from directives.models import Directive
from units.models import Appointment, Unit
from units.moves import target
from units.permissions import has_permission
from units.roles import Role

REPORTED_IN_TIME = Q(state=TaskState.AWAITING, finished_on__lte=F("due_on"))
WAITING = (TaskState.ASSIGNED, TaskState.AWAITING, TaskState.HANDED_BACK)
"""Whose next step is a head's or the office's (`waiting_for`)."""
IN_ORIGINAL_TIME = Q(finished_on__lte=F("original_due_on"))


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, by: Appointment) -> "TaskQuerySet":
        """Tasks of the post's organisation that have been given out, and planned ones for who drafts.

        Recipients and administrators see none by these roles.
        """
        if by.role in (Role.RECIPIENT, Role.ADMIN):
            return self.none()
        # as bigint: the index of texts begins with the organisation and compares equal kinds of numbers only
        return self.filter(organisation_id=Cast(Value(by.organisation_id), models.BigIntegerField()))

    def given(self) -> "TaskQuerySet":
        """Out of the draft: the plan is issued, the task counts."""
        return self.exclude(state__in=[TaskState.PLANNED, TaskState.WITHDRAWN])

    def open(self) -> "TaskQuerySet":
        return self.filter(state__in=OPEN)

    def led_by(self, unit: Unit | int) -> "TaskQuerySet":
        return self.filter(lead_unit=unit)

    def of_officer(self, by: Appointment) -> "TaskQuerySet":
        return self.filter(officer=by)

    def waiting_for(self, by: Appointment) -> "TaskQuerySet":
        """Tasks whose next step is the post's own: a head takes and confirms, the office gives out again what came
        back, an officer begins or does again."""
        mine = Q(officer=by, state__in=[TaskState.ACCEPTED, TaskState.REDO])
        if has_permission(by, "campaigns.task.confirm"):
            mine |= Q(lead_unit_id=by.unit_id, state__in=[TaskState.ASSIGNED, TaskState.AWAITING])
        if has_permission(by, "campaigns.task.assign"):
            mine |= Q(organisation_id=by.organisation_id, state=TaskState.HANDED_BACK)
        return self.open().filter(mine)

    def asking_for_time(self) -> "TaskQuerySet":
        """Tasks with a request for another day that nobody has decided."""
        return self.filter(extensions__state=ExtensionState.ASKED)

    # Deadline classes partition the open tasks and the done ones: `campaigns.deadlines.due_state` says it of one row.
    # A reported result stops the clock on the day of the report, however late it is confirmed.
    def overdue(self, on: date) -> "TaskQuerySet":
        return self.open().filter(due_on__lt=on).exclude(REPORTED_IN_TIME)

    def due_today(self, on: date) -> "TaskQuerySet":
        return self.open().filter(due_on=on)

    def due_soon(self, on: date, until: date) -> "TaskQuerySet":
        """Due after `on` and not later than `until` (`campaigns.deadlines.soon_until`)."""
        return self.open().filter(due_on__gt=on, due_on__lte=until)

    def not_due(self, on: date, until: date) -> "TaskQuerySet":
        """Due after `until`, or reported in time and waiting for confirmation."""
        return self.open().filter(Q(due_on__gt=until) | Q(due_on__lt=on) & REPORTED_IN_TIME)

    def recurring(self) -> "TaskQuerySet":
        return self.open().filter(due_on__isnull=True).exclude(rhythm=Rhythm.ONCE)

    def without_due_date(self) -> "TaskQuerySet":
        return self.open().filter(due_on__isnull=True, rhythm=Rhythm.ONCE)

    def done_in_time(self) -> "TaskQuerySet":
        """By the day that the plan gave."""
        return self.filter(state=TaskState.DONE, finished_on__lte=F("due_on")).filter(IN_ORIGINAL_TIME)

    def done_extended(self) -> "TaskQuerySet":
        """After the plan's day, by the day of a granted extension."""
        return self.filter(state=TaskState.DONE, finished_on__lte=F("due_on")).exclude(IN_ORIGINAL_TIME)

    def done_late(self) -> "TaskQuerySet":
        return self.filter(state=TaskState.DONE, finished_on__gt=F("due_on"))

    def done_without_due_date(self) -> "TaskQuerySet":
        return self.filter(state=TaskState.DONE, due_on__isnull=True)

    def of_class(self, kind: str, *, on: date, soon_until: date) -> "TaskQuerySet":
        """The tasks of one deadline class on day `on`."""
        questions: dict[DeadlineClass, Callable[[], TaskQuerySet]] = {
            DeadlineClass.OVERDUE: lambda: self.overdue(on),
            DeadlineClass.DUE_TODAY: lambda: self.due_today(on),
            DeadlineClass.DUE_SOON: lambda: self.due_soon(on, soon_until),
            DeadlineClass.NOT_DUE: lambda: self.not_due(on, soon_until),
            DeadlineClass.RECURRING: self.recurring,
            DeadlineClass.NO_DUE_DATE: self.without_due_date,
            DeadlineClass.DONE_IN_TIME: self.done_in_time,
            DeadlineClass.DONE_EXTENDED: self.done_extended,
            DeadlineClass.DONE_LATE: self.done_late,
            DeadlineClass.DONE_NO_DUE_DATE: self.done_without_due_date,
            DeadlineClass.NOT_COUNTED: lambda: self.exclude(state__in=[*OPEN, TaskState.DONE]),
        }
        return questions[DeadlineClass(kind)]()

    def for_list(self) -> "TaskQuerySet":
        return self.select_related("lead_unit", "officer__user", "plan__document").order_by(
            F("due_on").asc(nulls_last=True), "id"
        )

    def for_bulk(self) -> "TaskQuerySet":
        """With what a preview of an act shows and asks: names, requests, the last entry. Two queries."""
        related = self.select_related("lead_unit", "organisation", "officer__user", "officer__unit", "plan__document")
        return related.prefetch_related("extensions").annotate(last_entry=Max("entries__id")).order_by("id")

    def lock(self, pk: int) -> "Task":
        """The row, locked until the transaction ends, with what a move reads."""
        return self.select_for_update(of=("self",)).select_related(
            "lead_unit", "organisation", "plan__document", "officer__user", "officer__unit"
        ).get(pk=pk)  # fmt: skip


class Task(models.Model):
    """One lead unit (chủ trì), any number of cooperating ones, one named officer once accepted.

    `original_due_on` is kept for ever; `due_on` moves by granted extensions. `due_wording` keeps what the plan says.
    A rhythm task has no due date and is never overdue. Changed only by `campaigns.workflow`.
    """

    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="tasks", db_index=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="tasks")
    item = models.ForeignKey(PlanItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="tasks")
    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks")
    position = models.PositiveIntegerField(default=0)
    text = models.TextField(_("nội dung"))
    search = models.GeneratedField(
        expression=Func(F("text"), function="f_norm"), output_field=models.TextField(), db_persist=True
    )
    field = models.CharField(_("lĩnh vực"), max_length=12, choices=Field.choices, default=Field.OTHER)
    expected_product = models.CharField(_("sản phẩm cần có"), max_length=300, blank=True)
    lead_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="led_tasks", verbose_name=_("đơn vị chủ trì")
    )
    officer = models.ForeignKey(
        Appointment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("chuyên viên"),
    )
    state = models.CharField(_("trạng thái"), max_length=12, choices=TaskState.choices, default=TaskState.PLANNED)
    rhythm = models.CharField(_("nhịp báo cáo"), max_length=10, choices=Rhythm.choices, blank=True)
    due_on = models.DateField(_("hạn"), null=True, blank=True)
    original_due_on = models.DateField(_("hạn ban đầu"), null=True, blank=True)
    due_wording = models.CharField(_("hạn như ghi trong kế hoạch"), max_length=200, blank=True)
    percent = models.PositiveSmallIntegerField(_("tiến độ"), default=0)
    is_supplementary = models.BooleanField(_("giao bổ sung"), default=False)
    assigned_at = models.DateTimeField(null=True)
    assigned_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    finished_on = models.DateField(_("ngày báo cáo hoàn thành"), null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("lý do trả lại, làm lại, tạm dừng hoặc thu hồi"), blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("nhiệm vụ")
        verbose_name_plural = _("nhiệm vụ")
        ordering = ["position", "id"]
        # Migration 0080 also tells the database that units and officers belong to organisations: without that it takes
        # a large unit's tasks for few, and sorts them all for a page of fifty.
        indexes = [
            # what lists and counts ask for stands in the index itself: they need not open the rows
            models.Index(
                fields=["organisation", "lead_unit", "due_on", "id"], include=["state"], name="task_unit_due"
            ),
            models.Index(fields=["organisation", "due_on", "id"], include=["state"], name="task_organisation_due"),
            models.Index(
                fields=["organisation", "lead_unit", "due_on", "id"], include=["state", "finished_on", "rhythm"],
                condition=Q(state__in=OPEN), name="task_open",
            ),
            models.Index(fields=["due_on"], condition=Q(state__in=OPEN), name="task_open_due"),
            models.Index(
                fields=["organisation", "lead_unit", "due_on", "id"], condition=Q(state__in=WAITING),
                name="task_waiting",
            ),
            models.Index(
                fields=["officer", "state", "due_on", "id"], condition=Q(state__in=OPEN), name="task_officer_open",
                include=["finished_on", "rhythm", "organisation", "lead_unit"],
            ),
            models.Index(fields=["plan", "position"], name="task_plan"),
            GinIndex(fields=["organisation", "search"], name="task_search", opclasses=["int8_ops", "gin_trgm_ops"]),
            GinIndex(
                OpClass("organisation", "int8_ops"), OpClass(Upper("text"), "gin_trgm_ops"), name="task_text"
            ),  # what is found as it was typed comes first
        ]
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="task_percent"),
            models.CheckConstraint(
                condition=Q(rhythm="") | Q(due_on__isnull=True), name="task_rhythm_has_no_due_date",
                violation_error_message=_("Nhiệm vụ thường xuyên không có hạn cuối."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(original_due_on__isnull=False), name="task_original_due_kept"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "withdrawn"]) | Q(assigned_at__isnull=False),
                name="task_given_was_assigned",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "in_progress", "awaiting", "done", "redo", "paused"])
                | Q(officer__isnull=False, accepted_at__isnull=False),
                name="task_accepted_has_officer",
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False, finished_on__isnull=False)
                | ~Q(state="done") & Q(done_at__isnull=True),
                name="task_done_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="awaiting") | Q(finished_on__isnull=False), name="task_awaiting_has_day"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["handed_back", "redo", "paused", "withdrawn"]) | ~Q(reason=""),
                name="task_side_exit_says_why",
            ),
            paired("assigned", table="task"),
            paired("accepted", table="task"),
            paired("done", table="task"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.text[:80]

    def allows(self, move: TaskMove) -> bool:
        return target(TRANSITIONS, TaskState(self.state), move) is not None

    def move(self, move: TaskMove) -> None:
        """Go where the table says; the caller has asked permissions and saves the row."""
        state = target(TRANSITIONS, TaskState(self.state), move)
        if state is None:
            raise ValueError(f"{move} is not possible from {self.state}")
        self.state = state

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def was_extended(self) -> bool:
        return self.due_on is not None and self.due_on != self.original_due_on


class TaskUnit(models.Model):
    """A unit that helps (phối hợp), with its own part, its own day and its own end."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="cooperating")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cooperations")
    due_on = models.DateField(_("hạn phần phối hợp"), null=True, blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["unit", "due_on"], name="task_unit_part_due")]
        constraints = [
            models.UniqueConstraint(fields=["task", "unit"], name="task_unit_once"),
            paired("done", table="task_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.unit_id}"
