from django.db import migrations

# Where the file goes is part of what it says, be it a unit of the portal or an address outside.
GUARD = """
CREATE OR REPLACE FUNCTION documents_recipient_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.document_id ELSE OLD.document_id END;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.document_id, OLD.position, OLD.text, OLD.unit_id{outside_old})
            IS NOT DISTINCT FROM (NEW.document_id, NEW.position, NEW.text, NEW.unit_id{outside_new}) THEN
            RETURN NEW;
        END IF;
    END IF;
    IF (SELECT documents_is_frozen(state) FROM documents_document WHERE id = touched) THEN
        RAISE EXCEPTION 'document % is signed: its recipients never change', touched
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""
WITH = GUARD.replace("{outside_old}", ", OLD.outside_id").replace("{outside_new}", ", NEW.outside_id")
WITHOUT = GUARD.replace("{outside_old}", "").replace("{outside_new}", "")


class Migration(migrations.Migration):
    dependencies = [("documents", "0050_outside_recipients")]
    operations = [migrations.RunSQL(WITH, WITHOUT)]
