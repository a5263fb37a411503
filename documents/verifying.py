"""A PDF from anywhere against the register: the verdict of `verification` with what the portal knows of the bytes."""

from dataclasses import replace

from documents import archive, layout, verification
from documents.findings import NOT_IN_REGISTER, Examination, KnownFile
from documents.models import Document, Rendition, Signature
from documents.states import IN_FORCE


def known_file(data: bytes) -> tuple[KnownFile, Document | None]:
    """What the register says of exactly these bytes. One query."""
    kept = (
        Rendition.objects.filter(sha256=archive.sha256(data))
        .select_related("document__organisation")
        .order_by("-id")
        .first()
    )
    if kept is None:
        return NOT_IN_REGISTER, None
    document = kept.document
    is_current = kept.stage == Rendition.Stage.ISSUED and document.state in IN_FORCE
    label = layout.profile(document.profile).number_label
    number_line = f"{label} {document.code}" if document.code else None
    known = KnownFile(str(document), str(Rendition.Stage(kept.stage).label), is_current, number_line)
    return known, document


def examine(data: bytes) -> tuple[Examination, Document | None]:
    """The verdict on a file, and the document whose kept bytes it is."""
    known, document = known_file(data)
    found = verification.examine(data, known=known)
    return (_with_posts(found, document) if document is not None else found), document


def _with_posts(found: Examination, document: Document) -> Examination:
    """Each signature with the post in which it was made, as it is kept. One query."""
    kept = Signature.objects.filter(document=document).order_by("id").values_list("fingerprint", "post_text")
    posts = dict(kept)
    signatures = tuple(replace(each, post=posts.get(each.fingerprint, "")) for each in found.signatures)
    return replace(found, signatures=signatures)
