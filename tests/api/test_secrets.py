"""A token learns nothing of what its person, or its limit to one story, may not see."""

import pytest

from liveblog.models import Update
from tests.cast import make_live_story, make_reporter
from tests.hidden import UNKNOWN, make_hidden, words_of

from .client import Program

pytestmark = pytest.mark.django_db

VERBS = ["publish", "submit", "send-back", "schedule", "unschedule", "retract", "restore"]
WRITTEN = {"text": "Words.", "status": "draft"}


@pytest.fixture
def hidden(editor, chief):
    return make_hidden(editor, chief)


@pytest.fixture(params=["another team's", "a token for one story"])
def blind(request, editor, chief, story, hidden):
    """A program that sees one story, and not those that are hidden."""
    if request.param == "another team's":
        return Program(make_reporter("ron"), chief)
    return Program(editor, chief, story=story)


PATHS = [
    *("GET /stories/{slug}", "GET /stories/{slug}/updates", "PATCH /stories/{slug}"),
    *("GET /stories/{slug}/export?format=liveblog", "GET /stories/{slug}/export?format=html"),
    *("POST /stories/{slug}/open", "POST /stories/{slug}/end", "POST /stories/{slug}/withdraw"),
    *("GET /stories/{slug}/updates/{update}", "PUT /stories/{slug}/updates/{update}"),
    *(f"POST /stories/{{slug}}/updates/{{update}}/{verb}" for verb in [*VERBS, "pin", "unpin"]),
    "POST /stories/{slug}/updates",
]


@pytest.mark.thorough
@pytest.mark.parametrize("path", PATHS)
def test_a_hidden_storys_address_is_as_one_that_is_not_there(blind, hidden, path):
    method, _, path = path.partition(" ")

    def ask(slug, update):
        data = WRITTEN if method == "PUT" or path.endswith("/updates") else {}
        data = {"scheduled_for": "2031-01-01T10:00:00Z"} if "schedule" in path else data
        there = path.format(slug=slug, update=update)
        return words_of(blind.ask(method, there, data, idempotency_key="a"))

    unknown = ask(UNKNOWN["slugs"], UNKNOWN["updates"])
    assert unknown[0] == 404
    for slug in hidden["slugs"]:
        for update in hidden["updates"]:
            assert ask(slug, update) == unknown


@pytest.mark.thorough
@pytest.mark.parametrize("verb", ["", *VERBS, "pin", "unpin"])
def test_a_hidden_update_is_none_of_ones_own_story(blind, story, hidden, verb):
    def ask(id):
        path = f"/stories/{story.slug}/updates/{id}/{verb}".rstrip("/")
        data = {"scheduled_for": "2031-01-01T10:00:00Z"} if verb == "schedule" else {}
        return words_of(blind.post(path, data) if verb else blind.get(path))

    unknown = ask(UNKNOWN["updates"])
    assert unknown[0] == 404
    for id in hidden["updates"]:
        assert ask(id) == unknown


@pytest.mark.thorough
@pytest.mark.parametrize("more", [{}, {"status": "published"}, {"is_pinned": True}])
@pytest.mark.parametrize("headers", [{}, {"if_match": '"1"'}])
def test_a_hidden_updates_id_is_not_found(blind, story, hidden, more, headers):
    before = list(Update.objects.order_by("pk").values_list("pk", "version", "story"))
    for id in hidden["updates"]:
        answer = blind.put(story, id, WRITTEN | more, **headers)
        assert words_of(answer)[0] == 404

    assert list(Update.objects.order_by("pk").values_list("pk", "version", "story")) == before


def test_an_id_of_a_story_that_the_token_sees_is_taken(program, editor, story):
    other = make_live_story(editor, "Another")
    id = "5b7d2f0e-7c0c-4f0e-9f64-2a3d3a4f9d12"
    program.put(other, id, WRITTEN)

    assert program.put(story, id, WRITTEN).status_code == 409


def test_lists_name_nothing_that_is_hidden(blind, story, hidden):
    for path in ("/stories", "/stories?status=draft", "/sources?q=mangrove", "/topics", "/me"):
        answer = blind.get(path)
        words_of(answer)
        assert all(slug not in answer.content.decode() for slug in hidden["slugs"])


def test_opening_a_story_names_only_its_own_updates(program, story, hidden):
    unknown = program.post(f"/stories/{story.slug}/open", {"updates": [UNKNOWN["updates"]]})
    for id in hidden["updates"]:
        answer = program.post(f"/stories/{story.slug}/open", {"updates": [id]})
        assert words_of(answer) == words_of(unknown)
