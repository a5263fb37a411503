from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("documents", "0005_ways_filled"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='credential',
            constraint=models.CheckConstraint(condition=models.Q(('post__isnull', True), ('user__isnull', False), _connector='OR'), name='credential_post_of_a_person'),
        ),
        migrations.AddConstraint(
            model_name='credential',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('key_name__gt', ''), ('way__in', ('file', 'token'))), models.Q(('key_name', ''), ('way__in', ('agent', 'elsewhere'))), _connector='OR'), name='credential_key_where_held'),
        ),
    ]
