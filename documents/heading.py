"""Head and signature block of a file from the names in force on its day (NĐ 30/2020, Phụ lục I, II.2-4 and II.7)."""

from dataclasses import replace
from datetime import date

from django.conf import settings
from django.urls import reverse

from documents import layout, lookup
from documents.layout import Family, Head, LayoutProfile, Lookup, SignerBlock
from documents.models import Document, rules_of
from documents.numbering import padded
from units.models import Appointment, Unit
from units.roles import Authority


def head_of(document: Document) -> Head:
    """The head as it is printed; what was presented for signature stays as it was then."""
    if document.issuing_body:
        parent, body, place = document.parent_body, document.issuing_body, document.place
    else:
        names = getattr(document, "letterhead", None) or document.organisation.letterhead_on(document.day)
        parent, body, place = names.parent_body, names.name, names.place
        if document.council is not None:
            parent, body = names.name, document.council.letterhead_on(document.day).name
    return Head(
        parent_body=parent,
        issuing_body=body,
        number=padded(document.number) if document.number is not None else None,
        symbol=document.symbol,
        place=place,
        date=document.issued_on,
        month=document.day.month,
        year=document.day.year,
    )


def profile_of(document: Document) -> LayoutProfile:
    """The layout: of the family and size that the organisation chose, by the rule in force on the file's day.

    What was presented for signature keeps its rule; the diameter of the seal is always the organisation's.
    """
    rules = rules_of(document.organisation)
    if document.issuing_body:
        chosen = layout.profile(document.profile)
    else:
        chosen = layout.profile_for(document.day, family=Family(rules.layout), size=rules.type_size)
    return replace(chosen, seal_mm=rules.seal_mm)


def lookup_of(document: Document) -> Lookup | None:
    """The short code to print: made with the check of the form, before anybody signs, for who wants codes."""
    if not document.lookup_code:
        return None
    return lookup.at_foot(document.lookup_code, site=settings.SITE_URL, path=reverse("lookup:search"))


def symbol(organisation: Unit, kind: str, day: date, council: Unit | None = None) -> str:
    """The symbol of files of this kind: "KH-SKHCN", of a Party body "KH/ĐU", of a council "KH-BCĐ"."""
    joiner = "/" if rules_of(organisation).layout == Family.PARTY else "-"
    return f"{kind}{joiner}{(council or organisation).letterhead_on(day).symbol}"


def letter_symbol(organisation: Unit, unit: Unit, day: date, council: Unit | None = None) -> str:
    """The symbol of a công văn drafted by `unit`: "SKHCN-VP" (Phụ lục I, II.3), of a Party body "CV/ĐU"."""
    if rules_of(organisation).layout == Family.PARTY:
        return symbol(organisation, "CV", day, council)
    own = (council or organisation).letterhead_on(day).symbol
    return f"{own}-{unit.symbol}" if unit.symbol and unit.pk != organisation.pk else own


def signer_of(document: Document) -> SignerBlock:
    """Authority, position and name under the text; blank names while no signer is chosen."""
    if document.signer_name:
        return SignerBlock(_lines(document.signer_authority), document.signer_position, document.signer_name)
    if document.signer is None:
        return SignerBlock(authority=(), position="GIÁM ĐỐC", name="")
    authority, position = authority_lines(document.signer)
    return SignerBlock(_lines(authority), position, document.signer.person_name)


def _lines(authority: str) -> tuple[str, ...]:
    return tuple(authority.splitlines())


def authority_lines(post: Appointment) -> tuple[str, str]:
    """ "KT. GIÁM ĐỐC" and "PHÓ GIÁM ĐỐC" of a deputy; the first is empty for one who signs in the own right.

    Who leads a council signs for it: "TM. BAN CHỈ ĐẠO" and "TRƯỞNG BAN", a deputy "TM. BAN CHỈ ĐẠO", "KT. TRƯỞNG BAN"
    on two lines (Điều 13; Phụ lục I, II.7.a).
    """
    title = post.title.upper()
    if post.unit.is_council:
        lines = [f"TM. {collective(post.unit).upper()}"]
        if post.authority == Authority.FOR_HEAD:
            lines.append(f"KT. {post.stands_for.upper()}")
        return "\n".join(lines), title
    if post.authority == Authority.ACTING:
        return "", f"Q. {title}"
    if post.authority:
        return f"{post.authority} {post.stands_for.upper()}".strip(), title
    return "", title


COLLECTIVES = ("Ban Chỉ đạo", "Ban Tổ chức", "Ban Vận động", "Hội đồng", "Tổ công tác", "Tiểu ban")


def collective(council: Unit) -> str:
    """What a council is called after TM.: its short name, else the words its name begins with."""
    begun = (word for word in COLLECTIVES if council.name.casefold().startswith(word.casefold()))
    return council.short_name or next(begun, council.name)


def signer_label(post: Appointment) -> str:
    """A signing post as one chooses it: "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC — Trần Văn B"."""
    authority, position = authority_lines(post)
    return f"{', '.join([*authority.splitlines(), position])} — {post.person_name}"


def freeze_names(document: Document) -> None:
    """Write the names and the layout as they are presented for signature into the row. Saves nothing."""
    document.profile = profile_of(document).key
    head, signer = head_of(document), signer_of(document)
    document.parent_body, document.issuing_body, document.place = head.parent_body, head.issuing_body, head.place
    document.signer_authority = "\n".join(signer.authority)
    document.signer_position, document.signer_name = signer.position, signer.name


def thaw_names(document: Document) -> None:
    """Forget the presented names: the file went back to draft. Saves nothing."""
    document.parent_body = document.issuing_body = document.place = ""
    document.signer_authority = document.signer_position = document.signer_name = ""
