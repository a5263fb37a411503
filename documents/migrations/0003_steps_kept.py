from django.db import migrations

KEPT = """
-- Who checked a signed file, and why it was recalled or replaced, is history: each is written once, with its step.
CREATE FUNCTION documents_steps_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_recall boolean := OLD.state <> 'recalled' AND NEW.state = 'recalled';
    is_replacement boolean := OLD.state <> 'replaced' AND NEW.state = 'replaced';
BEGIN
    IF NEW.state <> 'returned' AND (OLD.proposed_at, OLD.proposed_by_id, OLD.confirmed_at, OLD.confirmed_by_id,
            OLD.checked_at, OLD.checked_by_id, OLD.returned_at, OLD.returned_by_id, OLD.return_reason)
            IS DISTINCT FROM (NEW.proposed_at, NEW.proposed_by_id, NEW.confirmed_at, NEW.confirmed_by_id,
            NEW.checked_at, NEW.checked_by_id, NEW.returned_at, NEW.returned_by_id, NEW.return_reason)
        OR NOT is_recall AND (OLD.recalled_at, OLD.recalled_by_id, OLD.recall_reason)
            IS DISTINCT FROM (NEW.recalled_at, NEW.recalled_by_id, NEW.recall_reason)
        OR NOT is_replacement AND OLD.replaced_by_id IS DISTINCT FROM NEW.replaced_by_id
    THEN
        RAISE EXCEPTION 'document % is %: its steps never change', OLD.id, OLD.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_document_steps BEFORE UPDATE ON documents_document
    FOR EACH ROW WHEN (documents_is_frozen(OLD.state)) EXECUTE FUNCTION documents_steps_guard();

-- A line of "Nơi nhận" belongs to its file for good: moving one would add a recipient to a signed file.
CREATE TRIGGER documents_recipient_stays BEFORE UPDATE ON documents_recipient
    FOR EACH ROW WHEN (OLD.document_id <> NEW.document_id) EXECUTE FUNCTION documents_refuse();

-- Without its last date a series would take any date again.
CREATE TRIGGER documents_series_dated BEFORE UPDATE ON documents_numberseries
    FOR EACH ROW WHEN (OLD.last_date IS NOT NULL AND NEW.last_date IS NULL) EXECUTE FUNCTION documents_refuse();
"""
UNDO = """
DROP TRIGGER documents_series_dated ON documents_numberseries;
DROP TRIGGER documents_recipient_stays ON documents_recipient;
DROP TRIGGER documents_document_steps ON documents_document;
DROP FUNCTION documents_steps_guard();
"""


class Migration(migrations.Migration):
    """The database keeps the steps of a signed file as they were made."""

    dependencies = [("documents", "0002_frozen")]
    operations = [migrations.RunSQL(KEPT, UNDO)]
