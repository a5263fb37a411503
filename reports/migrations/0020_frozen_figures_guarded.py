from django.db import migrations

GUARD = """
-- What the level above adds up is as frozen as the report it stands in (DESIGN 4, 6).
CREATE FUNCTION reports_frozen_figure_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the figures of report % are frozen', OLD.report_id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER reports_frozen_figure_frozen BEFORE UPDATE OR DELETE ON reports_frozenfigure
    FOR EACH ROW EXECUTE FUNCTION reports_frozen_figure_guard();

-- Once a statement and not once a row: a report brings its figures by the hundred.
CREATE FUNCTION reports_frozen_figure_late() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    late bigint;
BEGIN
    SELECT r.id INTO late FROM reports_report r JOIN documents_document d ON d.id = r.document_id
        WHERE r.id IN (SELECT report_id FROM given) AND documents_is_frozen(d.state) LIMIT 1;
    IF late IS NOT NULL THEN
        RAISE EXCEPTION 'report % is signed: it gets no more figures', late USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER reports_frozen_figure_late AFTER INSERT ON reports_frozenfigure
    REFERENCING NEW TABLE AS given FOR EACH STATEMENT EXECUTE FUNCTION reports_frozen_figure_late();
"""
UNDO = """
DROP TRIGGER reports_frozen_figure_late ON reports_frozenfigure;
DROP FUNCTION reports_frozen_figure_late();
DROP TRIGGER reports_frozen_figure_frozen ON reports_frozenfigure;
DROP FUNCTION reports_frozen_figure_guard();
"""


class Migration(migrations.Migration):
    """The database itself refuses to change the rows that frozen figures are added up from."""

    dependencies = [("reports", "0011_shipped_data"), ("documents", "0002_frozen")]
    operations = [migrations.RunSQL(GUARD, UNDO)]
