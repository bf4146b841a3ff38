"""`changes/<from>/<to>`: one address for each pair of cursors."""

import pytest

from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    editor = cast.make_editor()
    story = cast.make_live_story(editor, "Bridge", slug="bridge")
    cast.publish(story, editor, "First.")
    cast.publish(story, editor, "Second.")
    story.refresh_from_db()
    return story


def fetch(client, story, start, upto):
    return client.get(f"/live/bridge/changes/{story.epoch}-{start}/{story.epoch}-{upto}")


def test_answer_holds_what_came_between_and_is_fresh_for_20_seconds(client, story):
    answer = fetch(client, story, story.revision - 1, story.revision)

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=20"
    assert answer.json()["cursor"] == story.cursor
    assert [each["type"] for each in answer.json()["changes"]] == ["update", "story"]


def test_a_cursor_that_is_not_known_yet_is_asked_for_again(client, story):
    answer = fetch(client, story, story.revision, story.revision + 1)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "1"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("start", ["rubbish", "ffffff-1"])
def test_a_start_of_no_use_makes_reload(client, story, start):
    answer = client.get(f"/live/bridge/changes/{start}/{story.cursor}")

    assert answer.json()["reload"] is True
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("upto", ["rubbish", "0", "ffffff-99"])
def test_an_end_of_another_story_is_no_reason_to_wait(client, story, upto):
    answer = client.get(f"/live/bridge/changes/{story.epoch}-1/{upto}")

    assert answer.status_code == 200
    assert answer.json()["cursor"] == story.cursor
    assert answer.headers["Cache-Control"] == "no-store"  # anything may stand there
