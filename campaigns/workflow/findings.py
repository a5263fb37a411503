"""What people do with a finding of the checks: put it right by machine, or keep it as it is and say why."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import log
from campaigns import checks, compose, events
from campaigns.checks import mending
from campaigns.checks.rule import Finding
from campaigns.models import ItemStyle, Plan, PlanBase, PlanItem, Task
from campaigns.workflow import plans
from documents import workflow as documents
from documents.models import Document
from documents.permissions import check_move
from documents.states import DocumentMove
from units.models import Appointment
from units.permissions import NotAllowed

LONGEST_REASON = 500


def _of(plan: Plan, key: str, *, by: Appointment, at: datetime) -> tuple[Plan, Finding]:
    """The plan, locked, and its finding of this key; NotAllowed when the text has been changed since."""
    document = Document.objects.lock(plan.document_id)
    check_move(by, document, DocumentMove.EDIT, at=at)
    loaded = checks.load(document)
    found = next((finding for finding in checks.problems_of(loaded) if finding.key == key), None)
    if found is None:
        raise NotAllowed(_("Chỗ này vừa được sửa, không còn như lúc bạn xem."))
    return loaded, found


@transaction.atomic
def keep(*, plan: Plan, key: str, reason: str, by: Appointment, at: datetime) -> Plan:
    """Mark a finding as seen: the text stays, for a reason that everybody reads. It lapses when that text changes."""
    plan, found = _of(plan, key, by=by, at=at)
    if found.blocking:
        raise NotAllowed(_("Chỗ này phải sửa, không giữ nguyên được."))
    reason = reason.replace("\x00", "").strip()[:LONGEST_REASON]
    if not reason:
        raise NotAllowed(_("Hãy ghi lý do giữ nguyên."))
    mark = {
        "reason": reason, "by": f"{by.person_name}, {by.title}",
        "at": timezone.localtime(at).isoformat(),
    }  # fmt: skip
    plan.kept_findings = plan.kept_findings | {key: mark}
    plan.save(update_fields=["kept_findings"])
    log.record(events.FINDING_KEPT, plan, by=by, at=at, what=found.message, reason=reason)
    return plan


@transaction.atomic
def reopen(*, plan: Plan, key: str, by: Appointment, at: datetime) -> Plan:
    """Take the mark off: the finding is listed again."""
    plan, found = _of(plan, key, by=by, at=at)
    if found.kept is None:
        return plan
    plan.kept_findings = {other: mark for other, mark in plan.kept_findings.items() if other != key}
    plan.save(update_fields=["kept_findings"])
    log.record(events.FINDING_REOPENED, plan, by=by, at=at, what=found.message)
    return plan


@transaction.atomic
def fix(*, plan: Plan, key: str, by: Appointment, at: datetime) -> int:
    """Put right what has one right form: padding, spaces, one spelling everywhere. How many parts changed."""
    plan, found = _of(plan, key, by=by, at=at)
    if not found.fixable:
        raise NotAllowed(_("Chỗ này cần người sửa."))
    mend = mending.MENDERS.get(found.code) or _one_spelling(found)
    places = {found.place} if found.code in mending.MENDERS else None
    return mend_text(plan, mend, places, by=by, at=at)


def _one_spelling(found: Finding) -> Callable[[str], str]:
    """The rarer of the two spellings of this finding becomes the usual one; others stay."""
    usual, rare = found.evidence.split()
    return partial(mending.respell, wanted={rare: usual})


def mend_text(plan: Plan, mend: Callable[[str], str], places: set[str] | None, *, by: Appointment, at: datetime) -> int:
    """Write each part (of `places`, or any) that `mend` changes, by the verb that people write it with."""
    who: dict[str, Any] = {"by": by, "at": at}
    changes: list[tuple[str, str, Callable[[str], None]]] = [
        *((f"base-{row.pk}", row.text, partial(_base, row, who)) for row in plan.bases.all()),
        *((f"item-{row.pk}", row.text, partial(_item, row, who)) for row in plan.items.all()),
        *((f"task-{row.pk}", row.text, partial(_task, row, who)) for row in compose.printed_tasks(plan)),
    ]
    done = _head_and_passages(plan, mend, places, who)
    for place, text, write in changes:
        if (places is None or place in places) and mend(text) != text:
            write(mend(text))
            done += 1
    return done


def _head_and_passages(plan: Plan, mend: Callable[[str], str], places: set[str] | None, who: dict[str, Any]) -> int:
    document, done = plan.document, 0
    if (places is None or "head" in places) and mend(document.title) != document.title:
        plans.edit_head(
            plan=plan, title=mend(document.title), symbol=document.symbol, drafting_unit=document.drafting_unit,
            signer=document.signer, council=document.council, campaign=plan.campaign, year=plan.year,
            prints_tasks=plan.prints_tasks, **who,
        )  # fmt: skip
        done += 1
    passages = (mend(plan.opening), mend(plan.closing))
    if (places is None or "passages" in places) and passages != (plan.opening, plan.closing):
        plans.edit_passages(plan=plan, opening=passages[0], closing=passages[1], **who)
        done += 1
    return done


def _base(row: PlanBase, who: dict[str, Any], text: str) -> None:
    plans.edit_base(base=row, text=text, **who)


def _item(row: PlanItem, who: dict[str, Any], text: str) -> None:
    plans.edit_item(item=row, style=ItemStyle(row.style), text=text, **who)


def _task(row: Task, who: dict[str, Any], text: str) -> None:
    """Only the words of a planned task: its units and their days stay."""
    documents.edit(document=row.plan.document, what=_("sửa nhiệm vụ"), part=f"task:{row.pk}", **who)
    row.text = text
    row.save(update_fields=["text"])
    log.record(events.TASK_CHANGED, row, what=_("nội dung"), **who)
