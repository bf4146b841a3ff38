"""What a page costs the database, however much there is."""

import pytest

from liveblog.models import Person, Source
from tests.newsroom import START, make_picture, make_story, make_updates, take_counts

pytestmark = pytest.mark.django_db

COUNTS = [5, 50, 500]


@pytest.fixture(params=COUNTS)
def story(request):
    """A story of so many updates, with everything that a page can show."""
    ana = Person.objects.create(name="Ana")
    story = make_story(slug="s", lead_picture=make_picture(), share_picture=make_picture())
    story.bylines.create(person=ana)
    updates = make_updates(story, request.param, is_key_event=True)
    efe = Source.objects.create(name="Efe", kind="agency")
    for update in updates[-20:]:
        update.attributions.create(source=efe)
        make_picture(update)
        update.bylines.create(person=ana)
        story.corrections.create(update=update, kind="correction", note="A.", corrected_at=START)
    updates[0].is_pinned = True
    updates[0].save()
    return take_counts(story)


@pytest.fixture(autouse=True)
def unchecked(settings):
    settings.CHECK_RENDERED = 0


@pytest.mark.parametrize("query", ["", "?order=oldest"])
def test_page_of_known_updates_costs_few_queries(client, story, query, django_assert_num_queries):
    address = f"/live/s/{query}"
    client.get(address)

    with django_assert_num_queries(3 if query and story.update_count >= 40 else 2):
        client.get(address)


def test_page_with_a_changed_update_costs_twelve_queries(
    client, story, django_assert_max_num_queries
):
    client.get("/live/s/")
    make_updates(story, 1, minute=600)

    with django_assert_max_num_queries(12):
        client.get("/live/s/")


@pytest.mark.parametrize("story", COUNTS[1:], indirect=True)
def test_older_page_costs_three_queries(client, story, django_assert_num_queries):
    middle = story.updates.oldest_first()[story.updates.count() // 2]
    client.get(f"/live/s/?before={middle.pk}")

    with django_assert_num_queries(3):
        client.get(f"/live/s/?before={middle.pk}")


def test_first_rendering_costs_the_same_however_long_the_story_is(
    client, story, django_assert_max_num_queries
):
    with django_assert_max_num_queries(19):  # two ask whether there are pictures and corrections
        client.get("/live/s/")


def test_update_page_costs_few_queries(client, story, django_assert_num_queries):
    middle = story.updates.oldest_first()[2]

    with django_assert_num_queries(12):
        client.get(f"/live/s/updates/{middle.pk}/")


def test_embed_costs_two_queries(client, story, django_assert_num_queries):
    with django_assert_num_queries(8):
        client.get("/live/s/embed/")
    with django_assert_num_queries(2):
        client.get("/live/s/embed/")


def test_front_page_of_known_stories_costs_one_query(client, story, django_assert_num_queries):
    make_updates(make_story(), 3)
    client.get("/")

    with django_assert_num_queries(1):
        client.get("/")


@pytest.mark.parametrize("count", [1, 8])
def test_front_page_reads_changed_stories_together(client, count, django_assert_max_num_queries):
    for _ in range(count):
        make_updates(make_story(lead_picture=make_picture()), 3)

    with django_assert_max_num_queries(5):
        client.get("/")


@pytest.mark.parametrize("address", ["/corrections/", "/live/s/corrections/", "/authors/ana/"])
def test_lists_cost_three_queries(client, story, address, django_assert_num_queries):
    with django_assert_num_queries(2 if address == "/corrections/" else 3):
        client.get(address)
