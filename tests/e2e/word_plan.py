"""A plan as Word makes it: numbers that live in numbering.xml, head and foot as tables, a table of tasks."""

import io
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

NUMBERING = f"""<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl></w:abstractNum>"""
HEAD = (
    ("UBND TỈNH HÀ NAM\nSỞ KHOA HỌC VÀ CÔNG NGHỆ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
    ("Số:       /KH-SKHCN", "Hà Nam, ngày     tháng     năm 2026"),
)
TITLE = "Hưởng ứng Tuần lễ chuyển đổi số năm 2026"
BASES = (
    "Căn cứ Kế hoạch số 118/KH-UBND ngày 12/8/2026 của Ủy ban nhân dân tỉnh về chuyển đổi số năm 2026;",
    "Thực hiện Công văn số 904/STTTT-CĐS ngày 20/8/2026 của Sở Thông tin và Truyền thông về Tuần lễ chuyển đổi số;",
)
BODY = (
    (0, "MỤC ĐÍCH, YÊU CẦU"),
    (1, "Nâng cao nhận thức của công chức về chuyển đổi số."),
    (1, "Bảo đảm thiết thực, tiết kiệm."),
    (0, "NỘI DUNG"),
    (1, "Tuyên truyền"),
    (2, "Treo băng rôn tại trụ sở."),
    (2, "Đăng tin trên trang thông tin điện tử."),
    (0, "TỔ CHỨC THỰC HIỆN"),
    (
        1,
        "Tổ Công nghệ số cộng đồng chủ trì, phối hợp với các phòng chuyên môn xây dựng chuyên trang xong trước ngày "
        "10/10/2026.",
    ),
    (1, "Văn phòng Sở thường xuyên cập nhật tin, bài."),
)
TABLE = (
    ("TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian"),
    ("1", "Tổ chức hội nghị tập huấn kỹ năng số", "Tổ Công nghệ số cộng đồng", "Văn phòng Sở", "Trước ngày 15/10/2026"),
    ("2", "Tổng hợp kết quả gửi Ủy ban nhân dân tỉnh", "Văn phòng Sở", "-", "31/10/2026"),
)
FOOT = ("Nơi nhận:\n- UBND tỉnh;\n- Các phòng, đơn vị thuộc Sở;\n- Lưu: VT, VP.", "GIÁM ĐỐC\n\n\n\nTrần Minh Đức")


def word_plan() -> bytes:
    """The bytes of the .docx."""
    document = docx.Document()
    number_id = _numbering(document)
    _table(document, HEAD)
    for line in ("KẾ HOẠCH", TITLE, *BASES, "Sở Khoa học và Công nghệ ban hành Kế hoạch như sau:"):
        document.add_paragraph(line)
    for level, text in BODY:
        paragraph = document.add_paragraph(text)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number_id}"/></w:numPr>')
        )
    document.add_paragraph("Các nhiệm vụ cụ thể được phân công tại bảng dưới đây:")
    _table(document, TABLE)
    document.add_paragraph("Trên đây là Kế hoạch hưởng ứng Tuần lễ chuyển đổi số, các đơn vị nghiêm túc thực hiện./.")
    _table(document, (FOOT,))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _numbering(document: Any) -> int:
    """A multilevel list of Word's own; its number."""
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(NUMBERING))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    return 77


def _table(document: Any, rows: Any) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            lines = text.split("\n")
            cell.text = lines[0]
            for line in lines[1:]:
                cell.add_paragraph(line)
