from django.db import migrations


def fill(apps, schema_editor):
    """A line of the register for every number given so far."""
    Document = apps.get_model("documents", "Document")
    Entry = apps.get_model("documents", "NumberEntry")
    numbered = Document.objects.filter(number__isnull=False).order_by("series_id", "number")
    Entry.objects.bulk_create(
        (
            Entry(
                organisation_id=row.organisation_id, series_id=row.series_id, number=row.number, code=row.code,
                kind=row.kind, on=row.issued_on, use="document", document=row, given_at=row.numbered_at,
                given_by_id=row.numbered_by_id,
            )
            for row in numbered.iterator(chunk_size=500)
        ),
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("documents", "0030_number_entries")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
