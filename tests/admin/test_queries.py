"""What the admin's pages cost does not grow with the newsroom."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from liveblog.models import Person, Picture, Source, Story, Topic, Update
from tests import cast

from .forms import add_page, list_of, page_of

pytestmark = pytest.mark.any_database

MODELS = ["story", "update", "source", "topic", "picture", "person"]


def _fill(story, count):
    """Rows straight into the tables: the numbers matter here, not their history."""
    number, author = story.updates.count(), cast.User.objects.first()
    Update.objects.bulk_create(
        Update(
            story=story,
            status="published",
            headline=f"Update {each}",
            published_at=timezone.now(),
            number=1 + number + each,
            revision=1 + number + each,
            created_by=author,
        )
        for each in range(count)
    )
    for model in (Topic, Source, Person):
        model.objects.bulk_create(
            model(name=f"Name {number + each}", slug=f"name-{number + each}")
            for each in range(count)
        )
    source = Source.objects.first()
    Picture.objects.bulk_create(Picture(alt=f"P {each}", credit=source) for each in range(count))
    Story.objects.bulk_create(
        Story(slug=f"story-{number + each}", headline="A story") for each in range(count)
    )


def _cost(client, address):
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(queries), len(answer.content)


def _same_cost(client, story, address):
    _fill(story, 60)
    client.get(address)  # content types are read once per process
    before, _ = _cost(client, address)
    _fill(story, 1000)
    after, size = _cost(client, address)
    assert after == before
    assert after <= 25
    assert size < 250_000


@pytest.mark.thorough
@pytest.mark.parametrize("model", MODELS)
def test_list_costs_the_same(editor, story, model):
    _same_cost(editor, story, list_of(model))


def test_search_costs_the_same(editor, story):
    _same_cost(editor, story, f"{list_of('update')}?q=Update")


def test_composer_costs_the_same(editor, story):
    _same_cost(editor, story, f"{add_page('update')}?story={story.pk}")


def test_story_page_costs_the_same(editor, story):
    _same_cost(editor, story, page_of(story))


def test_update_page_costs_the_same(editor, story):
    update = cast.publish(story, editor.user)
    _same_cost(editor, story, page_of(update))


def test_index_costs_the_same(editor, story):
    _same_cost(editor, story, "/admin/")
