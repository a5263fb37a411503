"""Units come, change their names and go; nothing that carries their name changes with them."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import log
from units import events
from units.models import Appointment, Succession, Unit, UnitKind, UnitName
from units.permissions import NotAllowed


@transaction.atomic
def create_unit(
    *,
    name: str,
    kind: UnitKind,
    starts_on: date,
    by: Appointment | None,
    at: datetime,
    parent: Unit | None = None,
    short_name: str = "",
    symbol: str = "",
    place: str = "",
    parent_body: str = "",
    position: int = 0,
) -> Unit:
    """A new unit with its first name. An organisation is its own `organisation`; a unit takes its parent's."""
    unit = Unit(name=name, kind=kind, parent=parent, short_name=short_name, symbol=symbol, position=position)
    if kind != UnitKind.ORGANISATION and parent is not None:
        unit.organisation = parent.organisation
    unit.full_clean(exclude=["organisation"])
    unit.save()
    if kind == UnitKind.ORGANISATION:
        unit.organisation = unit
        unit.save(update_fields=["organisation"])
    UnitName.objects.create(
        unit=unit, name=name, parent_body=parent_body, symbol=symbol, place=place, starts_on=starts_on
    )
    log.record(events.UNIT_CREATED, unit, by=by, at=at, name=name)
    return unit


@transaction.atomic
def rename(
    *, unit: Unit, name: str, starts_on: date, legal_basis: str, by: Appointment | None, at: datetime
) -> UnitName:
    """Give `unit` a new name from `starts_on` on; the old one stays for the days before.

    Raises ValidationError when another name already holds on or after that day.
    """
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    before = unit.letterhead_on(starts_on)
    if starts_on <= before.starts_on:
        raise ValidationError(_("Tên mới phải có hiệu lực sau ngày bắt đầu của tên đang dùng."))
    before.ends_on = starts_on
    before.full_clean()
    before.save(update_fields=["ends_on"])
    after = UnitName(
        unit=unit,
        name=name,
        parent_body=before.parent_body,
        symbol=before.symbol,
        place=before.place,
        starts_on=starts_on,
    )
    after.full_clean()
    after.save()
    unit.name = name
    unit.save(update_fields=["name"])
    succession = Succession.objects.create(kind=Succession.Kind.RENAMED, on=starts_on, legal_basis=legal_basis)
    succession.predecessors.add(unit)
    succession.successors.add(unit)
    log.record(
        events.UNIT_RENAMED, unit, by=by, at=at, before=before.name, after=name, starts_on=f"{starts_on:%d/%m/%Y}"
    )
    return after


@transaction.atomic
def dissolve(
    *,
    unit: Unit,
    successors: list[Unit],
    kind: Succession.Kind,
    on: date,
    legal_basis: str,
    by: Appointment | None,
    at: datetime,
) -> Succession:
    """End `unit` on a day and note who goes on with its work. Its documents keep its name.

    Raises NotAllowed when it has ended already, or still has working units below it.
    """
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if unit.dissolved_on is not None:
        raise NotAllowed(_("Đơn vị này đã kết thúc hoạt động ngày %(day)s.") % {"day": f"{unit.dissolved_on:%d/%m/%Y}"})
    if unit.children.filter(dissolved_on__isnull=True).exists():
        raise NotAllowed(_("Đơn vị này còn đơn vị trực thuộc đang hoạt động. Hãy sắp xếp các đơn vị đó trước."))
    unit.dissolved_on = on
    unit.save(update_fields=["dissolved_on"])
    succession = Succession.objects.create(kind=kind, on=on, legal_basis=legal_basis)
    succession.predecessors.add(unit)
    succession.successors.set(successors)
    log.record(
        events.UNIT_DISSOLVED, unit, by=by, at=at, kind=str(kind.label), name=unit.name, on=f"{on:%d/%m/%Y}",
        legal_basis=legal_basis,
    )  # fmt: skip
    return succession
