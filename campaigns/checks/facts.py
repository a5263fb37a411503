"""What the rules must know of the register, the units and the calendar, read in the queries that load the plan.

The questions are columns of those queries, so a plan is checked without one query of its own.
"""

from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, prefetch_related_objects
from django.db.models.functions import JSONObject, Length, StrIndex

from campaigns.comments import with_comments
from campaigns.models import CalendarDay, ItemCitation, Plan, PlanBase, PlanItem, Task, TaskUnit
from directives import queries
from directives.models import Directive, Validity
from documents.models import Recipient
from units.models import Appointment, Unit, UnitName
from units.roles import Role


def prepare(plan: Plan, day: date, *more: str) -> Plan:
    """Load what is shown and checked of a plan on `day`: six queries, and three where it rests on what has changed.

    `plan.unfit` says of each such document what is wrong, `plan.mentions` where the text mentions one.
    """
    prefetch_related_objects([plan], *_content(day), *more)
    unfit = Directive.objects.questionable_on(day)
    cited = ItemCitation.objects.filter(plan=plan, base=None, directive__in=unfit).order_by("id")
    weigh(plan, day, list(cited.select_related("directive__kind")))
    return plan


def weigh(plan: Plan, day: date, mentions: Iterable[ItemCitation] = ()) -> None:
    """What is wrong on `day` with the documents that the plan's loaded bases, and `mentions`, name.

    No query while all hold, else three at most.
    """
    plan.mentions = list(mentions)
    citing: list[PlanBase | ItemCitation] = [*plan.bases.all(), *plan.mentions]
    rows = [row.directive for row in citing if row.directive is not None]
    plan.unfit = {found.directive.pk: found for found in queries.standings(rows, day)}


def _content(day: date) -> list[str | Prefetch]:
    """Five queries, as many as to print it."""
    return [
        Prefetch("bases", PlanBase.objects.select_related("directive__kind").annotate(cited=_registered("base"))),
        Prefetch("items", with_comments(PlanItem.objects.annotate(cited=_registered("item")))),
        Prefetch("tasks", _tasks(day)),
        Prefetch("tasks__cooperating", _helpers()),
        Prefetch("document__recipients", _recipients(day)),
    ]


def _registered(row: str) -> ArraySubquery:
    """Every registered document whose code is mentioned in the row: its key and day."""
    mentioned = Directive.objects.filter(**{f"citations__{row}": OuterRef(OuterRef("pk"))})
    same_code = Directive.objects.filter(
        organisation=OuterRef("plan__document__organisation"), code_key__in=mentioned.values("code_key")
    ).exclude(validity=Validity.WITHDRAWN)
    return ArraySubquery(same_code.values(json=JSONObject(key="code_key", day="dated_on")))


def _successors(unit: str) -> ArraySubquery:
    """Names of the units that go on with the work of one."""
    after = Unit.objects.filter(preceded_by__predecessors=OuterRef(unit)).exclude(pk=OuterRef(unit))
    return ArraySubquery(after.order_by("position", "id").values("name"))


def _tasks(day: date) -> QuerySet[Task]:
    heads = Appointment.objects.current(day).filter(role__in=[Role.UNIT_HEAD, Role.CHIEF], unit=OuterRef("lead_unit"))
    said = CalendarDay.objects.filter(day=OuterRef("due_on")).values("is_working")[:1]
    return Task.objects.select_related("lead_unit").annotate(
        has_head=Exists(heads), calendar_says=Subquery(said), successors=_successors("lead_unit")
    )


def _helpers() -> QuerySet[TaskUnit]:
    return TaskUnit.objects.select_related("unit").annotate(successors=_successors("unit"))


def _recipients(day: date) -> QuerySet[Recipient]:
    """Lines of "Nơi nhận", each with the longest name in it that no longer holds on `day`."""
    ended = UnitName.objects.filter(Q(ends_on__lte=day) | Q(unit__dissolved_on__lte=day))
    within = ended.annotate(at=StrIndex(OuterRef("text"), F("name"))).filter(at__gt=Value(0))
    after = _successors("unit")
    columns = JSONObject(name="name", now="unit__name", ended="unit__dissolved_on", successors=after)
    longest = within.order_by(Length("name").desc()).values(json=columns)[:1]
    return Recipient.objects.annotate(old_name=Subquery(longest))
