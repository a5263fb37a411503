"""The register of directives: the only place where its rows change."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import log
from directives import events
from directives.citations import Citation, identity_key, kind_word, normalise_code
from directives.models import (
    Directive, DirectiveFile, DirectiveKind, DirectiveNote, DirectiveRelation, ReceivedSeries, Validity,
)  # fmt: skip
from documents.archive import sha256, write_once
from units import permissions
from units.models import Appointment, Unit
from units.permissions import NotAllowed

RECORD = "directives.directive.record"
OTHER = "CV"


def folded(text: str) -> str:
    """`text` as a key: no marks, đ → d, lower, one space between words. Old and new tone placement give the same key."""
    bare = unicodedata.normalize("NFD", text.replace("Ð", "Đ").replace("đ", "d").replace("Đ", "D"))
    kept = "".join(char for char in bare if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in kept.lower()).split())


def issuer_key(issuer: str | None) -> str:
    """The issuer as a key, without the term in brackets: "Ban Chấp hành Trung ương Đảng (khóa XI)"."""
    return folded((issuer or "").split("(")[0])[:300]


def code_key(kind: str, code: str | None, subject: str | None) -> str:
    """The key of a document: its code folded, or the name of a law that is cited by name only."""
    return identity_key(code) if code else f"{folded(kind)}:{folded(subject or '')}"[:300]


@dataclass(frozen=True)
class Match:
    """What the register knows of a citation: the document, or others of the same code that may be meant."""

    directive: Directive | None
    doubts: tuple[Directive, ...] = ()


def match(
    *, organisation: Unit, kind: str, code: str | None, subject: str | None, dated_on: date | None, issuer: str | None
) -> Match:
    """Find a document however it is typed. The same code with another date is a doubt, never merged silently.

    A citation without a date means the one document of that code; several of them are doubts.
    """
    same = list(
        Directive.objects.filter(organisation=organisation, code_key=code_key(kind, code, subject))
        .exclude(validity=Validity.WITHDRAWN)
        .select_related("kind")
    )
    wanted = issuer_key(issuer)
    sure = [
        each for each in same
        if (dated_on is None or each.dated_on is None or each.dated_on == dated_on)
        and (not wanted or not each.issuer_key or dated_on is not None or wanted == each.issuer_key)
    ]  # fmt: skip
    exact = [each for each in sure if each.dated_on == dated_on]
    if len(sure) == 1 or len(exact) == 1:
        return Match((exact or sure)[0])
    return Match(None, tuple(same))


def kind_for(abbreviation: str) -> DirectiveKind:
    """The kind of this abbreviation, learned on first sight."""
    kind, _is_new = DirectiveKind.objects.get_or_create(
        abbreviation=abbreviation, defaults={"name": (kind_word(abbreviation) or abbreviation)[:100]}
    )
    return kind


@transaction.atomic
def record(
    *,
    organisation: Unit,
    kind: DirectiveKind,
    code: str,
    dated_on: date | None,
    issuer: str,
    subject: str,
    by: Appointment,
    at: datetime,
    **fields: Any,
) -> Directive:
    """Enter a document into the register. NotAllowed when the very same document is there already.

    `fields`: number, symbol, urgency, valid_from, valid_until, answer_due_on, issuer_unit.
    """
    permissions.check(by, RECORD, at=at, unit=organisation)
    return _insert(
        organisation=organisation, kind=kind, code=code, dated_on=dated_on, issuer=issuer, subject=subject, by=by, at=at,
        **fields,
    )  # fmt: skip


def _insert(
    *, organisation: Unit, kind: DirectiveKind, code: str, dated_on: date | None, issuer: str, subject: str,
    by: Appointment, at: datetime, **fields: Any,
) -> Directive:  # fmt: skip
    directive = Directive(
        organisation=organisation, kind=kind, code=normalise_code(code) if code else "", dated_on=dated_on,
        code_key=code_key(kind.abbreviation, code or None, subject), issuer=issuer, issuer_key=issuer_key(issuer),
        subject=subject, recorded_at=at, recorded_by=by, **fields,
    )  # fmt: skip
    try:
        with transaction.atomic():
            directive.save()
    except IntegrityError as error:
        raise NotAllowed(_("Văn bản %(code)s đã có trong sổ.") % {"code": directive.code or subject}) from error
    log.record(events.RECORDED, directive, by=by, at=at, code=directive.code or directive.subject[:100])
    return directive


@transaction.atomic
def record_citation(citation: Citation, *, organisation: Unit, by: Appointment, at: datetime) -> Directive:
    """The directive that a text cites; entered with what the text says when the register has none.

    A drafter may cite what nobody registered yet, so this asks for no permission of its own: the verb that saves the
    text has. Safe twice and for two writers at once: the second finds the first one's row.
    """
    kind = citation.kind or OTHER
    known = match(
        organisation=organisation, kind=kind, code=citation.code, subject=citation.subject,
        dated_on=citation.date, issuer=citation.issuer,
    )  # fmt: skip
    if known.directive is not None:
        return _completed(known.directive, citation, by=by, at=at)
    try:
        return _insert(
            organisation=organisation, kind=kind_for(kind), code=citation.code or "", dated_on=citation.date,
            issuer=citation.issuer or "", subject=citation.subject or "", number=citation.number or "",
            symbol=citation.symbol or "", by=by, at=at,
        )  # fmt: skip
    except NotAllowed:
        return Directive.objects.get(
            organisation=organisation, code_key=code_key(kind, citation.code, citation.subject),
            dated_on=citation.date, issuer_key=issuer_key(citation.issuer),
        )  # fmt: skip


def _completed(directive: Directive, citation: Citation, *, by: Appointment, at: datetime) -> Directive:
    """Fill what the register did not know yet from a fuller mention; nothing known is overwritten."""
    found = {
        "dated_on": citation.date if directive.dated_on is None else None,
        "issuer": citation.issuer if not directive.issuer else None,
        "subject": citation.subject if not directive.subject and directive.code else None,
    }
    found = {field: value for field, value in found.items() if value}
    if found:
        correct(directive=directive, by=by, at=at, **found)
        directive.refresh_from_db()
    return directive


@transaction.atomic
def correct(*, directive: Directive, by: Appointment, at: datetime, **fields: Any) -> Directive:
    """Change what the register says of a document; the history names the fields with their old values."""
    directive = Directive.objects.select_for_update(of=("self",)).select_related("kind").get(pk=directive.pk)
    before = {name: str(getattr(directive, name) or "") for name in fields}
    for name, value in fields.items():
        setattr(directive, name, value)
    directive.code = normalise_code(directive.code) if directive.code else ""
    directive.code_key = code_key(directive.kind.abbreviation, directive.code or None, directive.subject)
    directive.issuer_key = issuer_key(directive.issuer)
    try:
        with transaction.atomic():
            directive.save()
    except IntegrityError as error:
        raise NotAllowed(_("Sổ đã có một văn bản khác với đúng các thông tin này.")) from error
    log.record(events.CORRECTED, directive, by=by, at=at, fields=", ".join(before), before=before)
    return directive


@transaction.atomic
def receive(*, directive: Directive, on: date, by: Appointment, at: datetime) -> Directive:
    """Give the number "đến": continuous in the year, without gaps (NĐ 30/2020 Điều 22)."""
    permissions.check(by, RECORD, at=at, unit=directive.organisation)
    if on > timezone.localdate(at):
        raise NotAllowed(_("Ngày đến không được ở tương lai."))
    directive = Directive.objects.select_for_update(of=("self",)).get(pk=directive.pk)
    if directive.received_number is not None:
        raise NotAllowed(_("Văn bản đã có số đến %(number)s.") % {"number": directive.received_number})
    ReceivedSeries.objects.get_or_create(organisation_id=directive.organisation_id, year=on.year)
    series = ReceivedSeries.objects.select_for_update().get(organisation_id=directive.organisation_id, year=on.year)
    series.last_number += 1
    series.save(update_fields=["last_number"])
    directive.received_number, directive.received_on = series.last_number, on
    directive.save(update_fields=["received_number", "received_on"])
    log.record(events.RECEIVED, directive, by=by, at=at, number=series.last_number, on=f"{on:%d/%m/%Y}")
    return directive


@transaction.atomic
def relate(
    *, source: Directive, kind: DirectiveRelation.Kind, target: Directive, by: Appointment, at: datetime
) -> DirectiveRelation:
    """Say that `source` implements, amends, replaces or mentions `target`; the target's validity follows."""
    permissions.check(by, RECORD, at=at, unit=source.organisation)
    if source.pk == target.pk or source.organisation_id != target.organisation_id:
        raise NotAllowed(_("Hãy chọn một văn bản khác trong cùng sổ."))
    relation, is_new = DirectiveRelation.objects.get_or_create(source=source, kind=kind, target=target)
    if is_new:
        log.record(events.RELATED, source, by=by, at=at, kind=str(kind.label), target=target.mention)
        follows = {
            DirectiveRelation.Kind.AMENDS: Validity.AMENDED,
            DirectiveRelation.Kind.REPLACES: Validity.REPLACED,
        }.get(kind)
        if follows:
            set_validity(directive=target, validity=follows, until=source.dated_on, by=by, at=at)
    return relation


