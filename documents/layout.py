"""What an official document says and the rule it is laid out by, as frozen data without database or HTML.

Others compose an `OfficialText`; `documents.pdf.render`, `documents.docx.render_docx` and `documents.signing` take it
from there. The words are kept as they were typed: what the layout rule adds (capitals, dashes, "./.", leading zeros)
is made on output by `documents.typography`, never stored.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """Kind of document, as it is printed above the title (NĐ 30/2020, Điều 7)."""

    PLAN = "KẾ HOẠCH"
    REPORT = "BÁO CÁO"
    LETTER = "CÔNG VĂN"


class Urgency(StrEnum):
    """Degree of urgency, printed in a red frame (NĐ 30/2020, Phụ lục I, II.10.b)."""

    NONE = ""
    URGENT = "KHẨN"
    VERY_URGENT = "THƯỢNG KHẨN"
    IMMEDIATE = "HỎA TỐC"


class Align(StrEnum):
    """Alignment of a table column."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


class Family(StrEnum):
    """Whose rules lay a document out; the values are those of `HouseRules.layout`."""

    STATE = "state"
    PARTY = "party"


TABLE_LINE = 1.15  # line height of a table's cells, in their type size
CELL_PADDING_PT = (2.0, 4.0)  # above and below, left and right
CELL_BORDER_PT = 0.5


@dataclass(frozen=True, slots=True)
class Margins:
    """Page margins in millimetres."""

    top: float
    right: float
    bottom: float
    left: float


@dataclass(frozen=True, slots=True)
class Sizes:
    """Type sizes in points. The rule moves them together, so they come as presets, never one by one."""

    national_name: float
    place_date: float
    agency: float
    kind: float
    title: float
    body: float
    motto: float = 13
    number: float = 13
    recipients_head: float = 12
    recipients: float = 11
    letter_subject: float = 12
    appendix: float = 14
    table: float = 12


@dataclass(frozen=True, slots=True)
class LayoutProfile:
    """One layout rule with the days on which it holds: `valid_until` is exclusive, None means still in force.

    `preset` is the size that an organisation chooses, None where the rule leaves no choice. `exact_line_pt` is the
    distance of the lines where the rule gives one; elsewhere `line_spacing` counts. `marks` are what follows a Roman
    and an Arabic number in front of a heading or an item. A profile without `motto` has no second line under the
    national name; one with `title_mark` has this text instead of a rule under the title.
    """

    key: str
    regulation: str
    valid_from: date
    valid_until: date | None
    sizes: Sizes
    family: Family = Family.STATE
    preset: int | None = None
    margins: Margins = Margins(top=20, right=15, bottom=20, left=30)
    indent_mm: float = 12.7
    paragraph_gap_pt: float = 6
    line_spacing: float = 1.1
    exact_line_pt: float | None = None
    head_share: float = 0.56
    national_name: str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    motto: str = "Độc lập - Tự do - Hạnh phúc"
    agency_mark: str = ""
    number_label: str = "Số:"
    number_joiner: str = "/"
    title_mark: str = ""
    subject_lead: str = "V/v"
    marks: tuple[str, str] = (".", ".")
    is_position_bold: bool = True
    deputies_sign_for_committees: bool = False
    end_mark: str = "./."
    signature_mm: tuple[float, float] = (46, 22)
    seal_mm: float = 36

    @property
    def is_party(self) -> bool:
        return self.family is Family.PARTY

    @property
    def text_width_mm(self) -> float:
        """Width between the margins of a portrait A4 page."""
        return 210 - self.margins.left - self.margins.right

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force on this day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)

    def code(self, number: str, symbol: str) -> str:
        """Number and symbol joined, such as "05/KH-SKHCN" or "05-NQ/ĐU"."""
        return f"{number}{self.number_joiner}{symbol}"


def _state(preset: int, sizes: Sizes) -> LayoutProfile:
    return LayoutProfile(
        key=f"nd30-{preset}",
        regulation="Nghị định 30/2020/NĐ-CP",
        valid_from=date(2020, 3, 5),
        valid_until=None,
        sizes=sizes,
        preset=preset,
    )


PARTY_SIZES = Sizes(
    national_name=15, place_date=14, agency=14, kind=16, title=15, body=14, number=14, recipients_head=14,
    recipients=12, table=13,
)  # fmt: skip
ND30_13 = _state(13, Sizes(national_name=12, motto=13, place_date=13, agency=12, kind=13, title=13, body=13))
ND30_14 = _state(
    14, Sizes(national_name=13, motto=14, place_date=14, agency=13, kind=14, title=14, body=14, letter_subject=13)
)
HD36 = LayoutProfile(
    key="hd36",
    regulation="Hướng dẫn 36-HD/VPTW",
    valid_from=date(2018, 4, 3),
    valid_until=date(2026, 5, 27),
    sizes=PARTY_SIZES,
    family=Family.PARTY,
    indent_mm=10,
    exact_line_pt=18,
    head_share=0.5,
    national_name="ĐẢNG CỘNG SẢN VIỆT NAM",
    motto="",
    agency_mark="*",
    number_label="Số",
    number_joiner="-",
    title_mark="-----",
    marks=("-", "-"),
    end_mark=".",
)
HD05 = replace(
    HD36,
    key="hd05",
    regulation="Hướng dẫn 05-HD/VPTW",
    valid_from=date(2026, 5, 27),
    valid_until=None,
    exact_line_pt=19,
    subject_lead="về việc",
    marks=("-", "."),
    is_position_bold=False,
    deputies_sign_for_committees=True,
)
PROFILES: tuple[LayoutProfile, ...] = (ND30_13, ND30_14, HD36, HD05)


