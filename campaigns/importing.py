"""Plans typed elsewhere: keep the file, read it in a worker, lay out what was recognised for the page.

The web process only stores the bytes; `work` runs in a worker with its limits. What people correct afterwards goes
through `campaigns.workflow.plans.from_import`.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns import plan_reader
from campaigns.models import ItemStyle, PlanImport
from campaigns.plan_reader.draft import Item, PlanDraft, Section
from campaigns.plan_reader.draft import Task as TaskDraft
from campaigns.states import Rhythm
from campaigns.unit_matching import SURE, guess
from documents import archive, jobs
from documents.models import Job
from units import permissions
from units.models import Appointment, Unit
from units.roles import Role

KIND = "campaigns.read_plan"
PERMISSION = "campaigns.plan.edit"
LARGEST = 20 * 1024 * 1024
RHYTHM_WORDS = (
    (Rhythm.WEEKLY, r"tuần"),
    (Rhythm.QUARTERLY, r"quý"),
    (Rhythm.MONTHLY, r"tháng"),
)


@transaction.atomic
def start(*, data: bytes, name: str, by: Appointment, at: datetime) -> PlanImport:
    """Keep an uploaded source and queue its reading. The bytes are on the disk before the row can be committed."""
    permissions.check(by, PERMISSION, at=at, unit=by.organisation)
    digest = hashlib.sha256(data).hexdigest()
    path = f"imports/{digest[:2]}/{digest}{Path(name).suffix.lower()}"
    archive.write_once(path, data)
    source = PlanImport.objects.create(
        organisation=by.organisation, name=name[-200:], sha256=digest, size=len(data), file=path, created_at=at,
        created_by=by,
    )  # fmt: skip
    source.job = jobs.queue(kind=KIND, key=str(source.pk), payload={"source": source.pk}, by=by, at=at)
    source.save(update_fields=["job"])
    return source


def work(job: Job, tell: jobs.Progress) -> dict[str, Any]:
    """Read the source and keep what was recognised. Refused with one sentence when it is no readable plan."""
    source = PlanImport.objects.select_related("organisation").get(pk=job.payload["source"])
    tell(_("Đang đọc tệp"), 10)
    data = (Path(settings.MEDIA_ROOT) / source.file).read_bytes()
    try:
        draft = plan_reader.read(data, source.name)
    except plan_reader.Unreadable as error:
        raise jobs.Refused(str(error)) from error
    tell(_("Đang đối chiếu đơn vị"), 80)
    source.draft = recognised(draft, source.organisation)
    source.source_text = draft.source_text
    source.save(update_fields=["draft", "source_text"])
    return {"source": source.pk, "problems": len(draft.problems)}


# --- what the page shows and people correct ---------------------------------------------------------------------------
def recognised(draft: PlanDraft, organisation: Unit) -> dict[str, Any]:
    """The draft as plain values in the shape of the page's forms, with units and signer matched to the portal's."""
    inside = list(Unit.objects.inside(organisation).working().order_by("position", "id"))
    everyone = [*Unit.objects.organisations().working().order_by("id"), *inside]
    items = list(_items(draft.sections))
    return {
        "heading": draft.heading.as_dict(),
        "title": draft.title.text if draft.title else "",
        "symbol": _symbol(draft, organisation),
        "year": draft.heading.year or timezone.localdate().year,
        "bases": [{"text": base.text, **_lines(base.place)} for base in draft.bases],
        "opening": draft.opening.text if draft.opening else "",
        "closing": draft.closing.text if draft.closing else "",
        "items": items,
        "tasks": [_task(task, items, inside, organisation) for task in draft.tasks],
        "recipients": [_recipient(line.text, line.place, everyone, organisation) for line in draft.recipients],
        "signer": draft.signer.as_dict() | {"post": _signer(draft, organisation)},
        "problems": [{"message": problem.message, **_lines(problem.place)} for problem in draft.problems],
    }


def _lines(place: Any) -> dict[str, int]:
    return {"first": place.first, "last": place.last}


def _symbol(draft: PlanDraft, organisation: Unit) -> str:
    """The symbol as typed when it is this organisation's, else the one a plan of the organisation has."""
    own = f"KH-{organisation.symbol}"
    typed = (draft.heading.symbol or "").strip("/ ")
    return typed if typed and typed.upper().endswith(organisation.symbol.upper()) else own


