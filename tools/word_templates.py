"""Build the Word templates that come with the portal: one for each layout profile, from the profile's own figures.

    .venv/bin/python tools/word_templates.py          # writes documents/word/*.docx; the same bytes each time

An office edits them in Word (manual, "Mẫu Word"): words, styles, places. The tags between braces are docxtpl's; what a
tag may name is listed in `documents/word_context.py`.
"""

import sys
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from documents import printed_style, printing
from documents import typography as words
from documents.docx import plain_zip
from documents.layout import PROFILES, LayoutProfile
from documents.word_context import FOLDER, ITEM_STYLES, LEVELS, STYLES

FONT = "Times New Roman"
CENTRE, LEFT, BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
LIST, DASHES = "1", "2"


def build(profile: LayoutProfile) -> bytes:
    """The template of a profile."""
    made = Template(profile)
    made.head()
    made.title()
    made.body()
    made.foot()
    made.appendices()
    return made.bytes()


class Template:
    """A document in the making."""

    def __init__(self, profile: LayoutProfile) -> None:
        """An empty A4 page with styles and numbering."""
        self.profile, self.sizes = profile, profile.sizes
        self.doc = docx.Document()
        for paragraph in list(self.doc.paragraphs):
            paragraph._p.getparent().remove(paragraph._p)
        self.styles()
        self.numbering()
        self.page()
        self.doc.core_properties.author = self.doc.core_properties.comments = ""
        self.doc.core_properties.language = "vi-VN"

    def bytes(self) -> bytes:
        target = BytesIO()
        self.doc.save(target)
        return plain_zip(target.getvalue())

    # --- styles -------------------------------------------------------------------------------------------------------
    def styles(self) -> None:
        """Every component has its own style, so that an office changes a look in one place."""
        p, s = self.profile, self.sizes
        party = p.is_party
        self.style("Normal", s.body)
        self.style("Cơ quan chủ quản", s.agency, align=CENTRE)
        self.style("Cơ quan ban hành", s.agency, bold=True, align=CENTRE)
        self.style("Đường kẻ", 2, align=CENTRE, exact=3)
        self.style("Đường kẻ cơ quan", 2, align=CENTRE, exact=3)
        self.style("Đường kẻ trích yếu", 2, align=CENTRE, exact=3, after=12)
        self.style("Quốc hiệu", s.national_name, bold=True, align=CENTRE)
        self.style("Tiêu ngữ", s.motto, bold=True, align=CENTRE)
        self.style("Số ký hiệu", s.number, align=CENTRE, before=5)
        self.style("Địa danh ngày tháng", s.place_date, italic=True, align=CENTRE, before=5)
        self.style("Trích yếu công văn", s.letter_subject, italic=party, align=CENTRE)
        self.style("Độ khẩn", s.body, bold=True, align=CENTRE, before=6, colour=RGBColor(0xE3, 0x06, 0x13), exact=20)
        self.style("Phạm vi lưu hành", s.body, bold=True, align=CENTRE, before=6)
        self.frame("Độ khẩn", "E30613")
        self.frame("Phạm vi lưu hành", "000000")
        self.style("Tên loại", s.kind, bold=True, align=CENTRE, before=16)
        self.style("Trích yếu", s.title, bold=True, align=CENTRE)
        self.style("Kính gửi", s.body, before=12, after=p.paragraph_gap_pt, left=20)
        self.style("Nơi kính gửi", s.body, left=20 + words.width_mm("Kính gửi", s.body))
        self.style("Body Text", s.body, is_body=True)
        self.style("Căn cứ", s.body, italic=not party, is_body=True)
        for name, bold, level in (
            ("Heading 1", True, 0), ("Heading 2", True, 1), ("Khoản", False, 1), ("Mục nhỏ", False, 2),
            ("Điểm", False, 3),
        ):  # fmt: skip
            self.style(name, s.body, bold=bold, is_body=True, keep=name.startswith("Heading"))
            if name != "Heading 2":  # a level belongs to one style: its paragraphs are numbered one by one
                self.number_by(name, LIST, level)
        self.style("Gạch đầu dòng", s.body, is_body=True)
        self.number_by("Gạch đầu dòng", DASHES, 0)
        self.style("Phần", s.body, bold=True, align=CENTRE, after=p.paragraph_gap_pt, keep=True)
        self.style("Nơi nhận", s.recipients_head, bold=not party, italic=not party, underline=party)
        self.style("Danh sách nơi nhận", s.recipients)
        self.style("Quyền hạn", s.body, bold=True, align=CENTRE)
        self.style("Chức vụ", s.body, bold=p.is_position_bold, align=CENTRE)
        gap = printed_style.signature_gap_mm(p) * words.POINTS_PER_MM
        self.style("Họ tên", s.body, bold=True, align=CENTRE, before=gap)
        self.style("Ngắt phần", 2, exact=3)
        self.style("Phụ lục", s.appendix, bold=True, align=CENTRE)
        self.style("Tên phụ lục", s.title, bold=True, align=CENTRE)
        self.style("Kèm theo", s.body, italic=True, align=CENTRE, before=2, after=12)
        self.style("Bảng", s.table)
        self.style("Tên bảng", s.table, italic=True, align=CENTRE, after=3, keep=True)

    def style(
        self, name: str, size: float, *, bold: bool = False, italic: bool = False, underline: bool = False,
        align: Any = LEFT, before: float = 0, after: float = 0, left: float = 0, exact: float | None = None,
        is_body: bool = False, keep: bool = False, colour: RGBColor | None = None,
    ) -> None:  # fmt: skip
        """A paragraph style in black Times New Roman; the theme's fonts would win over it, so they are taken out."""
        styles, profile = self.doc.styles, self.profile
        known = name in [each.name for each in styles]
        style: Any = styles[name] if known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if name in STYLES:
            style.element.set(qn("w:styleId"), STYLES[name])
        if name != "Normal":
            style.base_style = styles["Normal"]
        style.quick_style = True
        font, shape = style.font, style.paragraph_format
        font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, italic
        font.underline, font.color.rgb = underline, colour or RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for each in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{each}"), FONT)
            fonts.attrib.pop(qn(f"w:{each}Theme"), None)
        fonts.attrib.pop(qn("w:cstheme"), None)
        shape.space_before, shape.space_after, shape.alignment = Pt(before), Pt(after), align
        shape.left_indent, shape.keep_with_next, shape.widow_control = Mm(left), keep, True
        shape.line_spacing = Pt(exact) if exact else 1.0
        if is_body:
            shape.first_line_indent, shape.alignment = Mm(profile.indent_mm), BOTH
            shape.space_after = Pt(profile.paragraph_gap_pt)
            if profile.exact_line_pt:
                shape.line_spacing = Pt(profile.exact_line_pt)
            else:
                shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.MULTIPLE, profile.line_spacing

    def frame(self, name: str, colour: str) -> None:
        """A single frame around the paragraphs of this style; `documents.docx` sets the width of those of urgency."""
        edges = "".join(
            f'<w:{edge} w:val="single" w:sz="8" w:space="1" w:color="{colour}"/>'
            for edge in ("top", "left", "bottom", "right")
        )
        properties = self.doc.styles[name].element.get_or_add_pPr()
        properties.insert_element_before(
            parse_xml(f"<w:pBdr {nsdecls('w')}>{edges}</w:pBdr>"),
            "w:shd",
            "w:tabs",
            "w:spacing",
            "w:ind",
            "w:jc",
            "w:outlineLvl",
        )

    def number_by(self, name: str, list_id: str, level: int) -> None:
        """Paragraphs of this style are numbered by Word."""
        properties = self.doc.styles[name].element.get_or_add_pPr()
        numbered = parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')
        properties.insert_element_before(
            numbered, "w:suppressLineNumbers", "w:pBdr", "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
        )

    def numbering(self) -> None:
        """I. 1. 1.1. a) as one list of several levels, and dashes as another."""
        root = self.doc.part.numbering_part.element
        for each in list(root):
            root.remove(each)
        levels = "".join(
            f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{level.format}"/>'
            f'<w:pStyle w:val="{self.doc.styles[ITEM_STYLES[index]].style_id}"/><w:suff w:val="space"/>'
            f'<w:lvlText w:val="{level.shown(self.profile.marks)}"/><w:lvlJc w:val="left"/></w:lvl>'
            for index, level in enumerate(LEVELS)
        )
        dash = (
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:suff w:val="space"/>'
            '<w:lvlText w:val="-"/><w:lvlJc w:val="left"/>'
            f'<w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}"/></w:rPr></w:lvl>'
        )
        for number, content in ((LIST, levels), (DASHES, dash)):
            kind = "multilevel" if number == LIST else "singleLevel"
            root.append(parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="{kind}"/>'
                f"{content}</w:abstractNum>"
            ))  # fmt: skip
        for number in (LIST, DASHES):
            root.append(
                parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
            )

    def page(self) -> None:
        """A4; the page number centred in the top margin, not on the first page."""
        section, margins = self.doc.sections[0], self.profile.margins
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(margins.top), Mm(margins.bottom)
        section.left_margin, section.right_margin = Mm(margins.left), Mm(margins.right)
        section.header_distance, section.footer_distance = Mm(10), Mm(10)
        section.different_first_page_header_footer = True
        section.header.is_linked_to_previous = section.first_page_header.is_linked_to_previous = False
        paragraph = section.header.paragraphs[0]
        paragraph.style, paragraph.alignment = self.doc.styles["Normal"], CENTRE
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        paragraph._p.append(field)

    # --- content ------------------------------------------------------------------------------------------------------
    def put(self, place: Any, text: str, style: str) -> Any:
        """A paragraph at the end of the document or of a cell, whose own empty one is taken first."""
        first = getattr(place, "_tc", None) is not None and place.paragraphs[0]
        if first and len(place.paragraphs) == 1 and not first.text:
            paragraph = first
            paragraph.style = self.doc.styles[style]
        else:
            paragraph = place.add_paragraph(style=style)
        paragraph.add_run(text)
        return paragraph

    def each(self, place: Any, name: str, style: str, shown: str = "{{ line }}") -> None:
        """A paragraph for every line of the list `name`."""
        self.put(place, f"{{%p for line in {name} %}}", style)
        self.put(place, shown, style)
        self.put(place, "{%p endfor %}", style)

    def rule(self, place: Any, style: str, length: float, room: float) -> None:
        """A line drawn as the top border of an empty low paragraph; `documents.docx` sets its length to the words."""
        paragraph = self.put(place, "", style)
        side = Mm(max(0.0, (room - length) / 2))
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
        border = parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
        )
        paragraph._p.get_or_add_pPr().insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")

    def columns(self, widths: Iterable[float]) -> Any:
        """A table of one row without borders whose columns have these widths in millimetres."""
        sizes = list(widths)
        table = self.doc.add_table(rows=1, cols=len(sizes))
        table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
        for index, width in enumerate(sizes):
            table.columns[index].width = table.rows[0].cells[index].width = Mm(width)
        table._tbl.tblPr.append(parse_xml(
            f'<w:tblCellMar {nsdecls("w")}><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
        ))  # fmt: skip
        return table.rows[0].cells

    def row(self, cell: Any) -> Any:
        """One more row of the table in which this cell stands."""
        table = cell._parent if hasattr(cell._parent, "add_row") else cell._parent._parent
        return table.add_row().cells

    def head(self) -> None:
        profile = self.profile
        widths = printing.head_widths(profile)
        left, right = self.columns(widths)
        self.each(left, "parent_lines", "Cơ quan chủ quản")
        self.each(left, "issuing_lines", "Cơ quan ban hành")
        if profile.agency_mark:
            self.put(left, profile.agency_mark, "Cơ quan chủ quản")
        else:
            self.rule(left, "Đường kẻ cơ quan", widths[0] * 0.3, widths[0])
        self.put(right, profile.national_name, "Quốc hiệu")
        if profile.motto:
            self.put(right, profile.motto, "Tiêu ngữ")
        self.rule(right, "Đường kẻ", printing.motto_rule_mm(profile), widths[1])
        left, right = self.row(left)
        self.put(left, "{{ number_line }}", "Số ký hiệu")
        self.each(left, "subject_lines", "Trích yếu công văn")
        for optional, style in (("urgency", "Độ khẩn"), ("circulation", "Phạm vi lưu hành")):
            self.put(left, f"{{%p if {optional} %}}", style)
            self.put(left, f"{{{{ {optional} }}}}", style)
            self.put(left, "{%p endif %}", style)
        self.put(right, "{{ date_line }}", "Địa danh ngày tháng")

    def title(self) -> None:
        self.put(self.doc, "{%p if not is_letter %}", "Tên loại")
        self.put(self.doc, "{{ kind }}", "Tên loại")
        self.each(self.doc, "title_lines", "Trích yếu")
        if self.profile.title_mark:
            self.put(self.doc, self.profile.title_mark, "Trích yếu").paragraph_format.space_after = Pt(12)
        else:
            self.rule(self.doc, "Đường kẻ trích yếu", 50, self.profile.text_width_mm)
        self.put(self.doc, "{%p endif %}", "Tên loại")
        self.put(self.doc, "{%p if addressee_lead %}", "Kính gửi")
        self.put(self.doc, "{{ addressee_lead }}", "Kính gửi")
        self.put(self.doc, "{%p endif %}", "Kính gửi")
        self.each(self.doc, "addressees", "Nơi kính gửi", "- {{ line }}")
        self.put(self.doc, "{%p if addressee_lead or is_letter %}", "Body Text")
        self.put(self.doc, "", "Ngắt phần")
        self.put(self.doc, "{%p endif %}", "Body Text")

    def body(self) -> None:
        self.each(self.doc, "bases", "Căn cứ")
        self.put(self.doc, "{%p if opening %}", "Body Text")
        self.put(self.doc, "{{ opening }}", "Body Text")
        self.put(self.doc, "{%p endif %}", "Body Text")
        self.blocks("blocks")

    def blocks(self, name: str) -> None:
        """The blocks of the body or of an appendix, each in the style of its kind; `typed` ones bear their marker."""
        self.put(self.doc, f"{{%p for block in {name} %}}", "Body Text")
        word = "if"
        for style in ("Phần", "Heading 1", "Heading 2", "Khoản", "Mục nhỏ", "Điểm", "Gạch đầu dòng", "Tên bảng"):
            self.put(self.doc, f"{{%p {word} block.style == '{style}' %}}", "Body Text")
            word = "elif"
            self.numbered(self.put(self.doc, "{{ block.text }}", style), style)
            if style in ("Heading 1", "Heading 2"):
                self.put(self.doc, f"{{%p elif block.style == '{style} typed' %}}", "Body Text")
                self.numbered(self.put(self.doc, "{{ block.text }}", style), "")
        self.put(self.doc, "{%p elif block.style == 'Bảng' %}", "Body Text")
        self.put(self.doc, "{{p block.table }}", "Body Text")
        self.put(self.doc, "{%p else %}", "Body Text")
        self.put(self.doc, "{{ block.text }}", "Body Text")
        self.put(self.doc, "{%p endif %}", "Body Text")
        self.put(self.doc, "{%p endfor %}", "Body Text")

    def numbered(self, paragraph: Any, style: str) -> None:
        """The paragraph in the list and on the level of this style; "" takes it out of every list."""
        level = {**{name: index for index, name in enumerate(ITEM_STYLES)}, "Heading 2": 1}.get(style)
        list_id = LIST if level is not None else DASHES if style == "Gạch đầu dòng" else "0" if not style else None
        if list_id is not None:
            numbers = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level or 0}"/><w:numId w:val="{list_id}"/></w:numPr>'
            paragraph._p.get_or_add_pPr().insert_element_before(parse_xml(numbers), "w:spacing", "w:ind", "w:jc")

    def foot(self) -> None:
        width = self.profile.text_width_mm
        self.put(self.doc, "", "Ngắt phần")
        left, right = self.columns([width * 0.46, width * 0.54])
        left._tc.getparent().get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        self.put(left, "Nơi nhận:", "Nơi nhận")
        self.each(left, "recipients", "Danh sách nơi nhận", "- {{ line }}")
        self.each(right, "authority_lines", "Quyền hạn")
        self.each(right, "position_lines", "Chức vụ")
        self.put(right, "{{ signer_name }}", "Họ tên")
        self.each(self.doc, "more_recipients", "Danh sách nơi nhận", "- {{ line }}")
        self.put(self.doc, "{%p if drafter_mark %}", "Danh sách nơi nhận")
        self.put(self.doc, "{{ drafter_mark }}", "Danh sách nơi nhận")
        self.put(self.doc, "{%p endif %}", "Danh sách nơi nhận")
        self.put(self.doc, "", "Ngắt phần")

    def appendices(self) -> None:
        self.put(self.doc, "{%p for appendix in appendices %}", "Phụ lục")
        self.put(self.doc, "{{ appendix.label }}", "Phụ lục")
        self.put(self.doc, "{%p for line in appendix.title_lines %}", "Tên phụ lục")
        self.put(self.doc, "{{ line }}", "Tên phụ lục")
        self.put(self.doc, "{%p endfor %}", "Tên phụ lục")
        self.put(self.doc, "{{ appendix.attached_to }}", "Kèm theo")
        self.blocks("appendix.blocks")
        self.put(self.doc, "", "Ngắt phần")
        self.put(self.doc, "{%p endfor %}", "Phụ lục")


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for profile in PROFILES:
        path = FOLDER / f"{profile.key}.docx"
        path.write_bytes(build(profile))
        print(path)


if __name__ == "__main__":
    main()
