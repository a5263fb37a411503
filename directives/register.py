"""The register of directives: the only place where its rows change."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import log
from directives import events
from directives.citations import Citation, kind_word, normalise_code
from directives.citations.codes import split_code
from directives.citations.reading import nfc
from directives.files import media_type_of, plain_name
from directives.identity import Match, code_key, folded, issuer_key, match, same_issuer
from directives.models import Directive, DirectiveFile, DirectiveKind, ReceivedSeries, Validity
from directives.turns import locked, take_turn
from directives.vocabulary import kind_of_code, learn, unit_named
from documents.archive import sha256, write_once
from units import permissions
from units.models import Appointment, Unit
from units.permissions import NotAllowed

__all__ = [
    "Match", "add_file", "code_key", "correct", "enter", "folded", "issuer_key", "kind_for", "match", "receive",
    "record", "record_citation", "same_issuer",
]  # fmt: skip

RECORD = "directives.directive.record"
OTHER = "CV"


def kind_for(abbreviation: str) -> DirectiveKind:
    """The kind of this abbreviation, learned on first sight."""
    kind, _is_new = DirectiveKind.objects.get_or_create(
        abbreviation=abbreviation, defaults={"name": (kind_word(abbreviation) or abbreviation)[:100]}
    )
    return kind


# --- entering ---------------------------------------------------------------------------------------------------------
@transaction.atomic
def record(
    *, organisation: Unit, kind: DirectiveKind, code: str, dated_on: date | None, issuer: str, subject: str,
    by: Appointment, at: datetime, **fields: Any,
) -> Directive:  # fmt: skip
    """Enter a document into the register. NotAllowed when the very same document is there already.

    `fields`: urgency, valid_from, valid_until, answer_due_on. Number and symbol are read from the code, the link to an
    organisation of the portal from the issuer's name; symbols not seen before are learned.
    """
    permissions.check(by, RECORD, at=at, unit=organisation)
    if not code and not subject:
        raise NotAllowed(_("Hãy ghi số và ký hiệu, hoặc tên văn bản."))
    directive = _insert(
        organisation=organisation, kind=kind, code=code, dated_on=dated_on, issuer=issuer, subject=subject, by=by,
        at=at, **fields,
    )  # fmt: skip
    learn(directive)
    return directive


@transaction.atomic
def enter(
    *, content: dict[str, Any], received_on: date | None, file: tuple[str, bytes] | None, by: Appointment, at: datetime
) -> Directive:
    """Record a document that came in: entry, number "đến" (with a day) and first file, all or nothing."""
    directive = record(organisation=by.organisation, by=by, at=at, **content)
    if received_on is not None:
        directive = receive(directive=directive, on=received_on, by=by, at=at)
    if file is not None:
        add_file(directive=directive, name=file[0], data=file[1], by=by, at=at)
    return directive


def _insert(
    *, organisation: Unit, kind: DirectiveKind, code: str, dated_on: date | None, issuer: str, subject: str,
    by: Appointment, at: datetime, **fields: Any,
) -> Directive:  # fmt: skip
    take_turn()
    directive = Directive(
        organisation=organisation, kind=kind, code=code, dated_on=dated_on, issuer=issuer, subject=subject,
        recorded_at=at, came_on=timezone.localdate(at), recorded_by=by, **fields,
    )  # fmt: skip
    _identify(directive)
    directive.issuer_unit = unit_named(directive.issuer)
    try:
        with transaction.atomic():
            directive.save()
    except IntegrityError as error:
        raise NotAllowed(_("Văn bản %(code)s đã có trong sổ.") % {"code": directive.code or subject}) from error
    log.record(events.RECORDED, directive, by=by, at=at, code=directive.code or directive.subject[:100])
    return directive


def _identify(directive: Directive) -> None:
    """Bring code, issuer and subject into their stored form (NFC; lengths of the columns) and make the keys."""
    directive.code = normalise_code(directive.code)[:80] if directive.code else ""
    number, symbol = split_code(directive.code) if directive.code else ("", None)
    directive.number, directive.symbol = number[:15], (symbol or "")[:60]
    directive.issuer = " ".join(nfc(directive.issuer).split())[:300]
    directive.subject = nfc(directive.subject).strip()
    directive.code_key = code_key(directive.kind.abbreviation, directive.code or None, directive.subject)
    directive.issuer_key = issuer_key(directive.issuer)


@transaction.atomic
def record_citation(citation: Citation, *, organisation: Unit, by: Appointment, at: datetime) -> Directive:
    """The directive that a text cites; entered with what the text says when the register has none.

    A drafter may cite what nobody registered yet, so this asks for no permission of its own: the verb that saves the
    text has. Safe twice and for two writers at once: the second waits and finds the first one's row.
    """
    mention: dict[str, Any] = {
        "organisation": organisation, "code": (citation.code or "")[:80], "subject": citation.subject or "",
        "dated_on": citation.date, "issuer": citation.issuer or "",
    }  # fmt: skip
    kind = citation.kind or _kind_of(citation.code, organisation)
    known = match(kind=kind, **mention)
    if known.directive is None:
        take_turn()
        known = match(kind=kind, **mention)
    if known.directive is not None:
        return _completed(known.directive, citation, by=by, at=at)
    return _insert(kind=kind_for(kind), by=by, at=at, **mention)


def _kind_of(code: str | None, organisation: Unit) -> str:
    """The kind of a code that stands without its kind's word, as far as its letters tell."""
    kind = kind_of_code(code, organisation) if code else None
    return kind.abbreviation if kind else OTHER