def _style(marker: str | None) -> ItemStyle:
    """How an item was marked in the source."""
    bare = (marker or "").strip(" .")
    if re.fullmatch(r"\d+", bare):
        return ItemStyle.NUMBER
    if re.fullmatch(r"\d+(\.\d+)+", bare):
        return ItemStyle.DECIMAL
    if re.fullmatch(r"\w{1,2}\)", bare):
        return ItemStyle.LETTER
    return ItemStyle.DASH if re.fullmatch(r"[-–—+*•]", bare) else ItemStyle.PARAGRAPH


def _items(sections: Iterable[Section]) -> Iterator[dict[str, Any]]:
    for section in sections:
        depth = 0
        if section.heading:
            style = ItemStyle.SECTION if section.marker else ItemStyle.PARAGRAPH
            yield {"style": str(style), "depth": 0, "text": section.heading, **_lines(section.place)}
            depth = 1
        for item in section.items:
            yield from _below(item, depth)


def _below(item: Item, depth: int) -> Iterator[dict[str, Any]]:
    yield {"style": str(_style(item.marker)), "depth": depth, "text": item.text, **_lines(item.place)}
    for child in item.items:
        yield from _below(child, depth + 1)


def _rhythm(task: TaskDraft) -> Rhythm:
    if not task.recurring:
        return Rhythm.ONCE
    words = (task.due.wording or "").lower()
    return next((rhythm for rhythm, pattern in RHYTHM_WORDS if re.search(pattern, words)), Rhythm.REGULAR)


def _task(task: TaskDraft, items: list[dict[str, Any]], units: list[Unit], organisation: Unit) -> dict[str, Any]:
    """One task: its units matched, its last good day, and the item that it came from (None: from a table)."""
    lead = guess(task.lead_unit or "", units)
    helpers: list[int] = []
    for name in task.cooperating_units:
        found = guess(name, units)
        if found.is_everyone:
            helpers += [unit.pk for unit in units]
        elif found.unit is not None and found.confidence >= SURE:
            helpers.append(found.unit.pk)
    due = task.due.last_day or task.due.date
    return {
        "text": task.text,
        "lead_name": task.lead_unit or "",
        "lead_unit": lead.unit.pk if lead.unit else None,
        "confidence": lead.confidence if lead.unit else 0,
        "cooperating_names": list(task.cooperating_units),
        "cooperating": [pk for pk in dict.fromkeys(helpers) if not lead.unit or pk != lead.unit.pk],
        "due_on": due.isoformat() if due and not task.recurring else "",
        "rhythm": str(_rhythm(task)),
        "due_wording": task.due.wording or "",
        "item": _source_item(task, items),
        **_lines(task.place),
    }


def _source_item(task: TaskDraft, items: list[dict[str, Any]]) -> int | None:
    """The deepest item that holds the lines the task was read from and its words."""
    inside = [
        index
        for index, item in enumerate(items)
        if item["first"] <= task.place.first <= item["last"]
        and (task.text[:40] in item["text"] or item["text"] in task.text)
    ]
    return inside[-1] if inside else None


def _recipient(text: str, place: Any, units: list[Unit], organisation: Unit) -> dict[str, Any]:
    return {"text": text, "unit": recipient_unit(text, units, organisation), **_lines(place)}


def recipient_unit(text: str, units: list[Unit], organisation: Unit) -> int | None:
    """The unit a line of "Nơi nhận" means; a collective ("Các phòng, đơn vị thuộc Sở") is the whole organisation."""
    if re.match(r"[-\s]*lưu\b", text, re.IGNORECASE):
        return None
    found = guess(re.sub(r"\(.*?\)|[.;]\s*$", "", text), units)
    if found.is_everyone:
        return organisation.pk
    return found.unit.pk if found.unit is not None and found.confidence >= SURE else None


def _signer(draft: PlanDraft, organisation: Unit) -> int | None:
    """The post that signs: by name, else the director's own when nobody signs for another."""
    posts = list(
        Appointment.objects.current(timezone.localdate())
        .filter(unit__organisation=organisation, role__in=[Role.DIRECTOR, Role.DEPUTY])
        .select_related("user")
        .order_by("id")
    )
    named = [post for post in posts if draft.signer.name and post.user.full_name.lower() == draft.signer.name.lower()]
    wanted = Role.DEPUTY if (draft.signer.authority or "").startswith("KT") else Role.DIRECTOR
    fitting = [post for post in posts if post.role == wanted]
    return next((post.pk for post in (*named, *fitting)), None)
