"""Versions of a plan: one for each stretch of writing.

A stretch ends when nobody has written for a while, when it lasts too long, when the plan was submitted or returned in
between, or when somebody writes over what another has just written: what is about to be lost is in a version first.
"""

import json
from datetime import datetime, timedelta

from audit.models import Event
from campaigns import plan_content
from campaigns.models import Plan, PlanVersion
from campaigns.plan_content import PlanContent
from documents.events import EDITED
from documents.states import DocumentState
from units.models import Appointment

PAUSE = timedelta(minutes=15)
LONGEST = timedelta(hours=1)
MOST = 100
MOST_BYTES = 20_000_000
ALWAYS_KEPT = 10
"""Of versions that were never submitted the newest stay: MOST of them, MOST_BYTES together, at least ALWAYS_KEPT."""


def start(plan: Plan, *, by: Appointment, at: datetime) -> PlanVersion:
    """The first stretch of a new plan."""
    return _open(plan, 1, by=by, at=at)


def note_writing(
    plan: Plan, *, part: str, state: str, removes: bool, restored_from: int | None, by: Appointment, at: datetime
) -> None:
    """Somebody is about to write `part` of a plan that was in `state`, or `removes` it. The document is locked.

    Taking version `restored_from` back begins a stretch of its own whatever went before.
    """
    current = _current(plan)
    is_over_others = current.writers != [_name(by)] and (removes or _was_written_by_another(current, part, by))
    if not is_over_others and restored_from is None and _goes_on(current, state, at):
        current.saved_at = max(current.saved_at, at)
        if _name(by) not in current.writers:
            current.writers.append(_name(by))
        current.save(update_fields=["saved_at", "writers"])
    else:
        _close(current, was_presented=state != DocumentState.DRAFT)
        _thin(plan)
        _open(plan, current.number + 1, by=by, at=at, restored_from=restored_from)


def _name(by: Appointment) -> str:
    return f"{by.person_name}, {by.post_title}"


def _open(plan: Plan, number: int, *, by: Appointment, at: datetime, restored_from: int | None = None) -> PlanVersion:
    return PlanVersion.objects.create(
        plan=plan, number=number, started_at=at, saved_at=at, by=by, writers=[_name(by)], restored_from=restored_from
    )


def _current(plan: Plan) -> PlanVersion:
    """The stretch being written. A plan older than its versions gets a first one by whoever made it."""
    found = plan.versions.filter(content__isnull=True).first()
    if found is None:
        document = plan.document
        found = _open(plan, 1, by=document.created_by, at=document.created_at)
    found.plan = plan
    return found


def _goes_on(current: PlanVersion, state: str, at: datetime) -> bool:
    is_fresh = at - current.saved_at <= PAUSE and at - current.started_at <= LONGEST
    return is_fresh and state == DocumentState.DRAFT


def _was_written_by_another(current: PlanVersion, part: str, by: Appointment) -> bool:
    """Is the text of `part` somebody else's, written in this stretch? The newest event is the writing that begins."""
    written = Event.objects.about(current.plan.document).filter(
        name=EDITED, data__part=part, at__gte=current.started_at
    )
    return any(event.post_id != by.pk for event in written.order_by("-id")[1:2])


def _close(current: PlanVersion, *, was_presented: bool) -> None:
    content = plan_content.read(current.plan).as_dict()
    current.content, current.size = content, len(json.dumps(content, ensure_ascii=False).encode())
    current.was_presented = was_presented
    current.save(update_fields=["content", "size", "was_presented"])


def _thin(plan: Plan) -> None:
    """Let the oldest go that nobody submitted, so that a plan's past does not grow without end."""
    rows = plan.versions.filter(content__isnull=False, was_presented=False).order_by("-number")
    kept, gone = 0, []
    for index, (pk, size) in enumerate(rows.values_list("pk", "size")):
        kept += size
        if index >= MOST or (kept > MOST_BYTES and index >= ALWAYS_KEPT):
            gone.append(pk)
    PlanVersion.objects.filter(pk__in=gone).delete()


def content_of(version: PlanVersion) -> PlanContent:
    """What the plan said at the end of a version; of the one being written, what it says now."""
    if version.content is None:
        return plan_content.read(version.plan)
    return plan_content.from_dict(version.content)
