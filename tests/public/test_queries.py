"""What a page costs the database, however much there is."""

import pytest

from liveblog.models import Person
from tests.newsroom import START, cite, make_picture, make_story, make_updates

pytestmark = pytest.mark.django_db

COUNTS = [5, 50, 500]


@pytest.fixture(params=COUNTS)
def story(request):
    """A story of so many updates, with everything that a page can show."""
    ana = Person.objects.create(name="Ana")
    story = make_story(slug="s", lead_picture=make_picture(), share_picture=make_picture())
    story.bylines.create(person=ana)
    updates = make_updates(story, request.param, is_key_event=True)
    for update in updates[-20:]:
        cite(update, "Efe")
        make_picture(update)
        update.bylines.create(person=ana)
        story.corrections.create(update=update, kind="correction", note="A.", corrected_at=START)
    updates[0].is_pinned = True
    updates[0].save()
    return story


@pytest.mark.parametrize("query", ["", "?order=oldest"])
def test_story_page_costs_four_queries(client, story, query, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        client.get(f"/live/s/{query}")


@pytest.mark.parametrize("story", COUNTS[1:], indirect=True)
def test_older_page_costs_three_queries(client, story, django_assert_num_queries):
    middle = story.updates.oldest_first()[story.updates.count() // 2]

    with django_assert_num_queries(3):
        client.get(f"/live/s/?before={middle.pk}")


def test_update_page_costs_five_queries(client, story, django_assert_num_queries):
    middle = story.updates.oldest_first()[2]

    with django_assert_num_queries(5):
        client.get(f"/live/s/updates/{middle.pk}/")


def test_embed_costs_two_queries(client, story, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get("/live/s/embed/")


def test_front_page_costs_one_query(client, story, django_assert_num_queries):
    make_updates(make_story(), 3)

    with django_assert_num_queries(1):
        client.get("/")


@pytest.mark.parametrize("address", ["/corrections/", "/live/s/corrections/", "/authors/ana/"])
def test_lists_cost_three_queries(client, story, address, django_assert_num_queries):
    with django_assert_num_queries(2 if address == "/corrections/" else 3):
        client.get(address)
