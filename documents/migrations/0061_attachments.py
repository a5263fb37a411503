import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0055_councils_kept"), ("units", "0003_lent_passwords")]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("pages", models.PositiveIntegerField()),
                ("file", models.CharField(max_length=200)),
                ("added_at", models.DateTimeField()),
                ("signed_sha256", models.CharField(blank=True, db_index=True, max_length=64)),
                ("signed_size", models.PositiveIntegerField(null=True)),
                ("signed_file", models.CharField(blank=True, max_length=200)),
                ("signed_at", models.DateTimeField(null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="units.appointment"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="documents.document",
                    ),
                ),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("signed_at__isnull", True),
                    ("signed_file", ""),
                    ("signed_sha256", ""),
                    ("signed_size__isnull", True),
                )
                | models.Q(
                    ("signed_at__isnull", False),
                    ("signed_file__gt", ""),
                    ("signed_sha256__gt", ""),
                    ("signed_size__isnull", False),
                ),
                name="attachment_signed_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(fields=("document", "sha256"), name="attachment_once"),
        ),
    ]
