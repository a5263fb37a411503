import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Letters of a kind may be one organisation's own; 0011 says whose those are that entries taught."""

    dependencies = [("directives", "0007_came_on")]
    operations = [
        migrations.AddField(
            model_name="kindsymbol",
            name="organisation",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="units.unit"
            ),
        ),
        migrations.AlterField(model_name="kindsymbol", name="key", field=models.CharField(max_length=20)),
        migrations.AddConstraint(
            model_name="kindsymbol",
            constraint=models.UniqueConstraint(
                fields=["organisation", "key"], name="kind_symbol_once", nulls_distinct=False
            ),
        ),
    ]
