from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directives", "0011_whose_symbols")]
    operations = [
        migrations.AddConstraint(
            model_name="kindsymbol",
            constraint=models.CheckConstraint(
                condition=models.Q(is_learned=False) | models.Q(organisation__isnull=False),
                name="kind_symbol_learned_by_somebody",
            ),
        ),
    ]
