"""Texts are searched within an organisation; what waits for a head and for an officer is found in an index.

The statistics say that a unit and an officer belong to one organisation. Without them the database multiplies the two
shares, takes a unit of 30,000 tasks for one of 1,000, and sorts all of them for a page of fifty.
"""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

STATISTICS = """
CREATE STATISTICS task_unit_of_organisation (dependencies, mcv) ON organisation_id, lead_unit_id FROM campaigns_task;
CREATE STATISTICS task_officer_of_organisation (dependencies, mcv) ON organisation_id, officer_id FROM campaigns_task;
"""
NO_STATISTICS = "DROP STATISTICS task_unit_of_organisation, task_officer_of_organisation;"


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0071_list_indexes'),
        ('directives', '0007_came_on'),
        ('units', '0003_lent_passwords'),
    ]

    operations = [
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS btree_gin WITH SCHEMA public;", migrations.RunSQL.noop),
        migrations.RunSQL(STATISTICS, NO_STATISTICS),
        migrations.RemoveIndex(
            model_name='task',
            name='task_search',
        ),
        migrations.RemoveIndex(
            model_name='task',
            name='task_officer_open',
        ),
        migrations.AlterField(
            model_name='task',
            name='organisation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='units.unit'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('state__in', ('assigned', 'awaiting', 'handed_back'))), fields=['organisation', 'lead_unit', 'due_on', 'id'], name='task_waiting'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('state__in', ('assigned', 'accepted', 'in_progress', 'awaiting', 'handed_back', 'redo'))), fields=['officer', 'state', 'due_on', 'id'], include=('finished_on', 'rhythm', 'organisation'), name='task_officer_open'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=django.contrib.postgres.indexes.GinIndex(fields=['organisation', 'search'], name='task_search', opclasses=['int8_ops', 'gin_trgm_ops']),
        ),
    ]
