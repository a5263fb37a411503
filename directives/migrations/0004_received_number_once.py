from django.db import migrations, models
from django.db.models.functions import ExtractYear


class Migration(migrations.Migration):
    """A number "đến" is given once in a year, whatever the code does."""

    dependencies = [("directives", "0003_kinds")]

    operations = [
        migrations.AddConstraint(
            model_name="directive",
            constraint=models.UniqueConstraint(
                models.F("organisation"),
                ExtractYear("received_on"),
                models.F("received_number"),
                name="directive_received_number_once",
            ),
        ),
    ]
