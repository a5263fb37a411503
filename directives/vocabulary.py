"""What the register has learned of symbols: which letters name a kind, and whose letters an issuer's are.

The list is open (each agency's head gives symbols). An organisation's entries teach its own register, its people
correct it; the kinds themselves are one list for all organisations, kept by one of them (ADR 0032).
"""

import re
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import CharField, F, Func, Value
from django.utils.translation import gettext as _

from audit import log
from directives import events
from directives.citations.codes import split_code
from directives.citations.kinds import kind_of_symbol
from directives.citations.reading import nfc, plain
from directives.models import Directive, DirectiveKind, IssuerSymbol, KindSymbol
from units import permissions
from units.models import Appointment, Unit
from units.permissions import NotAllowed

MANAGE = "directives.vocabulary.manage"
KINDS = "directives.kinds.manage"
LETTERS = re.compile(r"[^\W\d_][\w&.]*")


# --- reading ----------------------------------------------------------------------------------------------------------
def groups_of(code: str) -> list[str]:
    """The groups of letters of a code's symbol: "12-QCPH/UBND-BDVTU" → QCPH, UBND, BDVTU; years are no letters."""
    symbol = split_code(code)[1] or ""
    return [group for group in re.split(r"[-/]", symbol) if LETTERS.fullmatch(group)]


def kind_of_code(code: str, organisation: Unit) -> DirectiveKind | None:
    """The kind that a code's letters name, by what is known or else by rule; None when they name none."""
    groups = [group.upper() for group in groups_of(code)]
    known = KindSymbol.objects.known_to(organisation).filter(key__in=groups).select_related("kind")
    learned = {row.key: row.kind for row in known}
    found = next((learned[group] for group in groups if group in learned), None)
    return found or DirectiveKind.objects.filter(abbreviation=kind_of_symbol(split_code(code)[1] or "")).first()


def issuer_letters(code: str, organisation: Unit | int) -> str:
    """Whose letters stand in the code: "365-CV/ĐUK" → ĐUK, "1946/UBND-VXNV" → UBND, "33/CT-TTg" → TTg; "" for none."""
    known = set(KindSymbol.objects.known_to(organisation).values_list("key", flat=True))
    return next((group for group in groups_of(code) if group.upper() not in known and not kind_of_symbol(group)), "")


def issuer_of_code(code: str, organisation: Unit) -> str:
    """The issuer whose letters the code has, as the register wrote it last; "" when it never met them."""
    letters = issuer_letters(code, organisation)
    row = IssuerSymbol.objects.filter(organisation=organisation, key=letters.upper()).first() if letters else None
    return row.issuer if row else ""


def unit_named(issuer: str) -> Unit | None:
    """The organisation of the portal that bears, or bore, this name; None when none or more than one does."""
    if not issuer:
        return None
    name = Func(Value(issuer, CharField()), function="f_norm", output_field=CharField())
    named = Unit.objects.organisations().alias(key=Func(F("names__name"), function="f_norm"))
    found = list(named.filter(key=name).distinct()[:2])
    return found[0] if len(found) == 1 else None


# --- learning ---------------------------------------------------------------------------------------------------------
def learn(directive: Directive) -> None:
    """Remember the letters of an entry that a person made; what somebody wrote on purpose stays."""
    groups = groups_of(directive.code)
    if not groups:
        return
    first, kind = groups[0], directive.kind
    may_name_it = first[0].upper() == kind.abbreviation[0].upper() and not kind_of_symbol(first) and len(first) <= 20
    known = KindSymbol.objects.known_to(directive.organisation_id).filter(key=first.upper())
    if may_name_it and not known.exists():
        KindSymbol.objects.get_or_create(
            organisation_id=directive.organisation_id, key=first.upper(),
            defaults={"symbol": first, "kind": kind, "is_learned": True},
        )  # fmt: skip
    letters = issuer_letters(directive.code, directive.organisation_id)
    if letters and directive.issuer and len(letters) <= 30:
        row, _is_new = IssuerSymbol.objects.get_or_create(
            organisation_id=directive.organisation_id, key=letters.upper(),
            defaults={"symbol": letters, "issuer": directive.issuer, "is_learned": True},
        )  # fmt: skip
        if row.is_learned and row.issuer != directive.issuer:
            row.issuer = directive.issuer
            row.save(update_fields=["issuer"])


