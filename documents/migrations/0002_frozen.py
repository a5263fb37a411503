from django.db import migrations

FROZEN = """
CREATE FUNCTION documents_is_frozen(state text) RETURNS boolean LANGUAGE sql IMMUTABLE AS
    $$ SELECT state IN ('signed', 'numbered', 'issued', 'closed', 'recalled', 'replaced') $$;

CREATE FUNCTION documents_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% never changes', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER documents_rendition_kept BEFORE UPDATE OR DELETE ON documents_rendition
    FOR EACH ROW EXECUTE FUNCTION documents_refuse();
CREATE TRIGGER documents_signature_kept BEFORE UPDATE OR DELETE ON documents_signature
    FOR EACH ROW EXECUTE FUNCTION documents_refuse();

-- What the file says. From the signature on it stays as it is; a return to the drafter takes the names back with it.
CREATE FUNCTION documents_content(d documents_document) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_build_array(d.type, d.kind, d.organisation_id, d.drafting_unit_id, d.title, d.version, d.profile,
        d.signer_id, d.symbol, d.created_at, d.created_by_id)
$$;
CREATE FUNCTION documents_names(d documents_document) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_build_array(d.parent_body, d.issuing_body, d.place, d.signer_authority, d.signer_position,
        d.signer_name, d.signed_at, d.signed_by_id)
$$;
CREATE FUNCTION documents_numbering(d documents_document) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_build_array(d.series_id, d.number, d.code, d.issued_on, d.numbered_at, d.numbered_by_id)
$$;

CREATE FUNCTION documents_document_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    steps jsonb := '{"signed": ["signed", "numbered", "returned"], "numbered": ["numbered", "issued"],
        "issued": ["issued", "closed", "recalled", "replaced"], "closed": ["closed", "recalled", "replaced"],
        "recalled": ["recalled"], "replaced": ["replaced"]}';
    may_number boolean := OLD.state = 'signed' AND NEW.state = 'numbered';
    may_issue boolean := OLD.state = 'numbered' AND NEW.state = 'issued';
BEGIN
    IF NOT documents_is_frozen(OLD.state) THEN
        RETURN NEW;
    END IF;
    IF NOT (steps -> OLD.state ? NEW.state)
        OR documents_content(OLD) <> documents_content(NEW)
        OR (NEW.state <> 'returned' AND documents_names(OLD) <> documents_names(NEW))
        OR (NOT may_number AND documents_numbering(OLD) <> documents_numbering(NEW))
        OR (NOT may_issue AND (OLD.issued_at, OLD.issued_by_id) IS DISTINCT FROM (NEW.issued_at, NEW.issued_by_id))
    THEN
        RAISE EXCEPTION 'document % is %: its content never changes', OLD.id, OLD.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_document_frozen BEFORE UPDATE ON documents_document
    FOR EACH ROW EXECUTE FUNCTION documents_document_guard();
CREATE TRIGGER documents_document_kept BEFORE DELETE ON documents_document
    FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL OR OLD.number IS NOT NULL) EXECUTE FUNCTION documents_refuse();

-- Where the file goes is part of what it says; what became of a copy is not.
CREATE FUNCTION documents_recipient_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.document_id ELSE OLD.document_id END;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.document_id, OLD.position, OLD.text, OLD.unit_id)
            IS NOT DISTINCT FROM (NEW.document_id, NEW.position, NEW.text, NEW.unit_id) THEN
            RETURN NEW;
        END IF;
    END IF;
    IF (SELECT documents_is_frozen(state) FROM documents_document WHERE id = touched) THEN
        RAISE EXCEPTION 'document % is signed: its recipients never change', touched
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER documents_recipient_frozen BEFORE INSERT OR UPDATE OR DELETE ON documents_recipient
    FOR EACH ROW EXECUTE FUNCTION documents_recipient_guard();

-- A number given is never taken back (NĐ 30/2020 Điều 15).
CREATE FUNCTION documents_series_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.last_number < OLD.last_number OR NEW.last_date < OLD.last_date
        OR (NEW.organisation_id, NEW.kind, NEW.year) <> (OLD.organisation_id, OLD.kind, OLD.year) THEN
        RAISE EXCEPTION 'number series % only grows', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_series_grows BEFORE UPDATE ON documents_numberseries
    FOR EACH ROW EXECUTE FUNCTION documents_series_guard();
"""
UNDO = """
DROP TRIGGER documents_series_grows ON documents_numberseries;
DROP TRIGGER documents_recipient_frozen ON documents_recipient;
DROP TRIGGER documents_document_kept ON documents_document;
DROP TRIGGER documents_document_frozen ON documents_document;
DROP TRIGGER documents_signature_kept ON documents_signature;
DROP TRIGGER documents_rendition_kept ON documents_rendition;
DROP FUNCTION documents_series_guard();
DROP FUNCTION documents_recipient_guard();
DROP FUNCTION documents_document_guard();
DROP FUNCTION documents_numbering(documents_document);
DROP FUNCTION documents_names(documents_document);
DROP FUNCTION documents_content(documents_document);
DROP FUNCTION documents_refuse();
DROP FUNCTION documents_is_frozen(text);
"""


class Migration(migrations.Migration):
    """The database itself refuses to change what was signed, numbered or issued."""

    dependencies = [("documents", "0001_initial")]
    operations = [migrations.RunSQL(FROZEN, UNDO)]
