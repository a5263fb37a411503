"""Head and signature block of a file from the names in force on its day (NĐ 30/2020, Phụ lục I, II.2-4 and II.7)."""

from documents.layout import Head, SignerBlock
from documents.models import Document
from documents.numbering import padded
from units.models import Appointment
from units.roles import Authority


def head_of(document: Document) -> Head:
    """The head as it is printed; what was presented for signature stays as it was then."""
    if document.issuing_body:
        parent, body, place = document.parent_body, document.issuing_body, document.place
    else:
        names = getattr(document, "letterhead", None) or document.organisation.letterhead_on(document.day)
        parent, body, place = names.parent_body, names.name, names.place
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


def signer_of(document: Document) -> SignerBlock:
    """Authority, position and name under the text; blank names while no signer is chosen."""
    if document.signer_name:
        return SignerBlock(_lines(document.signer_authority), document.signer_position, document.signer_name)
    if document.signer is None:
        return SignerBlock(authority=(), position="GIÁM ĐỐC", name="")
    authority, position = authority_lines(document.signer)
    return SignerBlock(_lines(authority), position, document.signer.person_name)


def _lines(authority: str) -> tuple[str, ...]:
    return (authority,) if authority else ()


def authority_lines(post: Appointment) -> tuple[str, str]:
    """ "KT. GIÁM ĐỐC" and "PHÓ GIÁM ĐỐC" of a deputy; the first is empty for one who signs in the own right."""
    title = post.title.upper()
    if post.authority == Authority.ACTING:
        return "", f"Q. {title}"
    if post.authority:
        return f"{post.authority} {post.stands_for.upper()}".strip(), title
    return "", title


def freeze_names(document: Document) -> None:
    """Write the names as they are presented for signature into the row. Saves nothing."""
    head, signer = head_of(document), signer_of(document)
    document.parent_body, document.issuing_body, document.place = head.parent_body, head.issuing_body, head.place
    document.signer_authority = " ".join(signer.authority)
    document.signer_position, document.signer_name = signer.position, signer.name


def thaw_names(document: Document) -> None:
    """Forget the presented names: the file went back to draft. Saves nothing."""
    document.parent_body = document.issuing_body = document.place = ""
    document.signer_authority = document.signer_position = document.signer_name = ""
