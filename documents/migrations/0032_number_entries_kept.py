from django.db import migrations

KEPT = """
-- A run has no gap: each new line is the next number (lines of the time before the portal apart).
CREATE FUNCTION documents_entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    expected integer;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.use <> 'before' THEN
            SELECT GREATEST(s.used_before, COALESCE(MAX(e.number), 0)) + 1 INTO expected
                FROM documents_numberseries s LEFT JOIN documents_numberentry e ON e.series_id = s.id
                WHERE s.id = NEW.series_id GROUP BY s.used_before;
            IF NEW.number <> expected THEN
                RAISE EXCEPTION 'number % of series %: % is the next', NEW.number, NEW.series_id, expected
                    USING ERRCODE = 'restrict_violation';
            END IF;
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.organisation_id, OLD.series_id, OLD.number, OLD.code, OLD.kind, OLD."on", OLD.given_at, OLD.given_by_id)
        <> (NEW.organisation_id, NEW.series_id, NEW.number, NEW.code, NEW.kind, NEW."on", NEW.given_at, NEW.given_by_id)
        OR OLD.document_id IS DISTINCT FROM NEW.document_id
        OR (OLD.use <> NEW.use AND NOT (OLD.use IN ('document', 'paper') AND NEW.use = 'unused'))
    THEN
        RAISE EXCEPTION 'number entry % never changes', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_entry_kept BEFORE INSERT OR UPDATE ON documents_numberentry
    FOR EACH ROW EXECUTE FUNCTION documents_entry_guard();
CREATE TRIGGER documents_entry_stays BEFORE DELETE ON documents_numberentry
    FOR EACH ROW EXECUTE FUNCTION documents_refuse();

-- The last number of a run is that of its last line, when the transaction ends.
CREATE FUNCTION documents_series_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong boolean;
BEGIN
    SELECT s.last_number <> GREATEST(s.used_before, COALESCE(MAX(e.number), 0)) INTO wrong
        FROM documents_numberseries s LEFT JOIN documents_numberentry e ON e.series_id = s.id
        WHERE s.id = NEW.id GROUP BY s.id;
    IF wrong THEN
        RAISE EXCEPTION 'number series % has a number without a line', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER documents_series_whole AFTER INSERT OR UPDATE ON documents_numberseries
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION documents_series_whole();

CREATE FUNCTION documents_series_start() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.last_number > 0 AND OLD.used_before <> NEW.used_before THEN
        RAISE EXCEPTION 'number series % has begun', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_series_start BEFORE UPDATE ON documents_numberseries
    FOR EACH ROW EXECUTE FUNCTION documents_series_start();
"""
UNDO = """
DROP TRIGGER documents_series_start ON documents_numberseries;
DROP TRIGGER documents_series_whole ON documents_numberseries;
DROP TRIGGER documents_entry_stays ON documents_numberentry;
DROP TRIGGER documents_entry_kept ON documents_numberentry;
DROP FUNCTION documents_series_start();
DROP FUNCTION documents_series_whole();
DROP FUNCTION documents_entry_guard();
"""


class Migration(migrations.Migration):
    """The database itself refuses a gap, a double and a line that goes away."""

    dependencies = [("documents", "0031_number_entries_filled")]
    operations = [migrations.RunSQL(KEPT, UNDO)]
