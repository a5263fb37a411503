from django.db import migrations

FUNCTIONS = """
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;
CREATE FUNCTION f_norm(t text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS
    $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, normalize(t, NFC))) $$;
"""


class Migration(migrations.Migration):
    """The folded search key (no marks, đ → d, lower) that generated columns of every app use."""

    initial = True
    dependencies = []
    operations = [migrations.RunSQL(FUNCTIONS, "DROP FUNCTION f_norm(text);")]
