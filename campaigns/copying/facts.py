"""What became of units, names, posts and days since the plan that is copied. Reads only, a fixed number of queries."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, Q

from campaigns.models import Campaign, Plan
from campaigns.workdays import WorkingCalendar
from campaigns.workdays import load as load_calendar
from units.models import Appointment, Succession, Unit, UnitName
from units.roles import Role


@dataclass
class Facts:
    """`names`: old name → today's; `successors`: unit → units that go on with its work; `units`: who can lead today."""

    today: date
    calendar: WorkingCalendar
    names: list[tuple[str, str]] = field(default_factory=list)
    successors: dict[int, list[Unit]] = field(default_factory=dict)
    units: list[Unit] = field(default_factory=list)
    signers: list[Appointment] = field(default_factory=list)
    campaigns: list[Campaign] = field(default_factory=list)

    def works(self, unit: Unit) -> bool:
        return unit.dissolved_on is None or unit.dissolved_on > self.today

    def after(self, unit: Unit) -> list[Unit]:
        """The working units that a unit became, over several steps; itself while it works."""
        found: list[Unit] = []
        waiting, seen = [unit], {unit.pk}
        while waiting:
            row = waiting.pop(0)
            if self.works(row):
                found.append(row)
                continue
            for other in self.successors.get(row.pk, []):
                if other.pk not in seen:
                    seen.add(other.pk)
                    waiting.append(other)
        return found


def gather(plan: Plan, *, today: date) -> Facts:
    """Six queries."""
    organisation = plan.document.organisation
    signs = Q(role__in=[Role.DIRECTOR, Role.DEPUTY], unit__organisation=organisation)
    if plan.document.council_id is not None:
        signs = Q(role=Role.COUNCIL, unit_id=plan.document.council_id)
    signers = Appointment.objects.current(today).filter(signs)
    facts = Facts(
        today,
        load_calendar(),
        units=list(Unit.objects.inside(organisation).working()),
        signers=list(signers.with_people().order_by("id")),
        campaigns=list(Campaign.objects.filter(organisation=organisation, ends_on__gte=today)),
    )
    followed = Succession.objects.filter(on__lte=today).exclude(kind=Succession.Kind.RENAMED)
    predecessors = Prefetch("predecessors", Unit.objects.only("pk"))
    for row in followed.prefetch_related(predecessors, "successors"):
        for unit in row.predecessors.all():
            facts.successors.setdefault(unit.pk, []).extend(row.successors.all())
    facts.names = _old_names(facts)
    return facts


def _old_names(facts: Facts) -> list[tuple[str, str]]:
    """Names that no longer hold, with what is said instead; a name that another unit bears today is left alone."""
    ended = UnitName.objects.filter(Q(ends_on__lte=facts.today) | Q(unit__dissolved_on__lte=facts.today))
    found = {}
    for row in ended.select_related("unit").order_by("starts_on"):
        today = ", ".join(unit.name for unit in facts.after(row.unit))
        if today and today != row.name:
            found[row.name] = today
    current = {unit.name for unit in facts.units}
    return [(old, new) for old, new in found.items() if old not in current]
