"""Lists are bounded, and say so."""

import pytest

from liveblog import publishing
from liveblog.models import Source
from tests import cast
from tests.newsroom import START, cite, make_hidden_update, make_story, make_updates

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("count", "is_more"), [(50, False), (51, True)])
def test_a_list_says_that_there_is_more(client, count, is_more):
    story = make_story(slug="s")
    for update in make_updates(story, count):
        cite(update, "Efe")
        story.corrections.create(update=update, kind="correction", note="A.", corrected_at=START)

    for address in ("/sources/efe/", "/corrections/", "/live/s/corrections/"):
        html = client.get(address).text
        assert ("The latest 50 are listed." in html) is is_more, address
        assert html.count('href="/live/s/updates/') == 50


def test_the_latest_of_corrections_and_retractions_are_listed(client):
    story = make_story(slug="s")
    for number, update in enumerate(make_updates(story, 50)):
        at = START.replace(hour=7, minute=number)
        story.corrections.create(update=update, kind="correction", note="A.", corrected_at=at)
    make_hidden_update(story, "retracted", "x", retraction_note="Long ago.", retracted_at=START)

    html = client.get("/corrections/").text

    assert "Long ago." not in html
    assert "The latest 50 are listed." in html


def test_words_of_ours_are_not_marked_as_the_storys_language(client):
    story = make_story(slug="s", language="uk")
    make_hidden_update(story, "retracted", "x", retraction_note="Помилка.", retracted_at=START)

    html = client.get("/corrections/").text

    assert "<h3>An update of " in html
    assert 'lang="uk" dir="auto">Помилка.' in html


@pytest.mark.parametrize(("kind", "said"), [("official", "official body"), ("", "not chosen")])
def test_a_source_says_its_kind_where_somebody_chose_one(client, kind, said):
    source = Source.objects.create(name="Radio Kursk", kind=kind)
    cite(make_updates(make_story(slug="s"), 1)[0], source)

    for address in ("/sources/radio-kursk/", "/live/s/"):
        assert (said in client.get(address).text) is bool(kind), address
        assert "outlet" not in client.get(address).text


def test_nobody_is_an_outlet_by_default():
    source = publishing.propose_source("Regional governor", by=cast.make_editor("ed"))

    assert source.kind == ""
