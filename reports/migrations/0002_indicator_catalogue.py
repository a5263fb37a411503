from typing import Any

from django.db import migrations

from reports.defaults import CATALOGUE


def enter(apps: Any, schema_editor: Any) -> None:
    """Enter the shipped catalogue; what is there already stays as it is."""
    indicators = apps.get_model("campaigns", "Indicator").objects
    found: dict[str, Any] = {}
    for position, row in enumerate(CATALOGUE, start=1):
        if row.flows:
            continue  # the column does not exist yet: 0011 enters them
        numerator, denominator = (found[code] for code in row.parts) if row.parts else (None, None)
        defaults = {
            "group": row.group, "name": row.name, "measure": row.measure, "rollup": row.rollup.value,
            "position": position, "numerator": numerator, "denominator": denominator,
        }
        found[row.code], _is_new = indicators.get_or_create(code=row.code, defaults=defaults)


class Migration(migrations.Migration):
    """Data only. Going back leaves the rows: tasks and reports may stand on them."""

    dependencies = [("reports", "0001_initial")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop, elidable=False)]
