"""An import is corrected, becomes a plan, and can be taken back whole; the only place where its draft changes.

Corrections are kept as they are typed; they are nobody's news, and their history stays with the import
(`import_history`): the plan has one of its own.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import log
from campaigns import events
from campaigns.importing import draft as drafts
from campaigns.importing.content import content
from campaigns.importing.matching import read_task
from campaigns.importing.review import Cited, cited_in, review
from campaigns.models import Plan, PlanImport
from campaigns.workflow import import_history
from campaigns.workflow.plans import EDIT, create_draft
from directives.models import Directive, Validity
from directives.register import RECORD, record_citation
from directives.relations import set_validity
from documents import workflow as documents
from documents.models import JobState
from units import permissions
from units.models import Appointment, Unit, UnitKind
from units.permissions import NotAllowed
from units.register import create_unit

CREATE_UNIT = "units.unit.create"


class Conflict(Exception):
    """Somebody else changed the row since it was shown; `row` is what it says now. Nothing was written."""

    def __init__(self, row: dict[str, Any]) -> None:
        super().__init__(row["key"])
        self.row = row


def _open(source: PlanImport, *, by: Appointment, at: datetime) -> PlanImport:
    """The import, locked, if this post may correct it and it is no plan yet."""
    permissions.check(by, EDIT, at=at, unit=source.organisation)
    rows = PlanImport.objects.select_for_update(of=("self",)).select_related("organisation", "job")
    source = rows.get(pk=source.pk)
    if source.plan_id is not None:
        raise NotAllowed(_("Đã lập kế hoạch từ tệp này."))
    if source.job is None or source.job.state != JobState.DONE:
        raise NotAllowed(_("Tệp này chưa đọc xong."))
    return source


def _keep(source: PlanImport) -> None:
    source.save(update_fields=["draft"])


# --- correcting -------------------------------------------------------------------------------------------------------
@transaction.atomic
def edit(
    *, source: PlanImport, key: str, values: dict[str, Any], seen: int, by: Appointment, at: datetime
) -> tuple[PlanImport, dict[str, Any]]:
    """Keep what was typed into one row. Raises Conflict when the row is not the one that was shown (`seen`)."""
    source = _open(source, by=by, at=at)
    part, row = drafts.find(source.draft, key)
    if all(row.get(name) == value for name, value in values.items()):
        return source, row
    if row["v"] != seen:
        raise Conflict(row)
    import_history.note_fields(source, part, row, values, by=by, at=at)
    drafts.edit(source.draft, key, values, by.person_name)
    _keep(source)
    return source, row


@transaction.atomic
def arrange(
    *, source: PlanImport, move: str, key: str, cursor: int = 0, by: Appointment, at: datetime
) -> tuple[PlanImport, str]:
    """Split, join, move, leave out, take back or add a row, or make an item a task; the row to look at next."""
    source = _open(source, by=by, at=at)
    if key not in drafts.PREFIX:
        import_history.note_act(source, drafts.find(source.draft, key)[1], move, by=by, at=at)
    if move == "task":
        _part, item = drafts.find(source.draft, key)
        units = list(Unit.objects.inside(source.organisation).working().order_by("position", "id"))
        year = source.draft["head"][0]["year"]
        found = read_task(item["text"], int(year) if str(year).isdigit() else None, units)
        key = drafts.mark_task(source.draft, key, found)
    else:
        key = drafts.MOVES[move](source.draft, key, at=cursor)
    _keep(source)
    return source, key


@transaction.atomic
def choose_units(*, source: PlanImport, name: str, units: list[Unit], by: Appointment, at: datetime) -> PlanImport:
    """Say which units a name in the text means; all tasks that carry the name follow."""
    source = _open(source, by=by, at=at)
    meant = drafts.meaning(source.draft, name)
    import_history.note_units(source, name, meant["units"] if meant else [], units, by=by, at=at)
    drafts.choose_units(source.draft, name, [unit.pk for unit in units], by.person_name)
    _keep(source)
    return source


@transaction.atomic
def create_missing_unit(*, source: PlanImport, name: str, by: Appointment, at: datetime) -> PlanImport:
    """Make the unit that a name stands for and take it everywhere the name stands."""
    permissions.check(by, CREATE_UNIT, at=at, unit=source.organisation)
    unit = create_unit(
        name=name[:1].upper() + name[1:300], kind=UnitKind.DEPARTMENT, parent=source.organisation,
        starts_on=timezone.localdate(at), by=by, at=at,
        position=Unit.objects.inside(source.organisation).count() + 1,
    )  # fmt: skip
    return choose_units(source=source, name=name, units=[unit], by=by, at=at)


@transaction.atomic
def mark_seen(*, source: PlanImport, question: str, by: Appointment, at: datetime) -> PlanImport:
    """A warning was looked at and is not asked again."""
    source = _open(source, by=by, at=at)
    if question not in source.draft["seen"]:
        source.draft["seen"].append(question[:500])
        _keep(source)
    return source


@transaction.atomic
def register(*, source: PlanImport, only: str | None, by: Appointment, at: datetime) -> tuple[PlanImport, int]:
    """Enter the unknown documents that the text cites into the register, or `only` one of them; how many."""
    permissions.check(by, RECORD, at=at, unit=source.organisation)
    source = _open(source, by=by, at=at)
    wanted: list[Cited] = [
        row
        for row in cited_in(source.draft, source.organisation)
        if (row.state == "unknown" if only is None else row.id == only and row.state != "known")
    ]
    for row in wanted:
        directive = record_citation(row.citation, organisation=source.organisation, by=by, at=at)
        source.registered.add(directive)
    return source, len(wanted)


# --- the plan ---------------------------------------------------------------------------------------------------------
@transaction.atomic
def from_import(*, source: PlanImport, by: Appointment, at: datetime) -> Plan:
    """Turn the corrected import into a draft, whole or not at all. A source makes one plan."""
    source = _open(source, by=by, at=at)
    if errors := review(source).errors:
        raise NotAllowed(_("Chưa tạo được kế hoạch: %(first)s") % {"first": errors[0].text})
    try:
        text = content(source.draft, source.organisation)
    except KeyError as error:
        raise NotAllowed(_("Có đơn vị trong bản nhập đã thôi hoạt động; hãy chọn đơn vị khác.")) from error
    plan = create_draft(content=text, by=by, at=at)
    source.registered.add(*Directive.objects.filter(citations__plan=plan, recorded_at=at, recorded_by=by))
    source.plan = plan
    source.save(update_fields=["plan"])
    log.record(events.PLAN_IMPORTED, plan, by=by, at=at, name=source.name)
    return plan


@transaction.atomic
def undo_import(*, source: PlanImport, by: Appointment, at: datetime) -> PlanImport:
    """Take a whole import back while its plan is a draft; the source can be made into a plan again.

    Directives that it brought into the register and that nothing else uses are withdrawn.
    """
    source = PlanImport.objects.select_for_update(of=("self",)).select_related("plan__document").get(pk=source.pk)
    if source.plan is None:
        raise NotAllowed(_("Tệp này chưa thành kế hoạch nào."))
    plan = source.plan
    documents.discard(document=plan.document, by=by, at=at)
    for directive in _unused(source):
        set_validity(directive=directive, validity=Validity.WITHDRAWN, until=None, by=by, at=at)
    source.registered.clear()
    source.plan = None
    source.save(update_fields=["plan"])
    log.record(events.IMPORT_UNDONE, plan, by=by, at=at, name=source.name)
    return source


def _unused(source: PlanImport) -> list[Directive]:
    """What this import registered and no living plan, task, note, file, number or relation needs."""
    live = Plan.objects.live().values("pk")
    rows = source.registered.exclude(validity=Validity.WITHDRAWN).filter(
        received_number=None, files=None, notes=None, points_to=None, pointed_at_by=None, tasks=None
    )
    rows = rows.exclude(citations__plan__in=live).exclude(plan_bases__plan__in=live)
    return list(rows.order_by("id").distinct())
