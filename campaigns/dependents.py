"""What of plans and tasks rests on a directive, for the directive's page. Reads only."""

from collections.abc import Sized
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from campaigns import workdays
from campaigns.deadlines import due_state
from campaigns.models import Plan, Task
from campaigns.states import DeadlineClass, TaskState
from directives.models import Directive
from directives.queries import Dependent, DependentGroup
from documents.states import DocumentState
from units.models import Appointment
from units.reading import only_columns

MOST = 20
PLAN_COLUMNS = ("year", "document__title", "document__code", "document__state", "document__drafting_unit__name")
TASK_COLUMNS = (
    "text", "state", "percent", "rhythm", "due_on", "original_due_on", "finished_on", "due_wording", "lead_unit__name",
)  # fmt: skip


def resting_on(directive: Directive, by: Appointment, on: date) -> list[DependentGroup]:
    """The plans that cite the directive (or an entry that was the same document), and the tasks given by it or by
    those plans. Three queries, and one to count each kind of which there is more than a page shows.
    """
    meant = Directive.objects.filter(Q(pk=directive.pk) | Q(same_as=directive.pk)).values("pk")
    cites = Q(citations__directive__in=meant) | Q(bases__directive__in=meant)
    citing = Plan.objects.filter(cites).values("pk")
    plans = Plan.objects.visible_to(by).live().filter(pk__in=citing)
    shown_plans = list(only_columns(plans, *PLAN_COLUMNS).order_by("-year", "-id")[:MOST])
    is_all = len(shown_plans) < MOST
    given = Q(plan__in=[plan.pk for plan in shown_plans] if is_all else plans.values("pk")) | Q(directive=directive)
    tasks = Task.objects.visible_to(by).exclude(state=TaskState.WITHDRAWN).filter(given)
    shown_tasks = list(only_columns(tasks, *TASK_COLUMNS).order_by(F("due_on").asc(nulls_last=True), "id")[:MOST])
    calendar = workdays.load() if shown_tasks else workdays.WorkingCalendar()
    return [
        DependentGroup(
            _("Kế hoạch căn cứ vào văn bản này"), _total(shown_plans, plans), tuple(map(_plan, shown_plans))
        ),
        DependentGroup(
            _("Nhiệm vụ theo văn bản này"),
            _total(shown_tasks, tasks),
            tuple(_task(row, on, calendar) for row in shown_tasks),
        ),
    ]


def _total(shown: Sized, of: QuerySet[Any]) -> int:
    """How many there are of what is shown; asked for only when that is not all."""
    return len(shown) if len(shown) < MOST else of.count()


def _plan(plan: Plan) -> Dependent:
    document = plan.document
    label = str(DocumentState(document.state).label)
    note = " · ".join(part for part in (document.code, document.drafting_unit.name) if part)
    return Dependent(document.title, "plans:detail", plan.pk, document.state, label, note)


def _task(task: Task, on: date, calendar: workdays.WorkingCalendar) -> Dependent:
    due = due_state(task, on, calendar)
    return Dependent(
        title=task.text, url_name="tasks:detail", pk=task.pk, state=task.state,
        state_label=str(TaskState(task.state).label), note=task.lead_unit.name, percent=task.percent,
        due_on=task.due_on,
        due_kind="" if due.kind == DeadlineClass.NOT_COUNTED else due.shown_as or due.kind,
        due_days=due.days, due_working_days=due.working_days, due_wording=task.due_wording,
    )  # fmt: skip
