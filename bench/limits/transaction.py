"""The limit of publishing: one bare transaction that writes the same rows and rings.

Copies the newest published row of a story, with its citation and its version. Reads a
story's id a line, answers with the milliseconds; the database is `DATABASE_URL`.
"""

import json
import os
import sys
import time
import uuid

import psycopg

STEPS = [
    "SELECT revision FROM liveblog_story WHERE id = %(story)s FOR UPDATE",
    """INSERT INTO liveblog_update ({columns}) SELECT {columns} FROM (
         SELECT (jsonb_populate_record(u, jsonb_build_object(
           'id', %(id)s::text, 'number', s.revision + 1, 'revision', s.revision + 1))).*
         FROM liveblog_update u JOIN liveblog_story s ON s.id = u.story_id
         WHERE u.id = %(like)s) AS copied""",
    """INSERT INTO liveblog_attribution (update_id, source_id, role, url, position)
       SELECT %(id)s, source_id, role, url, position FROM liveblog_attribution
       WHERE update_id = %(like)s""",
    """UPDATE liveblog_story SET revision = revision + 1, changed_revision = revision + 1,
       last_updated_at = now(), update_count = update_count + 1 WHERE id = %(story)s""",
    """INSERT INTO liveblog_version (story_id, update_id, update_id_was, version, revision,
         verb, note, content, by_id, at)
       SELECT story_id, %(id)s, %(id)s, version, revision, verb, note, content, by_id, now()
       FROM liveblog_version WHERE update_id = %(like)s LIMIT 1""",
    """INSERT INTO liveblog_auditentry (at, person_id, person, program, address, request_id,
         action, kind, object_id, name, details)
       SELECT now(), person_id, person, program, address, request_id, action, kind, object_id,
         name, details
       FROM liveblog_auditentry WHERE object_id = %(like)s::text ORDER BY id DESC LIMIT 1""",
    "SELECT pg_notify('liveblog_limit', '1:2')",
]
COLUMNS = """SELECT string_agg(column_name, ', ') FROM information_schema.columns
    WHERE table_name = 'liveblog_update' AND is_generated = 'NEVER'"""
LIKE = """SELECT update_id FROM liveblog_version WHERE story_id = %s AND verb = 'publish'
          ORDER BY id DESC LIMIT 1"""

with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    (columns,) = connection.execute(COLUMNS).fetchone()
    steps = [step.replace("{columns}", columns) for step in STEPS]
    for line in sys.stdin:
        story = json.loads(line)["limit"]
        (like,) = connection.execute(LIKE, [story]).fetchone()
        connection.commit()
        given = {"story": story, "like": like, "id": uuid.uuid4()}
        begun = time.perf_counter()
        for step in steps:
            connection.execute(step, given)
        connection.commit()
        sys.stdout.write(f'{{"ms": {1000 * (time.perf_counter() - begun)}}}\n')
        sys.stdout.flush()
