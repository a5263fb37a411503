from django.db import migrations

FROZEN = """
CREATE FUNCTION campaigns_plan_is_frozen(plan bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT documents_is_frozen(d.state) FROM campaigns_plan p
        JOIN documents_document d ON d.id = p.document_id WHERE p.id = plan), false)
$$;

CREATE FUNCTION campaigns_plan_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.document_id ELSE NEW.document_id END;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.document_id <> NEW.document_id
        OR (SELECT documents_is_frozen(state) FROM documents_document WHERE id = touched) THEN
        RAISE EXCEPTION 'the plan of document % is signed: it never changes', touched
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER campaigns_plan_frozen BEFORE INSERT OR UPDATE OR DELETE ON campaigns_plan
    FOR EACH ROW EXECUTE FUNCTION campaigns_plan_guard();

CREATE FUNCTION campaigns_part_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND campaigns_plan_is_frozen(OLD.plan_id)
        OR TG_OP <> 'DELETE' AND campaigns_plan_is_frozen(NEW.plan_id) THEN
        RAISE EXCEPTION '% of a signed plan never changes', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER campaigns_planbase_frozen BEFORE INSERT OR UPDATE OR DELETE ON campaigns_planbase
    FOR EACH ROW EXECUTE FUNCTION campaigns_part_guard();
CREATE TRIGGER campaigns_planitem_frozen BEFORE INSERT OR UPDATE OR DELETE ON campaigns_planitem
    FOR EACH ROW EXECUTE FUNCTION campaigns_part_guard();
"""
UNDO = """
DROP TRIGGER campaigns_planitem_frozen ON campaigns_planitem;
DROP TRIGGER campaigns_planbase_frozen ON campaigns_planbase;
DROP TRIGGER campaigns_plan_frozen ON campaigns_plan;
DROP FUNCTION campaigns_part_guard();
DROP FUNCTION campaigns_plan_guard();
DROP FUNCTION campaigns_plan_is_frozen(bigint);
"""


class Migration(migrations.Migration):
    """The database itself refuses to change the text of a signed plan."""

    dependencies = [("campaigns", "0001_initial"), ("documents", "0002_frozen")]
    operations = [migrations.RunSQL(FROZEN, UNDO)]
