from django.db import migrations

KEPT = """
CREATE FUNCTION documents_correction_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.document_id ELSE NEW.document_id END;
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.document_id, OLD.corrects_id) <> (NEW.document_id, NEW.corrects_id)
        OR (SELECT documents_is_frozen(state) FROM documents_document WHERE id = touched) THEN
        RAISE EXCEPTION 'the correction of document % is signed: it never changes', touched
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER documents_correction_frozen BEFORE INSERT OR UPDATE OR DELETE ON documents_correction
    FOR EACH ROW EXECUTE FUNCTION documents_correction_guard();
"""
UNDO = """
DROP TRIGGER documents_correction_frozen ON documents_correction;
DROP FUNCTION documents_correction_guard();
"""


class Migration(migrations.Migration):
    """What a signed letter puts right never changes."""

    dependencies = [("documents", "0052_corrections")]
    operations = [migrations.RunSQL(KEPT, UNDO)]
