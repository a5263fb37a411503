from importlib import import_module

from django.db import migrations

# One rule for what belongs to a file, with its words: how the refusal reads, what of a row never changes, what says only
# what became of it later. From the signature on nothing else changes, comes or goes.
GUARD = """
CREATE FUNCTION documents_part_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    words text := TG_ARGV[0];
    fixed text[] := string_to_array(TG_ARGV[1], ' ');
    later text[] := string_to_array(TG_ARGV[2], ' ');
    touched bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.document_id ELSE OLD.document_id END;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF EXISTS (SELECT FROM unnest(fixed) AS name WHERE to_jsonb(OLD) -> name <> to_jsonb(NEW) -> name) THEN
            RAISE EXCEPTION 'document %: %', touched, words
                USING ERRCODE = 'restrict_violation';
        END IF;
        IF to_jsonb(OLD) - later = to_jsonb(NEW) - later THEN
            RETURN NEW;
        END IF;
    END IF;
    IF (SELECT documents_is_frozen(state) FROM documents_document WHERE id = touched) THEN
        RAISE EXCEPTION 'document % is signed: %', touched, words
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""
TRIGGER = """
CREATE TRIGGER {name} BEFORE {moves} ON {table}
    FOR EACH ROW {when} EXECUTE FUNCTION documents_part_guard('{words}', '{fixed}', '{later}');
"""
PUT_IN = "document_id name sha256 size pages file added_at added_by_id"
SEALED = "signed_sha256 signed_size signed_file signed_at"
BECAME = "delivered_at opened_at acknowledged_at acknowledged_by_id deleted_at deleted_by_id"
ANY = "INSERT OR UPDATE OR DELETE"


def trigger(name: str, words: str, fixed: str, later: str, moves: str = ANY, when: str = "") -> str:
    table = "_".join(name.split("_")[:2])
    return TRIGGER.format(name=name, table=table, words=words, fixed=fixed, later=later, moves=moves, when=when)


DROP_OLD = """
DROP TRIGGER documents_recipient_frozen ON documents_recipient;
DROP TRIGGER documents_correction_frozen ON documents_correction;
DROP TRIGGER documents_attachment_kept ON documents_attachment;
DROP FUNCTION documents_recipient_guard();
DROP FUNCTION documents_correction_guard();
DROP FUNCTION documents_attachment_guard();
"""
NEW = (
    DROP_OLD
    + GUARD
    + trigger("documents_recipient_frozen", "its recipients never change", "", BECAME)
    + trigger("documents_correction_frozen", "its correction never changes", "document_id corrects_id", "")
    + trigger("documents_attachment_kept", "its attachments never change", PUT_IN, SEALED)
    # the organisation's signature is added once
    + trigger(
        "documents_attachment_sealed", "its attachments never change", SEALED, "", "UPDATE",
        "WHEN (OLD.signed_at IS NOT NULL)",
    )
)
OLD = (
    """
DROP TRIGGER documents_recipient_frozen ON documents_recipient;
DROP TRIGGER documents_correction_frozen ON documents_correction;
DROP TRIGGER documents_attachment_kept ON documents_attachment;
DROP TRIGGER documents_attachment_sealed ON documents_attachment;
DROP FUNCTION documents_part_guard();
"""
    + import_module("documents.migrations.0051_outside_kept").WITH
    + """
CREATE TRIGGER documents_recipient_frozen BEFORE INSERT OR UPDATE OR DELETE ON documents_recipient
    FOR EACH ROW EXECUTE FUNCTION documents_recipient_guard();
"""
    + import_module("documents.migrations.0053_corrections_kept").KEPT
    + import_module("documents.migrations.0062_attachments_kept").KEPT
)


class Migration(migrations.Migration):
    """Recipients, a letter's passages and attachments are guarded by one function of the database."""

    dependencies = [("documents", "0063_attachments_go_out")]
    operations = [migrations.RunSQL(NEW, OLD)]
