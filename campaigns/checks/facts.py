"""What the rules must know of the register, the units and the calendar, read in the queries that load the plan.

The questions are columns of those queries, so a plan is checked without one query of its own.
"""

from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject, Length, StrIndex

from campaigns.comments import with_comments
from campaigns.models import CalendarDay, PlanBase, PlanItem, Task, TaskUnit
from directives.models import Directive, DirectiveRelation, Validity
from documents.models import Recipient
from units.models import Appointment, Unit, UnitName
from units.roles import Role


def content(day: date) -> list[str | Prefetch]:
    """What to prefetch of a plan to show and check it on `day`. Five queries, as many as to print it."""
    return [
        Prefetch("bases", _bases()),
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


def _bases() -> QuerySet[PlanBase]:
    newer = DirectiveRelation.objects.filter(target=OuterRef("directive"), kind=DirectiveRelation.Kind.REPLACES)
    columns = JSONObject(
        kind="source__kind__name", abbreviation="source__kind__abbreviation", code="source__code",
        day="source__dated_on", issuer="source__issuer", subject="source__subject",
    )  # fmt: skip
    successor = newer.order_by("-source__dated_on", "-id").values(json=columns)[:1]
    return PlanBase.objects.select_related("directive__kind").annotate(
        successor=Subquery(successor), cited=_registered("base")
    )


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
