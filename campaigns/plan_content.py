"""All that a plan says, as frozen values: what a version keeps (JSON) and what two versions are compared by.

Rows keep their keys, so that a comparison follows a paragraph that moved and a restored version is the same rows again.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from campaigns import outline
from campaigns.models import Plan, Task, TaskIndicator, TaskUnit
from campaigns.states import TaskState


@dataclass(frozen=True)
class Named:
    """A row of another table with what it was called then."""

    pk: int
    name: str


@dataclass(frozen=True)
class BaseContent:
    pk: int
    text: str
    directive: int | None = None


@dataclass(frozen=True)
class ItemContent:
    pk: int
    parent: int | None
    style: str
    text: str


@dataclass(frozen=True)
class PartContent:
    unit: Named
    due_on: str = ""


@dataclass(frozen=True)
class FigureContent:
    indicator: Named
    target: str = ""


@dataclass(frozen=True)
class TaskContent:
    """`due_on` and the days of the parts are ISO dates, figures are decimals as text."""

    pk: int
    text: str
    lead: Named
    item: int | None = None
    due_on: str = ""
    rhythm: str = ""
    due_wording: str = ""
    product: str = ""
    field: str = ""
    parts: tuple[PartContent, ...] = ()
    figures: tuple[FigureContent, ...] = ()


@dataclass(frozen=True)
class LineContent:
    text: str
    unit: int | None = None


@dataclass(frozen=True)
class PlanContent:
    """Items stand in reading order: a parent before what is below it."""

    title: str
    symbol: str
    drafting_unit: Named
    signer: Named | None
    campaign: Named | None
    year: int
    prints_tasks: bool
    opening: str
    closing: str
    bases: tuple[BaseContent, ...] = ()
    items: tuple[ItemContent, ...] = ()
    tasks: tuple[TaskContent, ...] = ()
    recipients: tuple[LineContent, ...] = ()
    extension_decider: str = ""
    """Empty in versions that were kept before it was written down."""
    council: Named | None = None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def from_dict(kept: Mapping[str, Any]) -> PlanContent:
    """The content that `as_dict` gave."""
    return PlanContent(
        **{name: kept[name] for name in ("title", "symbol", "year", "prints_tasks", "opening", "closing")},
        drafting_unit=Named(**kept["drafting_unit"]),
        signer=Named(**kept["signer"]) if kept["signer"] else None,
        council=Named(**kept["council"]) if kept.get("council") else None,
        campaign=Named(**kept["campaign"]) if kept["campaign"] else None,
        bases=tuple(BaseContent(**row) for row in kept["bases"]),
        items=tuple(ItemContent(**row) for row in kept["items"]),
        tasks=tuple(task_from_dict(row) for row in kept["tasks"]),
        recipients=tuple(LineContent(**row) for row in kept["recipients"]),
        extension_decider=kept.get("extension_decider", ""),
    )


def task_from_dict(kept: Mapping[str, Any]) -> TaskContent:
    parts = tuple(PartContent(Named(**row["unit"]), row["due_on"]) for row in kept["parts"])
    figures = tuple(FigureContent(Named(**row["indicator"]), row["target"]) for row in kept["figures"])
    return TaskContent(**{**kept, "lead": Named(**kept["lead"]), "parts": parts, "figures": figures})


# --- reading the rows -------------------------------------------------------------------------------------------------
def read(plan: Plan) -> PlanContent:
    """What the plan says now. Eight queries whatever its length."""
    fresh = Plan.objects.with_document().prefetch_related("bases", "items", "document__recipients").get(pk=plan.pk)
    document, signer = fresh.document, fresh.document.signer
    return PlanContent(
        title=document.title, symbol=document.symbol, year=fresh.year, prints_tasks=fresh.prints_tasks,
        opening=fresh.opening, closing=fresh.closing,
        drafting_unit=Named(document.drafting_unit_id, document.drafting_unit.name),
        signer=Named(signer.pk, f"{signer.person_name}, {signer.title}") if signer else None,
        council=Named(document.council.pk, document.council.name) if document.council else None,
        campaign=Named(fresh.campaign.pk, fresh.campaign.name) if fresh.campaign else None,
        bases=tuple(BaseContent(base.pk, base.text, base.directive_id) for base in fresh.bases.all()),
        items=tuple(item_content(node.item) for node in outline.flat(fresh.items.all())),
        tasks=tuple(task_content(task) for task in written_tasks(fresh)),
        recipients=tuple(LineContent(line.text, line.unit_id) for line in document.recipients.all()),
        extension_decider=str(fresh.extension_decider),
    )  # fmt: skip


def written_tasks(plan: Plan) -> list[Task]:
    """The tasks that the draft itself gives out, with all they say, in order."""
    parts = Prefetch("cooperating", TaskUnit.objects.select_related("unit"))
    figures = Prefetch("indicators", TaskIndicator.objects.select_related("indicator"))
    rows = plan.tasks.exclude(state=TaskState.WITHDRAWN).filter(is_supplementary=False)
    return list(rows.select_related("lead_unit").prefetch_related(parts, figures).order_by("position", "id"))


def item_content(item: Any) -> ItemContent:
    return ItemContent(item.pk, item.parent_id, str(item.style), item.text)


def task_content(task: Task) -> TaskContent:
    """What a loaded task says."""
    return TaskContent(
        pk=task.pk, text=task.text, lead=Named(task.lead_unit_id, task.lead_unit.name), item=task.item_id,
        due_on=_iso(task.due_on), rhythm=str(task.rhythm), due_wording=task.due_wording,
        product=task.expected_product, field=str(task.field),
        parts=tuple(PartContent(Named(p.unit_id, p.unit.name), _iso(p.due_on)) for p in task.cooperating.all()),
        figures=tuple(
            FigureContent(Named(f.indicator_id, f.indicator.name), _figure(f.target)) for f in task.indicators.all()
        ),
    )  # fmt: skip


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _figure(target: Decimal | None) -> str:
    return "" if target is None else str(target)


# --- what was taken out -----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Removed:
    """A base, an item with everything below it, or a task that was taken out: enough to put it back in its place.

    `links` are (task, item) of tasks that carried out a removed item.
    """

    position: int
    base: BaseContent | None = None
    items: tuple[ItemContent, ...] = ()
    task: TaskContent | None = None
    links: tuple[tuple[int, int], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def removed_from_dict(kept: Mapping[str, Any]) -> Removed:
    """What `Removed.as_dict` gave, also by way of JSON."""
    return Removed(
        position=kept["position"],
        base=BaseContent(**kept["base"]) if kept["base"] else None,
        items=tuple(ItemContent(**row) for row in kept["items"]),
        task=task_from_dict(kept["task"]) if kept["task"] else None,
        links=tuple((task, item) for task, item in kept["links"]),
    )
