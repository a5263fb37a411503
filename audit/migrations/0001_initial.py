import django.contrib.postgres.indexes
from django.db import migrations, models

APPEND_ONLY = """
CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- one writer at a time: ids and hashes follow the order in which rows become visible
    PERFORM pg_advisory_xact_lock(hashtext('audit_event'));
    NEW.id := nextval(pg_get_serial_sequence('audit_event', 'id'));
    SELECT coalesce((SELECT hash FROM audit_event ORDER BY id DESC LIMIT 1), '') INTO NEW.previous_hash;
    NEW.hash := audit_row_hash(NEW);
    RETURN NEW;
END $$;
CREATE FUNCTION audit_row_hash(e audit_event) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        e.previous_hash, e.id, e.name, e.subject_label, e.subject_id, extract(epoch FROM e.at), e.actor_id,
        e.actor_name, e.post_id, e.post_title, e.data)::text, 'UTF8')), 'hex')
$$;
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_event is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_event_chain BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_chain();
CREATE TRIGGER audit_event_frozen BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_event_kept BEFORE TRUNCATE ON audit_event EXECUTE FUNCTION audit_refuse();
"""
UNDO = """
DROP TRIGGER audit_event_chain ON audit_event;
DROP TRIGGER audit_event_frozen ON audit_event;
DROP TRIGGER audit_event_kept ON audit_event;
DROP FUNCTION audit_chain();
DROP FUNCTION audit_row_hash(audit_event);
DROP FUNCTION audit_refuse();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("subject_label", models.CharField(max_length=80)),
                ("subject_id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("actor_id", models.BigIntegerField(null=True)),
                ("actor_name", models.CharField(blank=True, max_length=150)),
                ("post_id", models.BigIntegerField(null=True)),
                ("post_title", models.CharField(blank=True, max_length=300)),
                ("data", models.JSONField(default=dict)),
                ("previous_hash", models.CharField(db_default="", max_length=64)),
                ("hash", models.CharField(db_default="", max_length=64)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["subject_label", "subject_id", "id"], name="audit_event_subject"),
                    models.Index(fields=["actor_id", "-id"], name="audit_event_actor"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["data"], name="audit_event_data", opclasses=["jsonb_path_ops"]
                    ),
                ]
            },
        ),
        migrations.RunSQL(APPEND_ONLY, UNDO),
    ]
