from django.db import migrations

FROZEN = """
-- Figures are frozen when a report is compiled; its words from the signature on (DESIGN 4, 6).
CREATE FUNCTION reports_report_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.document_id ELSE NEW.document_id END;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.document_id, OLD.period_id, OLD.edition, OLD.figures, OLD.drafted, OLD.frozen_at, OLD.frozen_by_id)
            IS DISTINCT FROM (NEW.document_id, NEW.period_id, NEW.edition, NEW.figures, NEW.drafted, NEW.frozen_at,
                NEW.frozen_by_id) THEN
            RAISE EXCEPTION 'the figures of report % are frozen', OLD.id USING ERRCODE = 'restrict_violation';
        END IF;
        IF OLD.sections = NEW.sections THEN
            RETURN NEW;
        END IF;
    END IF;
    IF (SELECT documents_is_frozen(state) FROM documents_document WHERE id = touched) THEN
        RAISE EXCEPTION 'the report of document % is signed: it never changes', touched
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER reports_report_frozen BEFORE INSERT OR UPDATE OR DELETE ON reports_report
    FOR EACH ROW EXECUTE FUNCTION reports_report_guard();
"""
UNDO = """
DROP TRIGGER reports_report_frozen ON reports_report;
DROP FUNCTION reports_report_guard();
"""


class Migration(migrations.Migration):
    """The database itself refuses to change frozen figures and the words of a signed report."""

    dependencies = [("reports", "0002_indicator_catalogue"), ("documents", "0002_frozen")]
    operations = [migrations.RunSQL(FROZEN, UNDO)]
