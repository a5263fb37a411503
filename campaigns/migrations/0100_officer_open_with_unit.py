"""An officer's open tasks are counted by unit: the index names the unit too."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0090_indicator_owner'),
        ('directives', '0012_learned_by_somebody'),
        ('units', '0010_councils'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='task',
            name='task_officer_open',
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('state__in', ('assigned', 'accepted', 'in_progress', 'awaiting', 'handed_back', 'redo'))), fields=['officer', 'state', 'due_on', 'id'], include=('finished_on', 'rhythm', 'organisation', 'lead_unit'), name='task_officer_open'),
        ),
    ]
