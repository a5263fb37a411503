from django.db import migrations, models


class Migration(migrations.Migration):
    """Findings of the checks that were seen and kept as they are, with the reason, on the plan they belong to."""

    dependencies = [("campaigns", "0010_versions_and_lists")]
    operations = [migrations.AddField("plan", "kept_findings", models.JSONField(blank=True, default=dict))]