def _completed(directive: Directive, citation: Citation, *, by: Appointment, at: datetime) -> Directive:
    """Fill what the register did not know yet from a fuller mention; nothing known is overwritten."""
    if not _missing(directive, citation):
        return directive
    directive = locked(directive)
    found = _missing(directive, citation)
    return _correct(directive, found, by=by, at=at) if found else directive


def _missing(directive: Directive, citation: Citation) -> dict[str, Any]:
    found = {
        "dated_on": citation.date if directive.dated_on is None else None,
        "issuer": citation.issuer if not directive.issuer else None,
        "subject": citation.subject if not directive.subject and directive.code else None,
    }
    return {field: value for field, value in found.items() if value}


# --- changing ---------------------------------------------------------------------------------------------------------
@transaction.atomic
def correct(*, directive: Directive, by: Appointment, at: datetime, **fields: Any) -> Directive:
    """Change what the register says of a document; the history names the fields with their old values.

    NotAllowed when the register has that very document already. Nothing changed: nothing is written.
    """
    permissions.check(by, RECORD, at=at, unit=directive.organisation)
    directive = _correct(locked(directive), fields, by=by, at=at)
    learn(directive)
    return directive


def _correct(directive: Directive, fields: dict[str, Any], *, by: Appointment, at: datetime) -> Directive:
    before = {name: getattr(directive, name) for name in fields}
    for name, value in fields.items():
        setattr(directive, name, value)
    _identify(directive)
    changed = {name: value for name, value in before.items() if getattr(directive, name) != value}
    if not changed:
        return directive
    if not directive.code and not directive.subject:
        raise NotAllowed(_("Hãy ghi số và ký hiệu, hoặc tên văn bản."))
    if "issuer" in changed:
        directive.issuer_unit = unit_named(directive.issuer)
    try:
        with transaction.atomic():
            directive.save()
    except IntegrityError as error:
        raise NotAllowed(_("Sổ đã có một văn bản khác với đúng các thông tin này.")) from error
    names = ", ".join(str(getattr(Directive._meta.get_field(name), "verbose_name", name)) for name in changed)
    old = {name: str(value if value is not None else "") for name, value in changed.items()}
    log.record(events.CORRECTED, directive, by=by, at=at, fields=names, before=old)
    return directive


@transaction.atomic
def receive(*, directive: Directive, on: date, by: Appointment, at: datetime) -> Directive:
    """Give the number "đến": continuous in the year, without gaps (NĐ 30/2020 Điều 22)."""
    permissions.check(by, RECORD, at=at, unit=directive.organisation)
    if on > timezone.localdate(at):
        raise NotAllowed(_("Ngày đến không được ở tương lai."))
    directive = locked(directive)
    if directive.validity == Validity.WITHDRAWN:
        raise NotAllowed(_("Văn bản đã rút khỏi sổ, không cấp số đến."))
    if directive.received_number is not None:
        raise NotAllowed(_("Văn bản đã có số đến %(number)s.") % {"number": directive.received_number})
    if directive.dated_on and on < directive.dated_on:
        issued = f"{directive.dated_on:%d/%m/%Y}"
        raise NotAllowed(_("Ngày đến không được trước ngày ban hành %(day)s.") % {"day": issued})
    ReceivedSeries.objects.get_or_create(organisation_id=directive.organisation_id, year=on.year)
    series = ReceivedSeries.objects.select_for_update().get(organisation_id=directive.organisation_id, year=on.year)
    series.last_number += 1
    series.save(update_fields=["last_number"])
    directive.received_number, directive.received_on, directive.came_on = series.last_number, on, on
    directive.save(update_fields=["received_number", "received_on", "came_on"])
    log.record(events.RECEIVED, directive, by=by, at=at, number=series.last_number, on=f"{on:%d/%m/%Y}")
    return directive


# --- files -----------------------------------------------------------------------------------------------------------
@transaction.atomic
def add_file(*, directive: Directive, name: str, data: bytes, by: Appointment, at: datetime) -> DirectiveFile:
    """Keep a file of the document byte for byte; the same file twice is one. NotAllowed for other types."""
    permissions.check(by, RECORD, at=at, unit=directive.organisation)
    media_type, digest = media_type_of(name, data), sha256(data)
    relative = f"directives/{digest[:2]}/{digest}"
    write_once(relative, data)
    take_turn()
    kept, is_new = DirectiveFile.objects.get_or_create(
        directive=directive, sha256=digest,
        defaults={
            "name": nfc(plain_name(name)), "media_type": media_type, "size": len(data), "file": relative,
            "added_at": at, "added_by": by,
        },
    )  # fmt: skip
    if is_new:
        log.record(events.FILE_ADDED, directive, by=by, at=at, name=kept.name)
    return kept
