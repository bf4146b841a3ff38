"""What the desk says to a reporter of a team's story that they are not on: nothing."""

import json

import pytest

from liveblog import publishing
from liveblog.models import Update
from tests.cast import new_update
from tests.hidden import UNKNOWN, make_hidden, words_of

pytestmark = pytest.mark.django_db

READS = ["", "changes", "rows?group=drafts&group=air", "sources?q=man", "people?q=man", "offered"]
VERBS = ["mark", "unmark", "pin", "unpin", "retract", "restore", "undo", "unschedule", "delete"]
WRITING = ["publish", "save_draft", "submit", "schedule", "unschedule", "edit"]


@pytest.fixture
def hidden(editor, chief):
    return make_hidden(editor.user, chief.user)


@pytest.mark.parametrize("path", READS)
def test_a_hidden_storys_desk_is_as_one_that_is_not_there(reporter, hidden, path):
    unknown = _read(reporter, UNKNOWN["stories"], path)

    assert unknown[0] in {302, 404}
    for key in hidden["stories"]:
        assert _read(reporter, key, path) == unknown


def _read(person, story, path):
    return words_of(person.get(f"/admin/liveblog/story/{story}/desk/{path}"))


@pytest.mark.thorough
@pytest.mark.parametrize("verb", ["", "check", "editing", "send", "send_back", *VERBS])
def test_a_hidden_update_is_none_of_ones_own_story(reporter, story, hidden, verb, words):
    path = f"updates/{{}}/{verb}".rstrip("/")

    def ask(key):
        call = reporter.tell if verb else reporter.ask
        sent = {"state": "open", "verb": "edit", "kind": "typo", "content": words()}
        return words_of(call(story, path.format(key), **(sent if verb else {})))

    unknown = ask(UNKNOWN["updates"])
    for key in hidden["updates"]:
        assert verb == "send" or ask(key) == unknown, key


@pytest.mark.thorough
@pytest.mark.parametrize("verb", WRITING)
@pytest.mark.parametrize("version", [0, 1, None])
def test_an_attempt_under_a_hidden_id_is_told_no_word_of_it(
    reporter, story, hidden, words, verb, version
):
    """The id is taken, which can't be helped; who has it, and what it says, is not said."""
    for key in hidden["updates"]:
        more = {"kind": "typo", "schedule_at": "2031-01-01 10:00", "pin": True}
        answer = reporter.send(story, key, verb, content=words(), version=version, **more)
        assert words_of(answer)[0] in {403, 409}
        assert set(answer.json()) <= {"error", "reason"}


def test_retracting_many_says_the_same_of_hidden_and_unknown_ones(editor, reporter, story, hidden):
    for person in (reporter, editor):
        ids = [UNKNOWN["updates"], *hidden["updates"]]
        answer = person.tell(story, "retract", ids=ids, note="Wrong.")
        words_of(answer)
        assert len({each["error"] for each in answer.json()["retracted"]}) == 1


def test_opening_a_story_publishes_nothing_of_anothers(editor, story, hidden):
    publishing.end_story(story, by=editor.user)
    own = publishing.save_draft(
        new_update(story), publishing.UpdateContent(headline="Own."), by=editor.user
    )

    editor.tell(story, "story", verb="open_story", updates=[str(own.pk), *hidden["updates"]])

    assert story.updates.public().count() == 1
    assert not Update.objects.public().filter(pk__in=hidden["updates"]).exists()


@pytest.mark.parametrize(
    "content",
    [
        {"pictures": ["{update}"]},
        {"sources": [{"id": 999999}]},
        {"bylines": [999999]},
        {"body": '<p><img src="/admin/liveblog/picture/{update}/image/"></p>'},
    ],
)
def test_content_that_names_hidden_keys_tells_nothing(reporter, story, hidden, words, content):
    def send(key):
        named = json.loads(json.dumps(content).replace("{update}", key))
        sent = words(**named)
        return words_of(reporter.send(story, UNKNOWN["updates"], "save_draft", content=sent))

    assert {str(send(key)) for key in hidden["updates"]} == {str(send(UNKNOWN["updates"]))}
