"""How directives stand to each other, and whether they hold: the verbs."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit import log
from directives import events
from directives.models import Directive, DirectiveRelation, Validity
from directives.register import RECORD
from directives.turns import locked
from units import permissions
from units.models import Appointment
from units.permissions import NotAllowed

Kind = DirectiveRelation.Kind
NEWER = (Kind.REPLACES, Kind.AMENDS)
"""What only a document of the same day or a later one can do to another."""


@transaction.atomic
def relate(
    *, source: Directive, kind: DirectiveRelation.Kind, target: Directive, by: Appointment, at: datetime
) -> DirectiveRelation:
    """Say that `source` implements, amends, replaces or mentions `target`; the target's validity follows.

    A replaced document ends on the day its successor takes effect. Saying it twice changes nothing. No circles: a
    document cannot replace, directly or through others, one that replaces it.
    """
    permissions.check(by, RECORD, at=at, unit=source.organisation)
    if source.pk == target.pk or source.organisation_id != target.organisation_id:
        raise NotAllowed(_("Hãy chọn một văn bản khác trong cùng sổ."))
    target = locked(target)
    if kind in NEWER and source.dated_on and target.dated_on and source.dated_on < target.dated_on:
        raise NotAllowed(_("%(code)s ban hành sau, không thể bị văn bản ban hành trước thay thế hay sửa đổi.")
                         % {"code": target.mention})  # fmt: skip
    if DirectiveRelation.objects.filter(source=target, kind=kind, target=source).exists():
        raise NotAllowed(_("Sổ đã ghi quan hệ theo chiều ngược lại giữa hai văn bản này."))
    if source.pk in DirectiveRelation.objects.reached_from(target.pk, kind):
        raise NotAllowed(_("Quan hệ này tạo thành vòng: qua các văn bản khác, sổ đã ghi theo chiều ngược lại."))
    relation, is_new = DirectiveRelation.objects.get_or_create(source=source, kind=kind, target=target)
    if not is_new:
        return relation
    log.record(events.RELATED, source, by=by, at=at, kind=str(kind.label), target=target.mention)
    if kind == Kind.REPLACES:
        _set_validity(target, Validity.REPLACED, source.valid_from or source.dated_on, by=by, at=at)
    elif kind == Kind.AMENDS and target.validity == Validity.IN_FORCE:
        _set_validity(target, Validity.AMENDED, target.valid_until, by=by, at=at)
    return relation


@transaction.atomic
def unrelate(*, relation: DirectiveRelation, by: Appointment, at: datetime) -> None:
    """Take back a relation that was a mistake; a validity that followed from it alone is taken back too."""
    permissions.check(by, RECORD, at=at, unit=relation.source.organisation)
    target, kind = locked(relation.target), Kind(relation.kind)
    words = {"kind": str(kind.label), "target": target.mention}
    log.record(events.UNRELATED, relation.source, by=by, at=at, **words)
    relation.delete()
    left = set(target.pointed_at_by.values_list("kind", flat=True))
    followed = {Kind.REPLACES: Validity.REPLACED, Kind.AMENDS: Validity.AMENDED}.get(kind)
    if target.validity == followed and kind not in left:
        holds = Validity.AMENDED if Kind.AMENDS in left else Validity.IN_FORCE
        until = None if kind == Kind.REPLACES else target.valid_until
        _set_validity(target, holds, until, by=by, at=at)


@transaction.atomic
def set_validity(
    *, directive: Directive, validity: Validity, until: date | None, by: Appointment, at: datetime
) -> Directive:
    """Note since when a document no longer holds (`until` is the first day on which it does not)."""
    permissions.check(by, RECORD, at=at, unit=directive.organisation)
    directive = locked(directive)
    if until and directive.dated_on and until < directive.dated_on:
        raise NotAllowed(_("Ngày hết hiệu lực không được trước ngày ban hành."))
    if until and directive.valid_from and until < directive.valid_from:
        raise NotAllowed(_("Ngày hết hiệu lực không được trước ngày có hiệu lực."))
    if validity in (Validity.REPLACED, Validity.EXPIRED) and until is None:
        raise NotAllowed(_("Hãy ghi văn bản hết hiệu lực từ ngày nào."))
    if directive.same_as_id and validity != Validity.WITHDRAWN:
        directive.same_as = None
        directive.save(update_fields=["same_as"])
    return _set_validity(directive, validity, until, by=by, at=at)


def _set_validity(
    directive: Directive, validity: Validity, until: date | None, *, by: Appointment, at: datetime
) -> Directive:
    if (directive.validity, directive.valid_until) == (validity, until):
        return directive
    directive.validity, directive.valid_until = validity, until
    try:
        with transaction.atomic():
            directive.save(update_fields=["validity", "valid_until"])
    except IntegrityError as error:  # taken back into the register after another one was entered
        raise NotAllowed(_("Sổ đã có một văn bản khác với đúng các thông tin này.")) from error
    words = str(validity.label) if until is None else f"{validity.label} ({until:%d/%m/%Y})"
    log.record(events.VALIDITY_CHANGED, directive, by=by, at=at, validity=words)
    return directive
