import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A separate attachment goes out to be signed as the document itself does."""

    dependencies = [("documents", "0062_attachments_kept")]

    operations = [
        migrations.AddField(
            model_name="signingsession",
            name="attachment",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.attachment",
            ),
        ),
    ]
