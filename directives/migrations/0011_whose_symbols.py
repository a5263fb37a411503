import re
from typing import Any

from django.db import migrations


def give(apps: Any, schema_editor: Any) -> None:
    """What an entry taught belongs to each organisation that has entries with these letters and this kind."""
    alias = schema_editor.connection.alias
    symbols = apps.get_model("directives", "KindSymbol").objects.using(alias)
    entries = apps.get_model("directives", "Directive").objects.using(alias)
    for row in symbols.filter(is_learned=True, organisation__isnull=True):
        codes = entries.filter(kind_id=row.kind_id, code__icontains=row.symbol).values_list("organisation_id", "code")
        owners = {owner for owner, code in codes if row.key in re.split(r"[-/]", code.upper())}
        symbols.bulk_create(
            symbols.model(
                organisation_id=owner, kind_id=row.kind_id, symbol=row.symbol, key=row.key, is_learned=True
            )
            for owner in sorted(owners)
        )
        row.delete()


def take_back(apps: Any, schema_editor: Any) -> None:
    """One row a key again: the national one, else the first that was learned."""
    alias = schema_editor.connection.alias
    symbols = apps.get_model("directives", "KindSymbol").objects.using(alias)
    seen: set[str] = set(symbols.filter(organisation__isnull=True).values_list("key", flat=True))
    for row in symbols.filter(organisation__isnull=False).order_by("id"):
        if row.key in seen:
            row.delete()
            continue
        seen.add(row.key)
        row.organisation_id = None
        row.save(update_fields=["organisation"])


class Migration(migrations.Migration):
    dependencies = [("directives", "0010_symbols_of_an_organisation")]
    operations = [migrations.RunPython(give, take_back)]
