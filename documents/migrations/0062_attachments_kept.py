from django.db import migrations

KEPT = """
-- What goes with a file is part of what was presented and signed; the organisation's signature is added once.
CREATE FUNCTION documents_attachment_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.document_id ELSE OLD.document_id END;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.signed_at IS NULL AND (OLD.document_id, OLD.name, OLD.sha256, OLD.size, OLD.pages, OLD.file)
            = (NEW.document_id, NEW.name, NEW.sha256, NEW.size, NEW.pages, NEW.file) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'attachment % never changes', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF (SELECT documents_is_frozen(state) FROM documents_document WHERE id = touched) THEN
        RAISE EXCEPTION 'document % is signed: its attachments never change', touched
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER documents_attachment_kept BEFORE INSERT OR UPDATE OR DELETE ON documents_attachment
    FOR EACH ROW EXECUTE FUNCTION documents_attachment_guard();
"""
FREE = """
DROP TRIGGER documents_attachment_kept ON documents_attachment;
DROP FUNCTION documents_attachment_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0061_attachments")]

    operations = [migrations.RunSQL(KEPT, FREE)]
