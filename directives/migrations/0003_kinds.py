from typing import Any

from django.db import migrations

# NĐ 30/2020 Phụ lục III, Quy định 399-QĐ/TW and usage, as they stood when this was written; the list grows with use.
KINDS = {
    "HP": "Hiến pháp",
    "L": "Luật",
    "PL": "Pháp lệnh",
    "NQLT": "Nghị quyết liên tịch",
    "NQ": "Nghị quyết",
    "NĐ": "Nghị định",
    "TTLT": "Thông tư liên tịch",
    "TT": "Thông tư",
    "CT": "Chỉ thị",
    "QĐ": "Quyết định",
    "QyĐ": "Quy định",
    "QC": "Quy chế",
    "KL": "Kết luận",
    "TB": "Thông báo",
    "TC": "Thông cáo",
    "HD": "Hướng dẫn",
    "CTr": "Chương trình",
    "KH": "Kế hoạch",
    "ĐA": "Đề án",
    "DA": "Dự án",
    "PA": "Phương án",
    "BC": "Báo cáo",
    "BB": "Biên bản",
    "TTr": "Tờ trình",
    "CV": "Công văn",
    "CĐ": "Công điện",
    "VBHN": "Văn bản hợp nhất",
    "HĐ": "Hợp đồng",
    "BGN": "Bản ghi nhớ",
    "BTT": "Bản thỏa thuận",
    "GUQ": "Giấy ủy quyền",
    "GM": "Giấy mời",
    "GGT": "Giấy giới thiệu",
    "GP": "Giấy phép",
    "PG": "Phiếu gửi",
    "PC": "Phiếu chuyển",
    "PB": "Phiếu báo",
    "QH": "Quy hoạch",
    "CL": "Chiến lược",
    "ĐL": "Điều lệ",
    "SL": "Sắc lệnh",
    "QT": "Quy trình",
    "CLg": "Cương lĩnh",
    "TBo": "Tuyên bố",
    "LKG": "Lời kêu gọi",
    "GNP": "Giấy nghỉ phép",
}


def enter(apps: Any, schema_editor: Any) -> None:
    """Enter the official kinds; one that was learned already keeps its row."""
    kinds = apps.get_model("directives", "DirectiveKind").objects.using(schema_editor.connection.alias)
    kinds.bulk_create(
        (kinds.model(abbreviation=short, name=name) for short, name in KINDS.items()), ignore_conflicts=True
    )


class Migration(migrations.Migration):
    """The kinds of documents known from the beginning. Going back keeps them: documents may hang on them."""

    dependencies = [("directives", "0002_once_while_kept")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