# --- correcting -------------------------------------------------------------------------------------------------------
@transaction.atomic
def save_kind(
    *, kind: DirectiveKind | None, abbreviation: str, name: str, by: Appointment, at: datetime
) -> DirectiveKind:
    """A kind's abbreviation and name, for every organisation; without `kind` a new one."""
    permissions.check(by, KINDS, at=at, unit=Unit.objects.keeper())
    kept = DirectiveKind.objects.select_for_update().get(pk=kind.pk) if kind else DirectiveKind()
    kept.abbreviation, kept.name = plain(abbreviation).strip(), " ".join(nfc(name).split())
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as error:
        raise NotAllowed(_("Đã có loại văn bản viết tắt là %(short)s.") % {"short": kept.abbreviation}) from error
    log.record(events.KIND_SAVED, kept, by=by, at=at, short=kept.abbreviation, name=kept.name)
    return kept


@transaction.atomic
def save_kind_symbol(*, symbol: str, kind: DirectiveKind, by: Appointment, at: datetime) -> KindSymbol:
    """Say which kind these letters name in the register of the post's organisation, whatever was learned before."""
    permissions.check(by, MANAGE, at=at, unit=by.organisation)
    letters = plain(symbol).strip()
    if not LETTERS.fullmatch(letters):
        raise NotAllowed(_("Chỉ ghi chữ của ký hiệu, ví dụ QCPH; không ghi số, dấu gạch."))
    row, _is_new = KindSymbol.objects.update_or_create(
        organisation=by.organisation, key=letters.upper(),
        defaults={"symbol": letters, "kind": kind, "is_learned": False},
    )  # fmt: skip
    log.record(events.SYMBOL_SAVED, kind, by=by, at=at, symbol=letters, means=kind.name)
    return row


@transaction.atomic
def forget_kind_symbol(*, row: KindSymbol, by: Appointment, at: datetime) -> None:
    if row.organisation is None:
        raise NotAllowed(_("Chữ này theo quy định chung, không bỏ được; muốn hiểu khác thì ghi lại cho cơ quan mình."))
    permissions.check(by, MANAGE, at=at, unit=row.organisation)
    log.record(events.SYMBOL_FORGOTTEN, row.kind, by=by, at=at, symbol=row.symbol, means=row.kind.name)
    row.delete()


@transaction.atomic
def save_issuer_symbol(*, symbol: str, issuer: str, by: Appointment, at: datetime) -> IssuerSymbol:
    """Say whose letters these are in the register of the post's organisation."""
    permissions.check(by, MANAGE, at=at, unit=by.organisation)
    letters = plain(symbol).strip()
    if not LETTERS.fullmatch(letters):
        raise NotAllowed(_("Chỉ ghi chữ của ký hiệu, ví dụ ĐUK; không ghi số, dấu gạch."))
    row, _is_new = IssuerSymbol.objects.update_or_create(
        organisation=by.organisation, key=letters.upper(),
        defaults={"symbol": letters, "issuer": " ".join(nfc(issuer).split()), "is_learned": False},
    )  # fmt: skip
    log.record(events.SYMBOL_SAVED, by.organisation, by=by, at=at, symbol=letters, means=row.issuer)
    return row


@transaction.atomic
def forget_issuer_symbol(*, row: IssuerSymbol, by: Appointment, at: datetime) -> None:
    permissions.check(by, MANAGE, at=at, unit=row.organisation)
    log.record(events.SYMBOL_FORGOTTEN, by.organisation, by=by, at=at, symbol=row.symbol, means=row.issuer)
    row.delete()
