"""What a change's statements write is what the ORM writes."""

import uuid
from copy import copy

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from liveblog.models import Attribution, AuditEntry, Update, Version
from liveblog.publishing.statements import delete_of, inserts_of, update_of
from liveblog.round_trips import run
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def update():
    editor = cast.make_editor()
    return cast.publish(cast.make_live_story(editor), editor, "First")


def columns_of(row, *, but="id"):
    """What the database holds of a row, but for its key."""
    found = type(row).objects.filter(pk=row.pk).values().get()
    return {name: value for name, value in found.items() if name != but}


def new_rows(update):
    """A row of each kind that a publication writes, as a function that makes another."""
    now, text = timezone.now(), "Said “100 % sure”; it's\\ true."
    yield lambda: Update(
        id=uuid.uuid4(),
        story=update.story,
        headline=text,
        body=f"<p>{text}</p>",
        published_at=now,
        created_by=update.created_by,
    )
    source = cast.make_source()
    yield lambda: Attribution(update=update, source=source, role="quoted", url="https://e.org/%20")
    yield lambda: Version(
        story=update.story,
        update=update,
        update_id_was=update.pk,
        version=7,
        verb="publish",
        content={"headline": text, "published_at": now, "id": update.pk},
        at=now,
    )
    yield lambda: AuditEntry(
        at=now, action="publish", address="2001:db8::1", name=text, details={"rows": 2}
    )


def test_inserts_write_what_the_orm_writes(update):
    for make in new_rows(update):
        expected, row = make(), make()
        with transaction.atomic():
            expected.save(force_insert=True)
            written = columns_of(expected)
            transaction.set_rollback(True)  # no two citations are the same

        run(inserts_of([row]))

        row.pk = row.pk or type(row).objects.latest("pk").pk
        assert columns_of(row) == written
        assert not row._state.adding


def test_many_rows_are_all_inserted(update):
    rows = [Attribution(update=update, source=cast.make_source(f"S{n}")) for n in range(250)]

    run(inserts_of(rows))

    assert Attribution.objects.filter(update=update).count() == 250


def test_an_update_writes_what_the_orm_writes(update):
    update.headline, update.body, update.revision = "It's\\ 5 %", "<p>Другий</p>", 9
    names = {"headline", "body", "body_html", "revision"}
    update.save(update_fields=names)
    expected = columns_of(update)
    Update.objects.filter(pk=update.pk).update(headline="", body="", body_html="", revision=2)

    run([update_of(copy(update), update.with_words(names))])

    assert columns_of(update) == expected
    assert "другий" in expected["search_words"]


def test_a_delete_takes_the_owners_rows_alone(update):
    other = cast.publish(update.story, update.created_by, "Second")
    source = cast.make_source()
    run(inserts_of([Attribution(update=each, source=source) for each in (update, other)]))

    run([delete_of(Attribution, {"update": update})])

    assert [each.update for each in Attribution.objects.all()] == [other]


def test_postgresql_takes_all_statements_at_once(update):
    statements = [update_of(update, ["headline"]), update_of(update, ["revision"])]

    with CaptureQueriesContext(connection) as queries:
        run(statements)
        run([])

    assert len(queries) == (1 if connection.vendor == "postgresql" else 2)


def test_a_refused_statement_undoes_those_before_it(update):
    update.headline, update.version = "Never", 0

    with pytest.raises(IntegrityError), transaction.atomic():
        run([update_of(update, ["headline"]), update_of(update, ["version"])])

    assert Update.objects.get(pk=update.pk).headline == "First"
