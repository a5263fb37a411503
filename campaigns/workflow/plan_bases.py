"""Legal bases of a draft: picked from the register or typed, in an order."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import Plan, PlanBase
from campaigns.plan_content import BaseContent, Removed
from campaigns.workflow.plan_writing import begin, cite, last_position, reposition
from directives.identity import folded
from directives.models import Directive
from units.models import Appointment
from units.permissions import NotAllowed

LEADS = ("Căn cứ", "Thực hiện", "Theo")
"""The words a legal basis begins with."""


def sentence(directive: Directive, lead: str = LEADS[0]) -> str:
    """The basis as it is first mentioned, from the record (NĐ 30/2020, Phụ lục I, II.6.b)."""
    return f"{lead} {directive.first_mention}"


def sentence_of(base: PlanBase) -> str:
    """The sentence of a base made anew from its record, with the lead word it has; "" without a record."""
    if base.directive is None:
        return ""
    lead = next((word for word in LEADS if base.text.startswith(f"{word} ")), LEADS[0])
    return sentence(base.directive, lead)


def rest_on(base: PlanBase, *, picked: Directive | None = None, by: Appointment, at: datetime) -> None:
    """Link a base with the picked directive, else with the first one its text names.

    A record that the text still names, but in words that no reader finds, stays linked.
    """
    before = base.directive if picked is None else picked
    base.citations.all().delete()
    found = cite(base.plan, base.text, base=base, by=by, at=at)
    if before is not None and (before.pk in found or _is_named(before, base.text)):
        base.directive = before
    else:
        base.directive_id = found[0] if found else None
    base.save(update_fields=["directive"])


def _is_named(directive: Directive, text: str) -> bool:
    name = folded(directive.code or directive.subject)
    return bool(name) and name in folded(text)


@transaction.atomic
def add_base(
    *,
    plan: Plan,
    text: str = "",
    directive: Directive | None = None,
    lead: str = LEADS[0],
    by: Appointment,
    at: datetime,
) -> PlanBase:
    """A new legal basis at the end: typed, or a directive of the register whose sentence is made from its record."""
    begin(plan, _("thêm căn cứ"), part="bases", by=by, at=at)
    if directive is not None:
        if directive.organisation_id != plan.document.organisation_id:
            raise NotAllowed(_("Văn bản này không có trong sổ của cơ quan."))
        if plan.bases.filter(directive=directive).exists():
            raise NotAllowed(_("%(mention)s đã là căn cứ của kế hoạch.") % {"mention": directive.mention})
        text = text or sentence(directive, lead)
    base = PlanBase.objects.create(plan=plan, position=last_position(plan.bases) + 1, text=text)
    rest_on(base, picked=directive, by=by, at=at)
    return base


@transaction.atomic
def edit_base(*, base: PlanBase, text: str, by: Appointment, at: datetime, version: int | None = None) -> PlanBase:
    begin(base.plan, _("sửa căn cứ"), part=f"base:{base.pk}", version=version, by=by, at=at)
    base.text = text
    base.save(update_fields=["text"])
    rest_on(base, by=by, at=at)
    return base


@transaction.atomic
def move_base(*, base: PlanBase, up: bool, by: Appointment, at: datetime) -> PlanBase:
    """Change places with the base above or below; at the end of the list nothing changes."""
    begin(base.plan, _("chuyển chỗ căn cứ"), part="bases-order", by=by, at=at)
    rows = list(base.plan.bases.order_by("position", "id"))
    index = next(i for i, row in enumerate(rows) if row.pk == base.pk)
    other = index - 1 if up else index + 1
    if 0 <= other < len(rows):
        rows[index], rows[other] = rows[other], rows[index]
    reposition(rows)
    return rows[max(0, min(other, len(rows) - 1))]


@transaction.atomic
def remove_base(*, base: PlanBase, by: Appointment, at: datetime, version: int | None = None) -> Removed:
    begin(base.plan, _("bỏ căn cứ"), part=f"base:{base.pk}", version=version, removes=True, by=by, at=at)
    removed = Removed(position=base.position, base=BaseContent(base.pk, base.text, base.directive_id))
    base.delete()
    return removed
