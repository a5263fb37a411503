import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0003_task_awaiting_has_day"),
        ("units", "0002_people"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("content", models.JSONField(null=True)),
                ("size", models.PositiveIntegerField(default=0)),
                ("started_at", models.DateTimeField()),
                ("saved_at", models.DateTimeField()),
                ("writers", models.JSONField(default=list)),
                ("restored_from", models.PositiveIntegerField(blank=True, null=True)),
                ("was_presented", models.BooleanField(default=False)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="units.appointment"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="campaigns.plan"
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "number"), name="plan_version_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("content__isnull", True)), fields=("plan",), name="plan_version_one_open"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("saved_at__gte", models.F("started_at"))),
                        name="plan_version_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecipientList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="dùng cho")),
                ("lines", models.JSONField(default=list)),
                ("saved_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recipient_lists", to="units.unit"
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="units.appointment"
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "name"), name="recipient_list_name_once")
                ],
            },
        ),
    ]
