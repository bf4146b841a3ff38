"""What plain SQL reads is what the ORM reads."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Case, F, When
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from liveblog import publishing
from liveblog.models import Attribution, Person, Story, Webhook
from liveblog.publishing import Citation
from liveblog.publishing.locks import lock_stories
from liveblog.queries import highlights, plain_sql
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


def test_the_pin_is_found_by_its_index(story):
    """However long the story is; PostgreSQL chooses by size, and takes the index where it pays."""
    if connection.vendor != "sqlite":
        pytest.skip("The plan of SQLite.")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {highlights.PINNED}", [story.pk, 1, 0])
        plan = " ".join(row[3] for row in cursor.fetchall())

    assert "one_pin_per_story" in plan


def test_highlights_are_those_of_the_orm(story):
    public = story.updates.public()

    found = highlights.read_highlights([story.pk])[story.pk]

    assert found.key_events == list(public.key_events())
    assert found.newest == list(public.newest_first()[: highlights.NEWEST])
    assert found.headlines == list(
        public.exclude(headline="").newest_first()[: highlights.HEADLINES]
    )
    assert found.first_published_at == public.oldest_first().first().published_at
    assert found.pinned is None


def test_highlights_that_are_known_are_taken_until_they_change(story):
    before = highlights.read_highlights([story.pk])[story.pk]
    changed, same = story.updates.get(headline="Third"), story.updates.get(headline="Second")
    publishing.edit(changed, cast.content("Fourth"), by=changed.created_by, kind="typo")

    found = highlights.read_highlights([story.pk], known=before.updates)[story.pk]

    headlines = {each.pk: each.headline for each in found.newest}
    assert headlines[changed.pk] == "Fourth"
    assert {each.pk: each for each in found.newest}[same.pk] in before.newest
    assert any(each is known for each in found.newest for known in before.newest)
    assert found == highlights.read_highlights([story.pk])[story.pk]


def test_stories_of_the_front_page_are_those_of_the_orm(story):
    """Live ones first, then ended ones; the last updated first, those without any last."""
    editor = story.updates.first().created_by
    cast.make_story(editor, "Draft")
    publishing.end_story(cast.make_live_story(editor, "Ended"), by=editor)
    cast.make_live_story(editor, "Newer")
    Story.objects.filter(pk=cast.make_live_story(editor, "Empty").pk).update(last_updated_at=None)
    live_first = Case(When(status=Story.Status.LIVE, then=0), default=1)
    in_order = (live_first, F("last_updated_at").desc(nulls_last=True), "-id")
    expected = [columns_of(each) for each in Story.objects.public().order_by(*in_order)]

    read = [columns_of(each) for each in plain_sql.read_front_stories(10)]

    assert read == expected
    assert [each["headline"] for each in read][1:] == [story.headline, "Empty", "Ended"]
    assert [columns_of(each) for each in plain_sql.read_front_stories(2)] == expected[:2]


@pytest.mark.parametrize("id", [0, 2**31, 2**63, 10**30])
def test_a_number_that_is_no_storys_finds_none(id):
    assert plain_sql.find_story(id) is None


def test_update_rows_are_those_of_the_orm(story):
    for expected in story.updates.all():
        assert columns_of(plain_sql.find_update(expected.pk)) == columns_of(expected)
    assert plain_sql.find_update(uuid.uuid4()) is None


def test_recent_texts_are_those_of_the_orm(story):
    """The story's other updates that were made or published lately, the newest first."""
    update = story.updates.get(headline="Second")
    since = timezone.now() - timedelta(minutes=2)
    story.updates.filter(headline="Third").update(created_at=since, published_at=since)
    others = story.updates.exclude(pk=update.pk).filter(created_at__gt=since)

    recent = plain_sql.read_recent_texts(update, since=since + timedelta(seconds=1), most=20)

    assert recent == list(others.order_by("-created_at").values_list("headline", "body"))
    assert {each.headline for each in recent} == {"Mended", "Gone", "Draft"}
    assert plain_sql.read_recent_texts(update, since=since, most=1) == recent[:1]
    assert plain_sql.read_recent_texts(update, since=timezone.now(), most=20) == []


def test_locked_stories_are_those_of_the_orm(story):
    other = cast.make_live_story(story.updates.first().created_by, "Other")
    with transaction.atomic():
        locked = lock_stories([other.pk, story.pk])

    assert [columns_of(each) for each in locked] == [
        columns_of(each) for each in Story.objects.order_by("pk")
    ]
    assert lock_stories([]) == []


@pytest.mark.parametrize(
    ("of", "has_webhooks"), [(None, False), ("other", False), ("all", True), ("this", True)]
)
def test_a_locked_story_says_whether_webhooks_follow_it(story, of, has_webhooks):
    other = cast.make_live_story(story.updates.first().created_by, "Other")
    followed = {"other": other, "all": None, "this": story}
    if of:
        Webhook.objects.create(name="Partner", url="https://example.org/", story=followed[of])

    with transaction.atomic():
        [locked] = lock_stories([story.pk])

    assert bool(locked.has_webhooks) == has_webhooks
