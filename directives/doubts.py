"""Two entries of one code: a person says whether they are one document or two. Never decided silently."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit import log
from directives import events
from directives.models import Directive, DirectiveFile, DirectiveRelation, Distinction, Validity
from directives.register import RECORD
from directives.signals import directives_merged
from directives.turns import locked
from units import permissions
from units.models import Appointment
from units.permissions import NotAllowed


@transaction.atomic
def merge(*, kept: Directive, dropped: Directive, by: Appointment, at: datetime) -> Directive:
    """They are one document: `kept` stays, `dropped` leaves the register and its address leads to `kept`.

    Files, notes, requirements and relations go over, and a number "đến" that only `dropped` has; two numbers both stay
    in the incoming register. Drafts that cite `dropped` cite `kept`; issued files stay as they are.
    """
    permissions.check(by, RECORD, at=at, unit=kept.organisation)
    kept, dropped = locked(kept), locked(dropped)
    if kept.pk == dropped.pk or kept.organisation_id != dropped.organisation_id or kept.code_key != dropped.code_key:
        raise NotAllowed(_("Chỉ gộp hai văn bản cùng số, ký hiệu trong một sổ."))
    if Validity.WITHDRAWN in (kept.validity, dropped.validity):
        raise NotAllowed(_("Một trong hai văn bản đã rút khỏi sổ."))
    _hand_over(kept, dropped)
    words = {"kept": kept.label, "dropped": dropped.label}
    dropped.validity, dropped.same_as = Validity.WITHDRAWN, kept
    if kept.received_number is None and dropped.received_number is not None:
        kept.received_number, kept.received_on = dropped.received_number, dropped.received_on
        kept.came_on = dropped.came_on
        dropped.received_number = dropped.received_on = None
    dropped.save()
    kept.save()
    log.record(events.MERGED, kept, by=by, at=at, **words)
    log.record(events.MERGED, dropped, by=by, at=at, **words)
    directives_merged.send(sender=Directive, kept=kept, dropped=dropped, by=by, at=at)
    return kept


def _hand_over(kept: Directive, dropped: Directive) -> None:
    """Give `kept` what hangs on `dropped`, without making anything twice."""
    same = kept.files.values("sha256")
    DirectiveFile.objects.filter(directive=dropped).exclude(sha256__in=same).update(directive=kept)
    dropped.notes.update(directive=kept)
    dropped.requirements.update(directive=kept)
    dropped.duplicates.update(same_as=kept)
    relations = DirectiveRelation.objects
    relations.between(kept, dropped).delete()
    for mine, other in (("source", "target"), ("target", "source")):
        there = relations.filter(**{mine: kept}).values_list("kind", f"{other}_id")
        for row in relations.filter(**{mine: dropped}):
            if (row.kind, getattr(row, f"{other}_id")) in set(there):
                row.delete()
            else:
                setattr(row, mine, kept)
                row.save(update_fields=[mine])


@transaction.atomic
def distinguish(*, directive: Directive, other: Directive, by: Appointment, at: datetime) -> None:
    """They are two documents: the doubt is not shown any more. Twice changes nothing."""
    permissions.check(by, RECORD, at=at, unit=directive.organisation)
    directive = locked(directive)
    if directive.pk == other.pk or directive.organisation_id != other.organisation_id:
        raise NotAllowed(_("Hãy chọn một văn bản khác trong cùng sổ."))
    one, two = sorted((directive, other), key=lambda row: row.pk)
    _row, is_new = Distinction.objects.get_or_create(one=one, other=two)
    if is_new:
        for row, against in ((one, two), (two, one)):
            log.record(events.DISTINGUISHED, row, by=by, at=at, other=against.label)
