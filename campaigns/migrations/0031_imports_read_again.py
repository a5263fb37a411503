from django.db import migrations


def read_again(apps, schema_editor):
    """Drafts of before had other rows and no corrections: those that are no plan yet are read once more."""
    waiting = apps.get_model("campaigns", "PlanImport").objects.filter(plan=None, job__state="done")
    jobs = list(waiting.values_list("job", flat=True))
    waiting.update(draft={})
    apps.get_model("documents", "Job").objects.filter(pk__in=jobs).update(
        state="queued", attempts=0, progress=0, stage="", token=None, lease_until=None, finished_at=None, sent_at=None
    )


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0030_import_kept"), ("documents", "0003_steps_kept")]

    operations = [migrations.RunPython(read_again, migrations.RunPython.noop)]
