from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0040_jobs_cancelled")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="lookup_code",
            field=models.CharField(blank=True, db_default="", default="", max_length=10),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lookup_code", ""), _negated=True),
                fields=("lookup_code",),
                name="document_lookup_code_once",
            ),
        ),
        migrations.AlterField(
            model_name="houserules",
            name="shows_code",
            field=models.BooleanField(
                default=False,
                help_text="Ai có mã thì xem được số, ngày, trích yếu, trạng thái của văn bản đã ban hành.",
                verbose_name="in mã tra cứu (QR) ở cuối văn bản",
            ),
        ),
    ]
