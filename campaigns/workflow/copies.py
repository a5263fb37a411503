"""An issued plan becomes the draft of another year, with every change as people decided it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import log
from campaigns import checks, compose, copying, events, outline
from campaigns.models import Campaign, ItemStyle, Plan, Task, TaskIndicator, TaskUnit
from campaigns.workflow.plans import EDIT, ItemText, PlanText, TaskText, create_draft
from documents import attachments
from documents.states import IN_FORCE
from units import permissions
from units.models import Appointment, Unit
from units.permissions import NotAllowed, Outdated

MOST_YEARS = 10


def propose(*, source: Plan, year: int, today: date) -> copying.Proposal:
    """What would change. Raises NotAllowed for a plan or a year that cannot be copied. Saves nothing."""
    if source.document.state not in IN_FORCE:
        raise NotAllowed(_("Chỉ chép được kế hoạch đã ban hành."))
    if not source.year < year <= source.year + MOST_YEARS:
        words = {"first": source.year + 1, "last": source.year + MOST_YEARS}
        raise NotAllowed(_("Năm của bản chép phải từ %(first)s đến %(last)s.") % words)
    plan = Plan.objects.with_document().get(pk=source.pk)
    checks.prepare(plan, today, "tasks__indicators__indicator", "document__attachments")
    return copying.Proposal(plan, copying.gather(plan, today=today), year=year)


@transaction.atomic
def copy(*, source: Plan, year: int, seen: str, decisions: Mapping[str, Any], by: Appointment, at: datetime) -> Plan:
    """A new draft from an issued plan. `decisions` gives the final value of a change by its key, None for left out; a
    change without one goes as proposed. `seen` is the digest of the review: Outdated when units, posts or documents
    changed since it was shown.
    """
    permissions.check(by, EDIT, at=at, unit=source.document.organisation)
    proposal = propose(source=source, year=year, today=timezone.localdate(at))
    if proposal.digest != seen:
        raise Outdated(_("Sổ văn bản, đơn vị hoặc kế hoạch gốc vừa thay đổi; hãy xem lại danh sách."))
    values = _Values(proposal, decisions)
    plan = create_draft(content=_content(proposal, values), by=by, at=at, copied_from=source)
    _complete_tasks(plan, proposal, values)
    _take_attachments(plan, proposal, values, by=by, at=at)
    code = source.document.code or source.document.title
    log.record(events.PLAN_COPIED, plan, by=by, at=at, code=code, year=source.year)
    return plan


class _Values:
    """What each place says in the copy."""

    def __init__(self, proposal: copying.Proposal, decisions: Mapping[str, Any]) -> None:
        self.changes, self.decisions = proposal.changes, decisions

    def of(self, key: str, old: Any) -> Any:
        """The decided value of a place that changes, else what it said."""
        change = self.changes.get(key)
        if change is None:
            return old
        value = self.decisions.get(key, change.new if change.is_taken else change.old)
        if value is None and change.must_choose:
            raise NotAllowed(_("Hãy chọn %(what)s.") % {"what": change.name})
        return value

    def unit(self, key: str, unit: Unit, units: Mapping[int, Unit]) -> Unit | None:
        value = self.of(key, unit.pk)
        return units.get(value) if value is not None else None


def _content(proposal: copying.Proposal, values: _Values) -> PlanText:
    plan, document = proposal.plan, proposal.plan.document
    nodes = outline.flat(plan.items.all())
    places = {node.item.pk: index for index, node in enumerate(nodes)}
    units = _units(proposal)
    bases = (values.of(f"base-{row.pk}", row.text) for row in plan.bases.all())
    lines = ((values.of(f"recipient-{row.pk}", row.text), row) for row in document.recipients.all())
    tasks = (_task(task, values, units, places) for task in compose.printed_tasks(plan))
    return PlanText(
        title=values.of("title", document.title),
        symbol=values.of("symbol", document.symbol),
        drafting_unit=_chosen(values.unit("drafting", document.drafting_unit, units), document.drafting_unit),
        year=proposal.year,
        signer=_signer(proposal, values),
        council=document.council,
        campaign=_campaign(proposal, values),
        opening=values.of("opening", plan.opening),
        closing=values.of("closing", plan.closing),
        prints_tasks=plan.prints_tasks,
        extension_decider=plan.extension_decider,
        bases=tuple(text for text in bases if text),
        items=tuple(ItemText(ItemStyle(n.item.style), values.of(n.part, n.item.text), n.depth) for n in nodes),
        tasks=tuple(tasks),
        recipients=tuple((text, _reached(row.unit_id, proposal)) for text, row in lines if text),
    )  # fmt: skip


def _units(proposal: copying.Proposal) -> dict[int, Unit]:
    """Every unit that may stand in the copy: today's, and those that the plan names."""
    units = {unit.pk: unit for unit in proposal.facts.units}
    named = [proposal.plan.document.drafting_unit]
    for task in proposal.plan.tasks.all():
        named += [task.lead_unit, *(part.unit for part in task.cooperating.all())]
    return units | {unit.pk: unit for unit in named}