@transaction.atomic
def set_validity(
    *, directive: Directive, validity: Validity, until: date | None, by: Appointment, at: datetime
) -> Directive:
    """Note since when a document no longer holds (the day is the first on which it does not)."""
    directive = Directive.objects.select_for_update(of=("self",)).get(pk=directive.pk)
    directive.validity = validity
    if validity in (Validity.REPLACED, Validity.EXPIRED):
        directive.valid_until = until
    directive.save(update_fields=["validity", "valid_until"])
    log.record(events.VALIDITY_CHANGED, directive, by=by, at=at, validity=str(validity.label))
    return directive


@transaction.atomic
def add_file(
    *, directive: Directive, name: str, media_type: str, data: bytes, by: Appointment, at: datetime
) -> DirectiveFile:
    """Keep a file of the document byte for byte; the same file twice is one."""
    permissions.check(by, RECORD, at=at, unit=directive.organisation)
    digest = sha256(data)
    relative = f"directives/{digest[:2]}/{digest}"
    write_once(relative, data)
    kept, is_new = DirectiveFile.objects.get_or_create(
        directive=directive, sha256=digest,
        defaults={
            "name": name[:200], "media_type": media_type, "size": len(data), "file": relative, "added_at": at, "added_by": by,
        },
    )  # fmt: skip
    if is_new:
        log.record(events.FILE_ADDED, directive, by=by, at=at, name=kept.name)
    return kept


@transaction.atomic
def note(
    *, directive: Directive, text: str, lead_unit: Unit | None, cooperating_units: list[Unit], due_on: date | None,
    by: Appointment, at: datetime,
) -> DirectiveNote:  # fmt: skip
    """The director's note: who leads, who helps, until when (NĐ 30/2020 Điều 23.2)."""
    permissions.check(by, "directives.directive.note", at=at, unit=directive.organisation)
    made = DirectiveNote.objects.create(
        directive=directive, text=text, lead_unit=lead_unit, due_on=due_on, noted_at=at, noted_by=by
    )
    made.cooperating_units.set(cooperating_units)
    log.record(events.NOTED, directive, by=by, at=at)
    return made