def profile(key: str) -> LayoutProfile:
    """The profile with this key; KeyError when there is none."""
    return {each.key: each for each in PROFILES}[key]


def profile_for(day: date, *, family: Family = Family.STATE, size: int = 13) -> LayoutProfile:
    """The profile of the family's rule in force on `day`, in the size preset 13 or 14 where there is a choice;
    LookupError when no rule holds."""
    for each in PROFILES:
        if each.family is family and each.holds_on(day) and each.preset in (None, size):
            return each
    raise LookupError(f"no layout profile of {family}, size {size}, holds on {day:%d/%m/%Y}")


@dataclass(frozen=True, slots=True)
class Head:
    """Head of the first page. `number` and `date` are None until the clerk gives them; then month and year, when known,
    are printed with the day left blank. `number` is the running number alone ("5" or "05"), `symbol` what follows the
    slash ("KH-SKHCN"). Names are the agency's names on the day of the document, as they are to be printed."""

    parent_body: str
    issuing_body: str
    number: str | None
    symbol: str
    place: str
    date: date | None
    month: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. Level 0 is "Phần I", 1 "I.", 2 "1.", 3 "a)". `marker` is printed before the text ("I."), may be
    empty."""

    level: int
    marker: str
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, with a marker ("1.", "a)", "-") when it is an item of a list. The text may not hold line breaks."""

    text: str
    marker: str | None = None
    level: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; widths are shares of the table's width, whatever their sum."""

    width: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head row is repeated on each page. A row with a single cell spans all columns (a group's name);
    `bold_rows` are the indexes of rows in bold (totals). Line breaks in cells are kept."""

    columns: tuple[Column, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    bold_rows: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        """ValueError when a row does not fit the columns: better here than a crooked page."""
        wanted = len(self.columns)
        if len(self.header) != wanted:
            raise ValueError(f"{len(self.header)} heads for {wanted} columns")
        for index, row in enumerate(self.rows):
            if len(row) not in (1, wanted):
                raise ValueError(f"row {index} has {len(row)} cells for {wanted} columns")


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart drawn by the portal itself as SVG (never by a user), with words for those who cannot see it."""

    svg: str
    alt: str
    caption: str = ""
    width_mm: float = 150


Block = Heading | Paragraph | Table | Figure


@dataclass(frozen=True, slots=True)
class SignerBlock:
    """Who signs: `authority` are the lines above the position ("TM. ỦY BAN NHÂN DÂN", "KT. GIÁM ĐỐC"), `position` the
    signer's own ("PHÓ GIÁM ĐỐC"), `name` without rank or degree (NĐ 30/2020, Phụ lục I, II.7)."""

    authority: tuple[str, ...]
    position: str
    name: str


@dataclass(frozen=True, slots=True)
class Appendix:
    """An appendix in the same file; it gets its own page numbers, and a Roman number when there are several."""

    title: str
    blocks: tuple[Block, ...]
    is_landscape: bool = False


@dataclass(frozen=True, slots=True)
class Lookup:
    """The short code of a document and the address at which anybody looks it up, printed at the foot of its last
    page."""

    code: str
    address: str


@dataclass(frozen=True, slots=True)
class OfficialText:
    """A whole official document, composed and ready to be printed.

    `title` is the trích yếu. `addressees` (Kính gửi) and `bases` are empty where the kind has none. `closing` is the
    last paragraph and may be empty. `recipients` are the lines of Nơi nhận without dashes. `drafting_unit` is the
    abbreviation after "Lưu: VT," when the recipients hold no such line. `circulation` is a mark such as "LƯU HÀNH NỘI
    BỘ", `drafter_mark` such as "PL.(300)", `contact` the address line at the foot of the first page (II.10-13).
    `lookup` is printed at the foot of the page that is signed, where the organisation wants it.
    """

    kind: Kind
    profile: LayoutProfile
    head: Head
    title: str
    signer: SignerBlock
    addressees: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    opening: str = ""
    blocks: tuple[Block, ...] = ()
    closing: str = ""
    recipients: tuple[str, ...] = ()
    drafting_unit: str = ""
    appendices: tuple[Appendix, ...] = ()
    urgency: Urgency = Urgency.NONE
    circulation: str = ""
    drafter_mark: str = ""
    contact: str = ""
    lookup: Lookup | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on a page of a rendered PDF, in points from the lower left corner. Pages count from 0."""

    page: int
    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def width(self) -> float:
        return self.x2 - self.x1

    @property
    def height(self) -> float:
        return self.y2 - self.y1


@dataclass(frozen=True, slots=True)
class RenderedPdf:
    """A rendered document: the bytes, the number of pages, and where things go that are added later.

    `places` has "number_line", "date_line", "signature" and "seal". `text` is what was rendered. `has_open_lines` tells
    that the number and date lines were left out of the page, to be drawn as form fields by `signing.prepare`.
    """

    bytes: bytes
    pages: int
    places: dict[str, Place] = field(repr=False)
    text: OfficialText = field(repr=False)
    has_open_lines: bool = False
