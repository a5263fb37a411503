import django.contrib.postgres.indexes
from django.db import migrations, models

APPEND_ONLY = """
CREATE FUNCTION audit_row_hash(e audit_event) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        e.previous_hash, e.number, e.id, e.name, e.subject_label, e.subject_id, extract(epoch FROM e.at), e.actor_id,
        e.actor_name, e.post_id, e.post_title, e.data)::text, 'UTF8')), 'hex')
$$;
CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_number bigint;
    last_hash text;
    row audit_event;
BEGIN
    -- at commit, one transaction at a time: numbers and hashes follow the order in which rows become visible,
    -- and since this is the last lock a transaction takes, nobody can wait for it in a circle
    PERFORM pg_advisory_xact_lock(hashtext('audit_event'));
    SELECT number, hash INTO last_number, last_hash FROM audit_event
        WHERE number IS NOT NULL ORDER BY number DESC LIMIT 1;
    SELECT * INTO row FROM audit_event WHERE id = NEW.id;
    row.number := coalesce(last_number, 0) + 1;
    row.previous_hash := coalesce(last_hash, '');
    UPDATE audit_event SET number = row.number, previous_hash = row.previous_hash, hash = audit_row_hash(row)
        WHERE id = NEW.id;
    RETURN NULL;
END $$;
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        -- the one change a row sees: its place in the chain, set when its own transaction commits
        IF OLD.number IS NULL AND NEW.number IS NOT NULL
            AND (to_jsonb(OLD) - ARRAY['number', 'previous_hash', 'hash'])
              = (to_jsonb(NEW) - ARRAY['number', 'previous_hash', 'hash']) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'audit_event is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE CONSTRAINT TRIGGER audit_event_chain AFTER INSERT ON audit_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_chain();
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
                ("number", models.BigIntegerField(null=True, unique=True)),
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
