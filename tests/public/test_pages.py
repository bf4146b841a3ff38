"""Which updates stand on which page."""

import re
import uuid
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveblog.models import Story, Update
from liveblog.queries.highlights import read_highlights
from liveblog.queries.pagination import SIZE, first_size, read_page
from tests.newsroom import make_hidden_update, make_published_update, make_story, make_updates

pytestmark = pytest.mark.django_db


def page_of(story, before=None):
    return read_page(Story.objects.get(pk=story.pk), before)


def walk(story):
    pages, before = [], None
    while True:
        pages.append(page_of(story, before))
        before = pages[-1].older
        if before is None:
            return pages


@given(st.integers(0, 100_000))
def test_first_page_takes_the_remainder(count):
    size = first_size(count)

    assert size == count if count < 2 * SIZE else SIZE <= size < 2 * SIZE
    assert count < 2 * SIZE or (count - size) % SIZE == 0


@pytest.mark.parametrize("count", [0, 1, 19, 20, 21, 39, 40, 41, 59, 60, 79, 80, 101])
def test_pages_hold_each_update_once_in_order(count):
    story = make_story()
    made = make_updates(story, count) if count else []

    pages = walk(story)

    shown = [update.pk for page in pages for update in page.updates]
    assert shown == [update.pk for update in reversed(made)]
    assert {len(page.updates) for page in pages[1:]} <= {SIZE}
    assert pages[0].is_only == (count < 2 * SIZE)


def test_equal_moments_keep_the_order_of_publication():
    story = make_story()
    made = make_updates(story, 45)
    Update.objects.update(published_at=made[0].published_at)

    shown = [update.pk for page in walk(story) for update in page.updates]

    assert shown == [update.pk for update in reversed(made)]


def test_newer_leads_back_over_the_same_pages():
    story = make_story()
    make_updates(story, 107)
    pages = walk(story)

    for newer, older in pairwise(pages):
        assert older.newer == newer.before
    assert read_highlights([story.pk])[story.pk].beginning == pages[-1].before


def test_new_update_shifts_no_older_page():
    story = make_story()
    make_updates(story, 59)
    old = [page.updates for page in walk(story)[1:]]

    make_published_update(story, minute=600)

    assert [page.updates for page in walk(story)][-len(old) :] == old


def test_before_resolves_for_a_retracted_update():
    story = make_story()
    made = make_updates(story, 45)
    gone = made[20]
    Update.objects.filter(pk=gone.pk).update(status="retracted", retracted_at=gone.published_at)

    page = page_of(story, gone.pk)

    assert [update.pk for update in page.updates] == [each.pk for each in reversed(made[:20])]


def test_no_update_is_lost_between_pages_that_a_retraction_shifted():
    story = make_story()
    made = make_updates(story, 100)
    page = page_of(story, made[65].pk)

    newer = page_of(story, page.newer)

    ids = [update.pk for update in newer.updates + page.updates]
    assert ids == [each.pk for each in reversed(made[45:85])]


@pytest.mark.parametrize("before", [None, uuid.UUID(int=1)])
def test_unknown_id_is_the_first_page(before):
    story = make_story()
    make_updates(story, 3)

    assert page_of(story, before).is_first


def test_draft_of_the_same_story_is_unknown():
    story = make_story()
    make_updates(story, 45)
    draft = make_hidden_update(story, "draft", "x", published_at=story.last_updated_at)

    assert page_of(story, draft.pk).is_first


def test_page_says_where_the_others_are(client):
    story = make_story(slug="s")
    made = make_updates(story, 65)

    first = client.get("/live/s/").text
    older = client.get(f"/live/s/?before={made[40].pk}").text

    assert f'<a rel="next" href="/live/s/?before={made[40].pk}">' in first
    assert '<link rel="canonical" href="http://127.0.0.1:8000/live/s/">' in first
    assert (
        f'<link rel="canonical" href="http://127.0.0.1:8000/live/s/?before={made[40].pk}">' in older
    )
    assert '<a rel="prev" href="/live/s/">' in older
    assert ids_in(older) == [str(each.pk) for each in reversed(made[20:40])]


def test_oldest_first_begins_with_the_oldest(client):
    story = make_story(slug="s")
    made = make_updates(story, 65)

    begun = client.get("/live/s/?order=oldest").text
    next_page = client.get(f"/live/s/?before={made[40].pk}&order=oldest").text

    assert ids_in(begun) == [str(each.pk) for each in made[:20]]
    assert '<link rel="canonical" href="http://127.0.0.1:8000/live/s/">' in begun
    assert f"?before={made[40].pk}&amp;order=oldest" in begun
    assert ids_in(next_page) == [str(each.pk) for each in made[20:40]]


def test_oldest_page_by_its_place_is_its_own_canonical_address(client):
    """The page's link to the beginning leads there; the same updates stand on `?order=oldest`."""
    story = make_story(slug="s")
    made = make_updates(story, 65)

    begun = client.get("/live/s/?order=oldest").text
    by_place = client.get(f"/live/s/?before={made[20].pk}&order=oldest").text

    assert ids_in(by_place) == ids_in(begun)
    assert f'rel="canonical" href="http://127.0.0.1:8000/live/s/?before={made[20].pk}"' in by_place


def test_oldest_first_turns_an_only_page_round(client):
    story = make_story(slug="s")
    made = make_updates(story, 39)

    turned = client.get("/live/s/?order=oldest").text

    assert ids_in(turned) == [str(each.pk) for each in made]


def test_one_page_has_no_pager(client):
    make_updates(make_story(slug="s"), 39)

    assert "pager" not in client.get("/live/s/").text


def ids_in(html):
    return re.findall(r'<article [^>]*data-id="([0-9a-f-]+)"', html)


@pytest.mark.parametrize(
    ("query", "newest"),
    [("", "#updates-title"), ("?order=oldest", "/live/s/"), ("?before={older}", "/live/s/")],
)
def test_way_to_the_newest_leads_there_from_every_page(client, query, newest):
    made = make_updates(make_story(slug="s"), 45)

    html = client.get("/live/s/" + query.format(older=made[20].pk)).text

    assert f'class="jump" href="{newest}"' in html


@pytest.mark.parametrize(("count", "is_said"), [(39, False), (40, True)])
def test_paper_says_where_the_other_pages_are(client, settings, count, is_said):
    settings.SITE_URL = "https://live.example.org"
    make_updates(make_story(slug="s"), count)

    html = client.get("/live/s/").text

    assert ("Pages of this story: https://live.example.org/live/s/</p>" in html) is is_said
