from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("documents", "0033_copies_deleted")]

    operations = [
        migrations.AddField("job", "size", models.PositiveIntegerField(default=0)),
        migrations.AddField("job", "expected_seconds", models.PositiveIntegerField(null=True)),
        migrations.AlterField(
            "job",
            "state",
            models.CharField(
                choices=[
                    ("queued", "Đang chờ"),
                    ("running", "Đang chạy"),
                    ("done", "Xong"),
                    ("failed", "Không thành"),
                    ("cancelled", "Đã dừng"),
                ],
                default="queued",
                max_length=10,
            ),
        ),
        migrations.RemoveConstraint("job", "job_ended_has_time"),
        migrations.AddConstraint(
            "job",
            models.CheckConstraint(
                condition=~Q(state__in=["done", "failed", "cancelled"]) | Q(finished_at__isnull=False),
                name="job_ended_has_time",
            ),
        ),
    ]
