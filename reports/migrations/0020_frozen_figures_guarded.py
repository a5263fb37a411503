from django.db import migrations

GUARD = """
-- What the level above adds up is as frozen as the report it stands in (DESIGN 4, 6).
CREATE FUNCTION reports_frozen_figure_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'the figures of report % are frozen', OLD.report_id USING ERRCODE = 'restrict_violation';
    END IF;
    IF (SELECT documents_is_frozen(d.state) FROM documents_document d JOIN reports_report r ON r.document_id = d.id
        WHERE r.id = NEW.report_id) THEN
        RAISE EXCEPTION 'report % is signed: it gets no more figures', NEW.report_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reports_frozen_figure_frozen BEFORE INSERT OR UPDATE OR DELETE ON reports_frozenfigure
    FOR EACH ROW EXECUTE FUNCTION reports_frozen_figure_guard();
"""
UNDO = """
DROP TRIGGER reports_frozen_figure_frozen ON reports_frozenfigure;
DROP FUNCTION reports_frozen_figure_guard();
"""


class Migration(migrations.Migration):
    """The database itself refuses to change the rows that frozen figures are added up from."""

    dependencies = [("reports", "0011_shipped_data"), ("documents", "0002_frozen")]
    operations = [migrations.RunSQL(GUARD, UNDO)]
