"""What a plan says, as the verbs take it."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from campaigns.models import Campaign, Indicator, ItemStyle, PlanItem
from campaigns.states import ExtensionDecider, Field, Rhythm
from units.models import Appointment, Unit


@dataclass(frozen=True)
class ItemText:
    """A paragraph of a new plan; `depth` 0 is the top, each deeper one stands below the last shallower one."""

    style: ItemStyle
    text: str
    depth: int = 0


@dataclass(frozen=True)
class TaskText:
    """What a task of a draft says. `item` is the index of the item it carries out (new plans) or its row.

    `part_days` gives cooperating units (by pk) a day of their own, `targets` the figure expected of an indicator.
    """

    text: str
    lead_unit: Unit
    cooperating: tuple[Unit, ...] = ()
    due_on: date | None = None
    rhythm: str = Rhythm.ONCE
    due_wording: str = ""
    field: str = Field.OTHER
    expected_product: str = ""
    indicators: tuple[Indicator, ...] = ()
    item: int | PlanItem | None = None
    part_days: tuple[tuple[int, date], ...] = ()
    targets: tuple[tuple[int, Decimal], ...] = ()


@dataclass(frozen=True)
class PlanText:
    """Everything a new plan says."""

    title: str
    symbol: str
    drafting_unit: Unit
    year: int
    signer: Appointment | None = None
    council: Unit | None = None
    campaign: Campaign | None = None
    opening: str = ""
    closing: str = ""
    prints_tasks: bool = True
    extension_decider: str = ExtensionDecider.OFFICE
    bases: tuple[str, ...] = ()
    items: tuple[ItemText, ...] = ()
    tasks: tuple[TaskText, ...] = ()
    recipients: tuple[tuple[str, int | None], ...] = field(default=())
