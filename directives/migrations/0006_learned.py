from typing import Any

from django.db import migrations

# Kinds of NĐ 30/2020 Điều 7 and Quy định 399-QĐ/TW that 0003 left out, and letters met in symbols beside a kind's own.
KINDS = {"TTri": "Thông tri", "ThC": "Thư công"}
SYMBOLS = {
    "QĐi": "QyĐ",
    "QCPH": "QC",
    "QCLN": "QC",
    "CTrPH": "CTr",
    "CTPH": "CTr",
    "CTrHĐ": "CTr",
    "CTLT": "CTr",
    "CTrLT": "CTr",
    "KHPH": "KH",
    "KHLT": "KH",
    "KHLN": "KH",
    "HDLN": "HD",
    "HDLT": "HD",
    "TTLB": "TTLT",
    "TBKL": "TB",
}


def enter(apps: Any, schema_editor: Any) -> None:
    """Kinds and letters known from the beginning; the day each document came (in the office's time zone)."""
    alias = schema_editor.connection.alias
    kinds = apps.get_model("directives", "DirectiveKind").objects.using(alias)
    kinds.bulk_create(
        (kinds.model(abbreviation=short, name=name) for short, name in KINDS.items()), ignore_conflicts=True
    )
    known = {kind.abbreviation: kind for kind in kinds.all()}
    symbols = apps.get_model("directives", "KindSymbol").objects.using(alias)
    symbols.bulk_create(
        (
            symbols.model(symbol=symbol, key=symbol.upper(), kind=known[short])
            for symbol, short in SYMBOLS.items()
            if short in known
        ),
        ignore_conflicts=True,
    )
    schema_editor.execute(
        "UPDATE directives_directive SET came_on = "
        "COALESCE(received_on, (recorded_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) WHERE came_on IS NULL"
    )


class Migration(migrations.Migration):
    """What the register knows before it learns. Going back keeps it: documents may hang on it."""

    dependencies = [("directives", "0005_follow_up")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
