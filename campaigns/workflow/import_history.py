"""Who corrected what in an import: one row a field, in the words that people read.

Typing is kept every second; one person's going on at one field is one row from the first words to the last.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from campaigns.importing.draft import FIELDS, Row
from campaigns.models import Campaign, ImportChange, ItemStyle, PlanImport
from campaigns.states import ExtensionDecider, Rhythm
from units.models import Appointment, Unit

GOES_ON = timedelta(minutes=10)
PLACE = 80
CHOICES: dict[str, Any] = {"style": ItemStyle, "rhythm": Rhythm, "extension_decider": ExtensionDecider}
UNITS = ("drafting_unit", "lead_unit", "cooperating", "unit")


def note_fields(
    source: PlanImport, part: str, before: Row, after: Mapping[str, Any], *, by: Appointment, at: datetime
) -> None:
    """The fields of a row that what was typed changes."""
    for name in FIELDS[part]:
        if name in after and before.get(name) != after[name]:
            old, new = _words(name, before.get(name)), _words(name, after[name])
            _note(source, before["key"], name, place_of(before), old, new, by=by, at=at)


def note_act(source: PlanImport, row: Row, act: str, *, by: Appointment, at: datetime) -> None:
    """A row was moved, cut, joined, left out, taken back, or made a task."""
    ImportChange.objects.create(source=source, key=row["key"], field=act, place=place_of(row), by=by, at=at)


def note_units(
    source: PlanImport, name: str, before: list[int], units: list[Unit], *, by: Appointment, at: datetime
) -> None:
    """What a name in the text means."""
    words = "; ".join(unit.name for unit in units)
    _note(source, "", "meaning", name[:PLACE], _words("cooperating", before), words, by=by, at=at)


def place_of(row: Row) -> str:
    """The row's first words, by which people know it."""
    return " ".join(str(row.get("text", row.get("title", ""))).split())[:PLACE]


def _note(
    source: PlanImport, key: str, field: str, place: str, before: str, after: str, *, by: Appointment, at: datetime
) -> None:
    last = ImportChange.objects.filter(source=source, key=key, field=field).order_by("-id").first()
    if last and key and last.by_id == by.pk and at - last.at <= GOES_ON:
        last.after, last.at = after, at
        if last.before == last.after:
            last.delete()
        else:
            last.save(update_fields=["after", "at"])
    elif before != after:
        ImportChange.objects.create(
            source=source, key=key, field=field, place=place, before=before, after=after, by=by, at=at
        )


def _words(name: str, value: Any) -> str:
    """A value as people read it; what it is called now."""
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if name in UNITS:
        keys = value if isinstance(value, list) else [value]
        names = {unit.pk: unit.name for unit in Unit.objects.filter(pk__in=keys)}
        return "; ".join(names[key] for key in keys if key in names)
    if name == "signer":
        post = Appointment.objects.with_people().filter(pk=value).first()
        return f"{post.person_name}, {post.post_title}" if post else ""
    if name == "campaign":
        return str(Campaign.objects.filter(pk=value).first() or "")
    return str(CHOICES[name](value).label) if name in CHOICES else str(value)
