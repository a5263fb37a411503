from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0020_kept_findings"), ("directives", "0004_received_number_once")]

    operations = [
        migrations.AddField(
            "planimport", "text_sha256", models.CharField(max_length=64, blank=True, default=""), False
        ),
        migrations.AddField("planimport", "pages", models.JSONField(default=list)),
        migrations.AddField(
            "planimport", "registered", models.ManyToManyField("directives.Directive", related_name="+", blank=True)
        ),
        migrations.AddIndex(
            "planimport", models.Index(fields=["organisation", "text_sha256"], name="plan_import_same_text")
        ),
    ]
