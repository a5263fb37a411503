"""The official words of a letter of correction, and the letter as it is printed."""

from dataclasses import dataclass

from documents import heading, layout
from documents.models import Correction, Document
from documents.outgoing import KIND_WORDS


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands in the file, and what should stand there."""

    place: str
    wrong: str
    right: str

    @property
    def sentence(self) -> str:
        """ "Tại mục II.3, trang 2: đã in là “…”, nay sửa là “…”." """
        place = self.place.rstrip(" .;:,")
        lead = f"{place[:1].upper()}{place[1:]}" if place.casefold().startswith("tại") else f"Tại {place}"
        return f"{lead}: đã in là “{self.wrong}”, nay sửa là “{self.right}”."


def passages_of(correction: Correction) -> list[Passage]:
    return [Passage(**row) for row in correction.passages]


def named(document: Document) -> str:
    """ "Kế hoạch số 05/KH-SKHCN ngày 12/10/2026", as one document names another (Phụ lục I, II.6.b)."""
    kind = KIND_WORDS.get(document.kind) or "Công văn"
    return f"{kind} số {document.code} ngày {document.issued_on:%d/%m/%Y}"


def title(corrects: Document) -> str:
    return f"đính chính {named(corrects)}"


def opening(corrects: Document) -> str:
    body, what = corrects.issuing_body, corrects.title
    about = what if what.casefold().startswith(("về ", "v/v")) else f"về {what[:1].lower()}{what[1:]}"
    return (
        f"{body} đã ban hành {named(corrects)} {about}. Do sơ suất trong khâu soạn thảo, {body} đính chính một số nội "
        "dung như sau:"
    )


def closing(corrects: Document) -> str:
    about, body = named(corrects), corrects.issuing_body
    return (
        f"Các nội dung khác của {about} không thay đổi. {body} thông báo để các cơ quan, đơn vị biết, thực hiện"
    )  # fmt: skip


def official_text(correction: Correction) -> layout.OfficialText:
    """Kính gửi the recipients, Nơi nhận "Như trên" (Phụ lục I, II.9)."""
    document = correction.document
    lines = list(document.recipients.values_list("text", flat=True))
    kept = [line for line in lines if line.casefold().startswith("lưu")]
    blocks = tuple(
        layout.Paragraph(text=passage.sentence, marker=f"{index}.", level=1)
        for index, passage in enumerate(passages_of(correction), start=1)
    )
    return layout.OfficialText(
        kind=layout.Kind.LETTER, profile=heading.profile_of(document), head=heading.head_of(document),
        title=document.title, addressees=tuple(line for line in lines if line not in kept), opening=correction.opening,
        blocks=blocks, closing=correction.closing, recipients=("Như trên", *kept),
        drafting_unit=document.drafting_unit.symbol or document.drafting_unit.label, signer=heading.signer_of(document),
        lookup=heading.lookup_of(document),
    )  # fmt: skip
