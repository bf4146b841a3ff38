"""What plain SQL reads is what the ORM reads."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liveblog import publishing
from liveblog.models import Attribution, Person, Story
from liveblog.publishing import Citation
from liveblog.queries import landmarks, plain_sql
from liveblog.queries.pagination import UpdateRow
from liveblog.queries.update_parts import load_parts
from tests import cast, newsroom

pytestmark = pytest.mark.django_db


def columns_of(row):
    return {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields}


def parts_of(update):
    """All that an update shows beside its text, and those whom it names."""
    return {
        "attributions": [
            (columns_of(each), columns_of(each.source)) for each in update.attributions.all()
        ],
        "bylines": [(columns_of(each), columns_of(each.person)) for each in update.bylines.all()],
        "pictures": [columns_of(each) for each in update.pictures.all()],
        "corrections": [columns_of(each) for each in update.corrections.all()],
    }


@pytest.fixture
def story():
    """A story with updates that have all parts, some, and none."""
    editor = cast.make_editor()
    story = cast.make_live_story(editor)
    roles = Attribution.Role
    cited = [
        Citation(cast.make_source("Reuters"), role=roles.QUOTED, url="https://example.org/a"),
        Citation(cast.make_source("Efe")),
    ]
    people = [Person.objects.create(name=name) for name in ("Zoe", "Ana")]
    first = cast.publish(story, editor, "First", sources=tuple(cited), bylines=tuple(people))
    cast.publish(story, editor, "Second")
    cast.publish(story, editor, "Third", sources=(cited[1],), is_key_event=True)
    gone = cast.publish(story, editor, "Gone")
    publishing.retract(gone, by=editor, note="Was wrong.")
    mended = cast.content("Mended", sources=tuple(cited), bylines=tuple(people))
    publishing.edit(first, mended, by=editor, kind="correction", note="Was wrong.")
    newsroom.make_picture(first)
    publishing.save_draft(cast.new_update(story), cast.content("Draft"), by=editor)
    return Story.objects.get(pk=story.pk)


def test_parts_are_those_of_the_orm(story):
    expected = list(story.updates.with_parts())
    loaded = list(story.updates.all())

    load_parts(loaded)

    with CaptureQueriesContext(connection) as queries:
        assert [parts_of(each) for each in loaded] == [parts_of(each) for each in expected]
    assert len(queries) == 0
    assert sum(len(each.attributions.all()) for each in expected) == 3
    assert sum(len(each.corrections.all()) for each in expected) == 1


def test_filters_on_loaded_parts_stay_within_the_update(story):
    update = story.updates.get(headline="Third")

    load_parts([update])

    assert update.attributions.filter(source__name="Reuters").count() == 0
    assert update.attributions.filter(source__name="Efe").count() == 1


def test_story_rows_are_those_of_the_orm(story):
    expected = columns_of(Story.objects.get(pk=story.pk))

    assert columns_of(plain_sql.find_story(story.pk)) == expected
    assert columns_of(plain_sql.find_known_story(story.slug)) == expected


def test_no_draft_story_is_known_to_readers():
    draft = cast.make_story(cast.make_editor())

    assert plain_sql.find_known_story(draft.slug) is None
    assert plain_sql.find_story(draft.pk) == draft


def test_story_is_no_more_where_it_was_once_it_has_changed(story):
    assert plain_sql.is_at(story)

    cast.publish(story, cast.make_editor("erik"), "Fourth")

    assert not plain_sql.is_at(story)


def test_changed_updates_are_those_of_the_orm(story):
    expected = story.updates.seen().changed_since(1, upto=story.revision)

    found = plain_sql.read_changed(story, 1, most=100)

    assert [columns_of(each) for each in found] == [columns_of(each) for each in expected]
    assert len(found) == 4


def test_newest_columns_are_those_of_the_orm(story):
    newest = story.updates.public().newest_first()[:2]
    expected = [tuple(row) for row in newest.values_list(*UpdateRow._fields)]

    assert plain_sql.read_newest_columns(story, UpdateRow._fields, most=2) == expected
    assert len(expected) == 2


def test_landmarks_are_those_of_the_orm(story):
    public = story.updates.public()

    found = landmarks.read_landmarks([story.pk])[story.pk]

    assert found.key_events == list(public.key_events())
    assert found.newest == list(public.newest_first()[: landmarks.NEWEST])
    assert found.headlines == list(
        public.exclude(headline="").newest_first()[: landmarks.HEADLINES]
    )
    assert found.first_published_at == public.oldest_first().first().published_at
    assert found.pinned is None
