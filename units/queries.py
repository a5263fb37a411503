"""Questions of the administrator's pages, always about one organisation."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from units.folding import folded
from units.models import Appointment, Unit, User


def people_of(organisation: Unit, *, text: str = "", on: date) -> QuerySet[User]:
    """Accounts that hold or held a post in the organisation, by name; `current_posts` of each is loaded.

    `text` finds parts of names without diacritics.
    """
    posts = Appointment.objects.filter(user=OuterRef("pk"), unit__organisation=organisation)
    held = Appointment.objects.filter(unit__organisation=organisation).current(on).select_related("unit")
    people = User.objects.filter(Exists(posts)).order_by("search", "id")
    if text:
        people = people.filter(search__contains=folded(text))
    return people.prefetch_related(Prefetch("appointments", queryset=held, to_attr="current_posts"))


def posts_of(user: User, organisation: Unit) -> QuerySet[Appointment]:
    """All posts of a person in the organisation, the latest first."""
    mine = Appointment.objects.filter(user=user, unit__organisation=organisation)
    return mine.select_related("user", "unit", "unit__organisation").order_by("-starts_on", "-id")


@dataclass(frozen=True)
class Branch:
    """A unit and how deep it lies below its organisation (0)."""

    unit: Unit
    depth: int

    @property
    def marks(self) -> str:
        """The depth as a list draws it."""
        return "— " * self.depth


def tree_of(organisation: Unit) -> list[Branch]:
    """The organisation and all its units, dissolved ones too, each below its parent. One query."""
    units = list(Unit.objects.filter(organisation=organisation))
    children: dict[int | None, list[Unit]] = {}
    for unit in units:
        children.setdefault(unit.parent_id, []).append(unit)

    def below(unit: Unit, depth: int) -> list[Branch]:
        lower = [branch for child in children.get(unit.pk, []) for branch in below(child, depth + 1)]
        return [Branch(unit, depth), *lower]

    roots = [unit for unit in units if unit.pk == organisation.pk]
    return [branch for root in roots for branch in below(root, 0)]
