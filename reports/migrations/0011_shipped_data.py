from decimal import Decimal
from typing import Any

from django.db import migrations

from reports.defaults import CATALOGUE

WORDS = {"tháng {month} năm {year}": "{period}", "tháng {next_month} năm {next_year}": "{next_period}"}


def enter(apps: Any, schema_editor: Any) -> None:
    """Enter the shipped balances; what is there already stays as it is."""
    indicators = apps.get_model("campaigns", "Indicator").objects
    for position, row in enumerate(CATALOGUE, start=1):
        if row.flows is None:
            continue
        incoming, outgoing = (indicators.get(code=code) for code in row.flows)
        defaults = {
            "group": row.group,
            "name": row.name,
            "measure": row.measure,
            "rollup": row.rollup.value,
            "position": position,
            "incoming": incoming,
            "outgoing": outgoing,
        }
        indicators.get_or_create(code=row.code, defaults=defaults)


def rename_periods(apps: Any, schema_editor: Any) -> None:
    """Patterns of subjects name the period by one word, whatever its length."""
    for profile in apps.get_model("reports", "ReportProfile").objects.all():
        for before, after in WORDS.items():
            profile.subject = profile.subject.replace(before, after)
        profile.save(update_fields=["subject"])


def freeze(apps: Any, schema_editor: Any) -> None:
    """The figures of reports that were compiled before, one row each."""
    rows = apps.get_model("reports", "FrozenFigure")
    known = set(apps.get_model("campaigns", "Indicator").objects.values_list("pk", flat=True))
    for report in apps.get_model("reports", "Report").objects.only("pk", "figures").iterator(chunk_size=100):
        rows.objects.bulk_create(
            [
                rows(report_id=report.pk, indicator_id=figure["indicator_id"], value=Decimal(figure["value"]))
                for figure in report.figures["figures"]
                if figure["indicator_id"] in known
            ],
            ignore_conflicts=True,
        )


class Migration(migrations.Migration):
    """Data only. Going back leaves the rows: tasks and reports may stand on them."""

    dependencies = [("reports", "0010_profiles_models_rollup")]
    operations = [
        migrations.RunPython(enter, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(rename_periods, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(freeze, migrations.RunPython.noop, elidable=False),
    ]
