from django.db import migrations, models


class Migration(migrations.Migration):
    """A document withdrawn from the register by mistake or as a mistake may be entered again."""

    dependencies = [("directives", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="directive", name="directive_once"),
        migrations.AddConstraint(
            model_name="directive",
            constraint=models.UniqueConstraint(
                fields=["organisation", "code_key", "dated_on", "issuer_key"],
                name="directive_once",
                nulls_distinct=False,
                condition=~models.Q(validity="withdrawn"),
                violation_error_message="Văn bản này đã có trong sổ.",
            ),
        ),
    ]