def _chosen(unit: Unit | None, old: Unit) -> Unit:
    return unit or old


def _reached(unit_id: int | None, proposal: copying.Proposal) -> int | None:
    """The unit that a line of "Nơi nhận" reaches today: the one that goes on with the work, when there is just one."""
    after = proposal.facts.successors.get(unit_id or 0)
    return after[0].pk if after and len(after) == 1 else unit_id


def _signer(proposal: copying.Proposal, values: _Values) -> Appointment | None:
    old = proposal.plan.document.signer
    if old is None:
        return None
    posts = {old.pk: old} | {row.pk: row for row in proposal.facts.signers}
    return posts.get(values.of("signer", old.pk))


def _campaign(proposal: copying.Proposal, values: _Values) -> Campaign | None:
    old = proposal.plan.campaign
    if old is None:
        return None
    rows = {old.pk: old} | {row.pk: row for row in proposal.facts.campaigns}
    return rows.get(values.of("campaign", old.pk))


def _task(task: Task, values: _Values, units: Mapping[int, Unit], places: Mapping[int, int]) -> TaskText:
    lead = _chosen(values.unit(f"lead-{task.pk}", task.lead_unit, units), task.lead_unit)
    helpers = (values.unit(f"helper-{part.pk}", part.unit, units) for part in task.cooperating.all())
    unique = {unit.pk: unit for unit in helpers if unit is not None and unit.pk != lead.pk}
    return TaskText(
        text=values.of(f"task-{task.pk}", task.text),
        lead_unit=lead,
        cooperating=tuple(unique.values()),
        due_on=values.of(f"due-{task.pk}", task.original_due_on or task.due_on),
        rhythm=task.rhythm,
        due_wording=values.of(f"wording-{task.pk}", task.due_wording),
        field=task.field,
        expected_product=values.of(f"product-{task.pk}", task.expected_product),
        indicators=tuple(row.indicator for row in task.indicators.all()),
        item=places.get(task.item_id) if task.item_id else None,
    )


def _complete_tasks(plan: Plan, proposal: copying.Proposal, values: _Values) -> None:
    """What a task of a new draft cannot be given at once: days of cooperating units, targets of figures."""
    units = _units(proposal)
    for old, new in zip(compose.printed_tasks(proposal.plan), plan.tasks.order_by("position"), strict=True):
        for part in old.cooperating.all():
            unit = values.unit(f"helper-{part.pk}", part.unit, units)
            day = values.of(f"part-{part.pk}", part.due_on)
            if unit is not None and day is not None:
                TaskUnit.objects.filter(task=new, unit=unit).update(due_on=day)
        for row in old.indicators.all():
            TaskIndicator.objects.filter(task=new, indicator=row.indicator).update(target=row.target)


def _take_attachments(
    plan: Plan, proposal: copying.Proposal, values: _Values, *, by: Appointment, at: datetime
) -> None:
    """The separate files that were kept, under the names they are to have."""
    for each in proposal.plan.document.attachments.all():
        name = values.of(f"attachment-{each.pk}", each.name)
        if name is not None:
            attachments.copy(source=each, document=plan.document, name=name, by=by, at=at)
