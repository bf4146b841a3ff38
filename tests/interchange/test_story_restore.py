"""What our own export brings back beside the public pages."""

import json
from uuid import uuid4

import pytest
from django.db import connection

from liveblog import publishing
from liveblog.models import Correction, Story, Update, Version
from tests import cast
from tests.interchange.importing import bring_in, empty_the_newsroom, exported
from tests.interchange.samples import sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def again(tmp_path):
    """Take a story out, empty the newsroom, and bring the story in again."""

    def again(story):
        path = exported(story, tmp_path / "story.json")
        empty_the_newsroom()
        code, ledger = bring_in(path, tmp_path)
        assert (code, ledger["story"]) == (0, story.slug)
        return Story.objects.get()

    return again


def test_history_of_deleted_drafts_comes_back(again):
    editor = cast.make_editor()
    story = cast.make_live_story(editor)
    draft = cast.new_update(story)
    publishing.save_draft(draft, cast.content("Never published."), by=editor)
    publishing.delete_draft(draft, by=editor)
    pasts = list(Version.objects.filter(update_id_was=draft.pk).order_by("id").values_list(*WHAT))

    again(story)

    found = Version.objects.filter(update_id_was=draft.pk)
    assert len(pasts) == 2
    assert list(found.order_by("id").values_list(*WHAT)) == pasts


WHAT = ("update", "version", "verb", "by__username", "content__body")


def test_note_to_the_writer_comes_back(again):
    editor, reporter = cast.make_editor(), cast.make_reporter()
    story = cast.make_live_story(editor)
    update = cast.new_update(story)
    publishing.submit(update, by=reporter, content=cast.content("Three ships."))
    publishing.send_back(update, by=editor, note="Which ships?")
    before = Update.objects.filter(pk=update.pk).values().get()

    again(story)

    after = Update.objects.filter(pk=update.pk).values().get()
    names = ("sent_back_at", "sent_back_by_id", "sent_back_note", "created_by_id")
    assert [after[name] for name in names] == [before[name] for name in names]
    assert after["sent_back_note"] == "Which ships?"


def test_alarm_of_silence_comes_back(again):
    editor = cast.make_editor()
    story = publishing.set_silence_alarm(cast.make_live_story(editor), 20, by=editor)

    assert again(story).silence_alarm == 20


def test_story_that_was_never_opened_comes_back_with_its_age(again):
    editor = cast.make_editor()
    story = publishing.set_silence_alarm(cast.make_story(editor), 20, by=editor)
    before = Story.objects.values("uid", "version", "created_at", "status", "revision").get()

    restored = again(story)

    assert {name: getattr(restored, name) for name in before} == before
    assert restored.silence_alarm == 20


def test_correction_of_a_newer_export_comes_along(tmp_path):
    editor = cast.make_editor()
    story = cast.make_live_story(editor)
    cast.publish(story, editor, "First words.")
    path = exported(story, tmp_path / "story.json")
    corrected = cast.publish(story, editor, "The bridge is shut.")
    publishing.correct(corrected, cast.content("It is open."), by=editor, note="It is open.")
    newer = exported(story, tmp_path / "newer.json")
    empty_the_newsroom()
    bring_in(path, tmp_path)

    bring_in(newer, tmp_path, publish=True)

    story = Story.objects.get()
    assert (story.update_count, story.correction_count) == (2, 1)
    assert Correction.objects.public().get().update.kind == "correction"


@pytest.mark.parametrize("publish", [True, False])
def test_correction_of_a_draft_is_not_told(tmp_path, publish):
    data = json.loads(sample("liveblog/live.json"))
    bring_in(_written(data, tmp_path), tmp_path)
    published = next(each for each in data["updates"] if each["status"] == "published")
    correction = {
        "id": str(uuid4()),
        "kind": "correction",
        "note": "CANARY",
        "corrected_at": published["published_at"],
    }
    more = {"id": str(uuid4()), "corrections": [correction], "is_pinned": False}
    data["updates"].append({**published, **more})

    bring_in(_written(data, tmp_path), tmp_path, publish=publish)

    assert Correction.objects.filter(note="CANARY").exists() == publish


def test_many_pictures_are_asked_for_in_parts(tmp_path):
    data = json.loads(sample("liveblog/live.json"))
    data["pictures"] += [{"id": str(uuid4()), "alt": "A ship."} for _ in range(1100)]
    asked = []

    def count(execute, sql, params, many, context):
        if sql.startswith("SELECT"):
            asked.append(len(params or ()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        bring_in(_written(data, tmp_path), tmp_path)

    assert 500 <= max(asked) <= 510


def _written(data, folder):
    path = folder / "own.json"
    path.write_text(json.dumps(data))
    return path
