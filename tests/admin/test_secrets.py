"""What a reporter is told of a team's story that they are not on: nothing, by any parameter.

By its address, by a search, by a list's filter: no word of the hidden rows is in any answer,
and a list filtered by one says what it says of none.
"""

import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from liveblog import publishing
from liveblog.models import Version
from tests import cast

from . import walk
from .conftest import _sign_in

pytestmark = pytest.mark.django_db

SECRET = "Zanzibar"  # in all that the reporter may not read; "mangrove" stands beside it
WORDS = f"{SECRET} mangrove"
LOOKUPS = {"stories": "story__id__exact", "updates": "id__exact"}
UNKNOWN = {"stories": "999999", "updates": str(uuid.UUID(int=7)), "versions": "999999"}


@pytest.fixture
def people(db):
    return {
        "editor": cast.make_editor(),
        "reporter": cast.make_reporter(),
        "chief": cast.make_chief(),
    }


@pytest.fixture
def newsroom(people):
    return walk.make_newsroom(people["editor"], people["reporter"], people["chief"])


@pytest.fixture
def hidden(newsroom, people):
    """Ids of what the other team has: two stories, an update in each state, their history."""
    editor = people["editor"]
    story = cast.make_story(editor, WORDS, slug="hidden", editors_note=WORDS, standfirst=WORDS)
    live = cast.make_live_story(editor, "A public headline", editors_note=WORDS)
    new, content = (lambda: cast.new_update(live)), cast.content(f"{WORDS}.")
    later = timezone.now() + timedelta(hours=1)
    updates = [
        publishing.save_draft(cast.new_update(story), content, by=editor),
        publishing.save_draft(new(), content, by=editor),
        publishing.submit(new(), content=content, by=editor),
        publishing.schedule(new(), content=content, by=editor, at=later),
        publishing.retract(
            publishing.publish(new(), content=content, by=editor), by=editor, without_trace=True
        ),
    ]
    for each in (story, live):
        publishing.set_team(each, [editor], by=people["chief"])
    versions = Version.objects.filter(story__in=[story, live])
    return {
        "stories": [str(story.pk), str(live.pk)],
        "updates": [str(each.pk) for each in updates],
        "versions": [str(versions.order_by("pk").first().pk), str(versions.latest("pk").pk)],
    }


@pytest.fixture
def client(people):
    return _sign_in(people["reporter"])


@pytest.fixture
def pages(client, newsroom):
    """The addresses that answer a reporter at all."""
    return {
        name: path
        for name, path in walk.addresses(newsroom).items()
        if client.get(path).status_code in {200, 302, 405}
    }


def words_of(answer):
    """What an answer says to whoever looks at it, without figures, which are ids and times."""
    text = answer.content.decode(errors="replace") if not answer.streaming else ""
    assert SECRET not in text, answer.request["PATH_INFO"]
    visible = re.sub(r"[0-9a-f-]*[0-9][0-9a-f-]*", "#", re.sub(r"<[^>]*>", " ", text))
    return answer.status_code, visible.split()


@pytest.mark.parametrize("kind", LOOKUPS)
def test_a_lists_filter_tells_nothing(client, hidden, kind):
    path = "/admin/liveblog/update/"
    unknown = ask(client, path, [LOOKUPS[kind]], UNKNOWN[kind])

    for id in hidden[kind]:
        told = ask(client, path, [LOOKUPS[kind]], id)
        assert told == unknown


def ask(client, path, names, id):
    query = "&".join(f"{name}={id}" for name in names)
    return words_of(client.get(f"{path}?{query}"))


@pytest.mark.parametrize(
    "query",
    [
        "q=mangrove",
        "_popup=1&q=mangrove",
        "_popup=1&_to_field=id",
        "term=mangrove&app_label=liveblog&model_name=update&field_name=story",
        "app_label=liveblog&model_name=storybyline&field_name=story&term=mangrove",
        "app_label=liveblog&model_name=updatepicture&field_name=update&term=mangrove",
    ],
)
def test_a_search_finds_nothing_of_another_teams(client, pages, hidden, query):
    for path in [*pages.values(), "/admin/autocomplete/"]:
        words_of(client.get(f"{path}?{query}"))


@pytest.mark.parametrize(
    ("kind", "model", "label"), [("stories", "story", "open"), ("updates", "update", "own")]
)
def test_an_address_of_a_hidden_object_tells_nothing(client, newsroom, hidden, kind, model, label):
    mine = str(newsroom[model][label].pk)
    for path in walk.addresses(newsroom).values():
        if f"/liveblog/{model}/{mine}/" in path:
            for id in hidden[kind]:
                there = path.replace(f"/{mine}/", f"/{id}/")
                for answer in (client.get(there), client.post(there)):
                    assert answer.status_code in {200, 302, 403, 404, 405}
                    words_of(answer)
