"""A corrected draft → what the verb that makes a plan takes. Reads the units, posts and campaigns it names."""

from typing import Any

from campaigns.importing.draft import Draft, Row, kept
from campaigns.importing.review import typed_day
from campaigns.models import Campaign, ItemStyle
from campaigns.states import ExtensionDecider
from campaigns.workflow.plans import ItemText, PlanText, TaskText
from units.models import Appointment, Unit


def content(draft: Draft, organisation: Unit) -> PlanText:
    """The plan that the draft says; it asks nothing any more (`review`). KeyError for a unit that is gone by now."""
    head: Row = draft["head"][0]
    units = {unit.pk: unit for unit in Unit.objects.inside(organisation).working()}
    items = [row for row in kept(draft, "items") if row["text"].strip()]
    places = {row["key"]: place for place, row in enumerate(items)}
    passages = {row["key"]: row["text"].strip() for row in draft["passages"] if not row["gone"]}
    return PlanText(
        title=head["title"].strip(), symbol=" ".join(head["symbol"].split()), year=int(head["year"]),
        drafting_unit=units[head["drafting_unit"]], signer=_own(Appointment.objects, head["signer"], organisation),
        campaign=Campaign.objects.filter(organisation=organisation, pk=head["campaign"] or 0).first(),
        opening=passages.get("opening", ""), closing=passages.get("closing", ""), prints_tasks=head["prints_tasks"],
        extension_decider=head.get("extension_decider") or ExtensionDecider.OFFICE,  # imports read before it was asked
        bases=tuple(row["text"].strip() for row in kept(draft, "bases") if row["text"].strip()),
        items=tuple(ItemText(ItemStyle(row["style"]), row["text"].strip(), row["depth"]) for row in items),
        tasks=tuple(_task(row, units, places) for row in _in_order(kept(draft, "tasks"), places)),
        recipients=tuple(
            (row["text"].strip()[:300], row["unit"]) for row in kept(draft, "recipients") if row["text"].strip()
        ),
    )  # fmt: skip


def _own(posts: Any, pk: int | None, organisation: Unit) -> Appointment | None:
    found: Appointment | None = posts.filter(unit__organisation=organisation, pk=pk or 0).first()
    return found


def _in_order(tasks: list[Row], places: dict[str, int]) -> list[Row]:
    """Tasks of items in the order of the items, then those of tables."""
    return sorted(tasks, key=lambda row: places.get(row["item"], len(places)))


def _task(row: Row, units: dict[int, Unit], places: dict[str, int]) -> TaskText:
    return TaskText(
        text=row["text"].strip(), lead_unit=units[row["lead_unit"]],
        cooperating=tuple(units[pk] for pk in row["cooperating"]), due_on=typed_day(row["due"]), rhythm=row["rhythm"],
        due_wording=row["due_wording"].strip()[:200], expected_product=row["expected_product"].strip()[:300],
        item=places.get(row["item"]),
    )  # fmt: skip
