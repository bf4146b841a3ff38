"""Rich text is clean on every way into the database, and on every way out of it."""

import json
import uuid

import pytest
from django.core import serializers
from django.db import connection
from django.utils import timezone

from liveblog.models import Story, Update
from liveblog.richtext import CleanHTML, clean

pytestmark = pytest.mark.django_db

DIRTY = '<p onclick="x()">One <script>alert(1)</script><a href="https://a.org">link</a></p>'
CLEAN = '<p>One <a href="https://a.org">link</a></p>'
FOR_READERS = '<p>One <a rel="noopener" href="https://a.org">link</a></p>'


@pytest.fixture
def story():
    return Story.objects.create(slug="kursk", headline="Kursk")


def stored(update) -> tuple[str, str]:
    """What the table itself holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT body, body_html FROM liveblog_update")
        return cursor.fetchone()


def test_constructor_cleans():
    update = Update(body=DIRTY)

    assert update.body == CLEAN
    assert update.body_html == FOR_READERS


def test_assignment_cleans_and_derives_anew():
    update = Update(body="<p>Old</p>")
    assert update.body_html == "<p>Old</p>"

    update.body = DIRTY

    assert update.body == CLEAN
    assert update.body_html == FOR_READERS


def test_clean_text_derives_anew_as_well(story):
    Update.objects.create(story=story, body="<p>Old</p>")
    update = Update.objects.get()

    update.body = clean(DIRTY)

    assert update.body_html == FOR_READERS


@pytest.mark.parametrize("nothing", ["", None])
def test_nothing_is_empty_text(nothing):
    update = Update(body=nothing)

    assert update.body == ""
    assert update.body_html == ""


def test_save_stores_clean_text_and_its_readers_form(story):
    update = Update(story=story, body=DIRTY)
    update.save()

    assert stored(update) == (CLEAN, FOR_READERS)


def test_save_of_named_fields_stores_both(story):
    update = Update.objects.create(story=story, body="<p>Old</p>")
    update.body = DIRTY
    update.save(update_fields=["body", "body_html"])

    assert stored(update) == (CLEAN, FOR_READERS)


def test_bulk_create_stores_both(story):
    Update.objects.bulk_create([Update(story=story, body=DIRTY)])

    assert stored(Update.objects.get()) == (CLEAN, FOR_READERS)


def test_bulk_update_stores_both(story):
    update = Update.objects.create(story=story, body="<p>Old</p>")
    update.body = DIRTY
    Update.objects.bulk_update([update], ["body", "body_html"])

    assert stored(update) == (CLEAN, FOR_READERS)


def test_queryset_update_cleans(story):
    update = Update.objects.create(story=story, body="<p>Old</p>")
    Update.objects.update(body=DIRTY)

    assert stored(update)[0] == CLEAN


def test_raw_save_cleans(story):
    """As Django's own deserialiser saves: without `save()` and `pre_save`."""
    fields = {"story": ["kursk"], "body": DIRTY}
    row = {"model": "liveblog.update", "pk": str(uuid.uuid4()), "fields": fields}
    for loaded in serializers.deserialize("json", json.dumps([row])):
        loaded.save()

    assert stored(Update.objects.get()) == (CLEAN, FOR_READERS)


def test_get_or_create_cleans(story):
    update, _ = Update.objects.get_or_create(story=story, defaults={"body": DIRTY})

    assert stored(update) == (CLEAN, FOR_READERS)


def test_loaded_text_is_known_to_be_clean(story):
    Update.objects.create(story=story, body=DIRTY)
    update = Update.objects.get()

    assert type(update.body) is CleanHTML
    assert clean(update.body) is update.body
    assert type(update.body_html) is CleanHTML


def test_refresh_reads_both_anew(story):
    update = Update.objects.create(story=story, body="<p>Old</p>")
    same = Update.objects.get()
    same.body = DIRTY
    same.save()

    update.refresh_from_db()

    assert (update.body, update.body_html) == (CLEAN, FOR_READERS)


def test_deferred_text_is_loaded_when_asked_for(story, django_assert_num_queries):
    Update.objects.create(story=story, body=DIRTY)
    update = Update.objects.defer("body").get()

    with django_assert_num_queries(1):
        assert update.body == CLEAN
    assert update.body_html == FOR_READERS


def test_readers_form_needs_no_query_where_the_text_is_there(story, django_assert_num_queries):
    Update.objects.create(story=story, body=DIRTY)

    with django_assert_num_queries(1):
        assert Update.objects.defer("body_html").get().body_html == FOR_READERS


def test_only_one_text_is_loaded(story, django_assert_num_queries):
    Update.objects.create(story=story, body=DIRTY)

    with django_assert_num_queries(1):
        assert Update.objects.only("body_html").get().body_html == FOR_READERS


def test_assignment_to_deferred_text_is_saved(story):
    Update.objects.create(story=story, body="<p>Old</p>")
    update = Update.objects.only("id").get()
    update.body = DIRTY
    update.save()

    assert stored(update) == (CLEAN, FOR_READERS)


def test_readers_form_cannot_be_set(story):
    with pytest.raises(AttributeError, match="assign body"):
        Update(story=story, body=DIRTY, body_html="<script>alert(1)</script>")
    update = Update(story=story, body=DIRTY)
    with pytest.raises(AttributeError, match="assign body"):
        update.body_html = "<script>alert(1)</script>"

    assert update.body_html == FOR_READERS
    update.save()
    assert stored(update) == (CLEAN, FOR_READERS)


def test_readers_form_is_not_serialised(story):
    Update.objects.create(story=story, body=DIRTY)
    (row,) = json.loads(serializers.serialize("json", Update.objects.all()))

    assert row["fields"]["body"] == CLEAN
    assert "body_html" not in row["fields"]


def test_a_storys_texts_are_clean_too():
    story = Story(introduction=DIRTY, summary=DIRTY)

    assert (story.introduction, story.introduction_html) == (CLEAN, FOR_READERS)
    assert (story.summary, story.summary_html) == (CLEAN, FOR_READERS)


def test_ids_made_by_writers_are_serialised_as_data(story):
    update = Update.objects.create(story=story, created_at=timezone.now())
    (row,) = json.loads(serializers.serialize("json", [update], use_natural_primary_keys=True))

    assert row["fields"]["id"] == str(update.pk)
