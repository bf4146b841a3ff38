"""Statements in one round trip do what they do one by one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liveblog import publishing
from liveblog.models import Source, Version
from liveblog.round_trips import read, run
from tests import cast

pytestmark = pytest.mark.django_db
NAME = "SELECT name FROM liveblog_source WHERE slug = %s"
RENAME = "UPDATE liveblog_source SET name = %s WHERE slug = %s"
WORDS = "Said “100 %s sure”; it's\\ 5 % true."


@pytest.fixture(params=["client", "server"])
def binding(request, monkeypatch):
    """Who puts values into a statement: psycopg's cursor as by default, or the database."""
    if request.param == "server":
        if connection.vendor != "postgresql":
            pytest.skip("SQLite knows one way.")
        from django.db.backends.postgresql.base import ServerBindingCursor

        connection.ensure_connection()
        monkeypatch.setattr(connection.connection, "cursor_factory", ServerBindingCursor)
        monkeypatch.setattr(connection.features, "uses_server_side_binding", True)
    return request.param


@pytest.mark.usefixtures("binding")
def test_each_statement_has_its_own_rows_in_order():
    source = cast.make_source("Efe")

    with CaptureQueriesContext(connection) as queries:
        run([(RENAME, ["First", source.slug]), (RENAME, [WORDS, source.slug])])
        found = read([(NAME, [source.slug]), (NAME, ["nobody"]), (NAME, [source.slug])])

    assert found == [[(WORDS,)], [], [(WORDS,)]]
    assert len(queries) == (2 if connection.vendor == "postgresql" else 5)


@pytest.mark.usefixtures("binding")
def test_no_statement_is_no_question(django_assert_num_queries):
    with django_assert_num_queries(0):
        run([])
        found = read([])

    assert found == []


@pytest.mark.usefixtures("binding")
def test_a_publication_takes_two_round_trips():
    editor = cast.make_editor()
    story = cast.make_live_story(editor)
    sources = (publishing.Citation(cast.make_source(WORDS)),)
    publishing.roles_of(editor)  # a request knows them
    update, content = cast.new_update(story), cast.content(WORDS, sources=sources)

    with CaptureQueriesContext(connection) as queries:
        row = publishing.publish(update, by=editor, content=content)

    asked = [each["sql"] for each in queries if "SAVEPOINT" not in each["sql"]]
    assert len(asked) == (2 if connection.vendor == "postgresql" else 7)
    assert row.attributions.get().source == Source.objects.get()
    assert Version.objects.get(update=row).content["headline"] == row.headline
