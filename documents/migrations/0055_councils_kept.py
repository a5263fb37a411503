from django.db import migrations

# In whose name a file is issued is part of what it says, and a run of numbers stays that of its council.
TEXT = """
CREATE OR REPLACE FUNCTION documents_content(d documents_document) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_build_array(d.type, d.kind, d.organisation_id, d.drafting_unit_id, d.title, d.version, d.profile,
        d.signer_id, d.symbol, d.created_at, d.created_by_id{content})
$$;
CREATE OR REPLACE FUNCTION documents_series_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.last_number < OLD.last_number OR NEW.last_date < OLD.last_date
        OR (NEW.organisation_id, NEW.kind, NEW.year) <> (OLD.organisation_id, OLD.kind, OLD.year){series} THEN
        RAISE EXCEPTION 'number series % only grows', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
WITH = TEXT.replace("{content}", ", d.council_id").replace(
    "{series}", "\n        OR NEW.council_id IS DISTINCT FROM OLD.council_id"
)
WITHOUT = TEXT.replace("{content}", "").replace("{series}", "")


class Migration(migrations.Migration):
    dependencies = [("documents", "0054_councils")]
    operations = [migrations.RunSQL(WITH, WITHOUT)]
