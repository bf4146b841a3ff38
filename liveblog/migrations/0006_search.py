"""Let PostgreSQL keep what a search looks at beside the rows; elsewhere there is nothing to do.

The column `search` of stories and updates is the database's own: Django knows neither
column, so no row that is read carries it. Triggers keep it, whichever way a row comes in.
"""

from django.db import migrations

CONFIGURATIONS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
# A database of the locale C knows no letter's case outside ASCII without one of these,
# and takes every other character there for a letter.
COLLATIONS = ["pg_c_utf8", "und-x-icu", "C.utf8"]
SIGNS = "«»‹›“”„‟‘’‚‛…—–‐−·•¿¡\u00a0"
LONGEST = 200_000  # characters of a text that are searched: a vector may have 1 MB

FORWARDS = """
CREATE FUNCTION liveblog_search_config(language text) RETURNS regconfig
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE split_part(language, '-', 1) {cases}
    ELSE 'pg_catalog.simple'::regconfig END
$$;

CREATE FUNCTION liveblog_search_vector(language text, weight "char", words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT setweight(
        to_tsvector(
            liveblog_search_config(language),
            lower(translate(left(words, {longest}), '{signs}', '{spaces}'){collation})
        ),
        weight
    )
$$;

ALTER TABLE liveblog_story ADD COLUMN search tsvector GENERATED ALWAYS AS (
    liveblog_search_vector(language, 'A', headline)
    || liveblog_search_vector(language, 'C', kicker || ' ' || standfirst)
) STORED;
CREATE INDEX liveblog_story_search ON liveblog_story USING gin (search);

CREATE FUNCTION liveblog_update_vector(
    its_id uuid, its_story bigint, its_headline text, its_text text
)
RETURNS tsvector LANGUAGE sql STABLE AS $$
    SELECT liveblog_search_vector(language, 'A', its_headline)
        || liveblog_search_vector(language, 'B', coalesce(names, ''))
        || liveblog_search_vector(language, 'C', its_text)
    FROM liveblog_story, (
        SELECT string_agg(name || ' ' || credit_line, ' ' ORDER BY cited.id) AS names
        FROM liveblog_attribution cited JOIN liveblog_source ON liveblog_source.id = cited.source_id
        WHERE cited.update_id = its_id
    ) AS cited
    WHERE id = its_story
$$;

ALTER TABLE liveblog_update ADD COLUMN search tsvector;
UPDATE liveblog_update SET search = liveblog_update_vector(id, story_id, headline, body);
CREATE INDEX liveblog_update_search ON liveblog_update USING gin (search);

CREATE FUNCTION liveblog_search_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.search := liveblog_update_vector(NEW.id, NEW.story_id, NEW.headline, NEW.body);
    RETURN NEW;
END $$;
CREATE TRIGGER liveblog_search BEFORE INSERT OR UPDATE OF headline, body, story_id
ON liveblog_update FOR EACH ROW EXECUTE FUNCTION liveblog_search_update();

CREATE FUNCTION liveblog_search_citation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE liveblog_update SET search = liveblog_update_vector(id, story_id, headline, body)
    WHERE id IN (OLD.update_id, NEW.update_id);
    RETURN NULL;
END $$;
CREATE TRIGGER liveblog_search AFTER INSERT OR DELETE OR UPDATE OF update_id, source_id
ON liveblog_attribution FOR EACH ROW EXECUTE FUNCTION liveblog_search_citation();

CREATE FUNCTION liveblog_search_source() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE liveblog_update SET search = liveblog_update_vector(id, story_id, headline, body)
    WHERE id IN (SELECT update_id FROM liveblog_attribution WHERE source_id = NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER liveblog_search AFTER UPDATE OF name, credit_line ON liveblog_source
FOR EACH ROW WHEN ((OLD.name, OLD.credit_line) IS DISTINCT FROM (NEW.name, NEW.credit_line))
EXECUTE FUNCTION liveblog_search_source();

CREATE FUNCTION liveblog_search_story() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE liveblog_update SET search = liveblog_update_vector(id, story_id, headline, body)
    WHERE story_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER liveblog_search AFTER UPDATE OF language ON liveblog_story
FOR EACH ROW WHEN (OLD.language IS DISTINCT FROM NEW.language)
EXECUTE FUNCTION liveblog_search_story();
"""

BACKWARDS = """
DROP TRIGGER liveblog_search ON liveblog_story;
DROP TRIGGER liveblog_search ON liveblog_source;
DROP TRIGGER liveblog_search ON liveblog_attribution;
DROP TRIGGER liveblog_search ON liveblog_update;
ALTER TABLE liveblog_update DROP COLUMN search;
ALTER TABLE liveblog_story DROP COLUMN search;
DROP FUNCTION liveblog_search_story, liveblog_search_source, liveblog_search_citation,
    liveblog_search_update, liveblog_update_vector, liveblog_search_vector, liveblog_search_config;
"""


def keep_what_is_searched(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT cfgname FROM pg_ts_config")
        known = {name for (name,) in cursor.fetchall()}
        cursor.execute(
            "SELECT collname FROM pg_collation WHERE collname = ANY(%s)"
            " AND collencoding IN (-1, pg_char_to_encoding(getdatabaseencoding()))",
            [COLLATIONS],
        )
        collations = {name for (name,) in cursor.fetchall()}
    cases = [
        f"WHEN '{language}' THEN 'pg_catalog.{name}'::regconfig"
        for language, name in CONFIGURATIONS.items()
        if name in known
    ]
    collation = next((f' COLLATE "{each}"' for each in COLLATIONS if each in collations), "")
    statements = FORWARDS.format(
        cases=" ".join(cases),
        collation=collation,
        longest=LONGEST,
        signs=SIGNS,
        spaces=" " * len(SIGNS),
    )
    schema_editor.execute(statements, params=None)


def forget_what_is_searched(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(BACKWARDS, params=None)


class Migration(migrations.Migration):
    dependencies = [("liveblog", "0005_latest_updates")]

    operations = [migrations.RunPython(keep_what_is_searched, forget_what_is_searched)]
