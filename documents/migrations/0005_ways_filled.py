from django.db import migrations


def name_the_way(apps, schema_editor):
    """A certificate without a key here belongs to somebody who signs elsewhere."""
    apps.get_model("documents", "Credential").objects.filter(key_name="").update(way="elsewhere")


class Migration(migrations.Migration):

    dependencies = [
        ("documents", "0004_ways_of_signing"),
    ]

    operations = [
        migrations.RunPython(name_the_way, migrations.RunPython.noop),
    ]
