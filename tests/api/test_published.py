"""Published updates as data: every change once, removals among them, nothing unpublished."""

import pytest

from liveblog import publishing
from liveblog.models import Story, Update
from liveblog.queries import changes
from tests import cast
from tests.newsroom import make_updates

pytestmark = pytest.mark.django_db


def follow(program, story, after="", limit=100):
    """Ask until there is no more; return all changes and the cursor."""
    changes, asked = [], f"after={after}&" if after else ""
    while True:
        data = program.get(f"/stories/{story.slug}/updates?{asked}limit={limit}").json()
        assert not data["reload"]
        changes += data["changes"]
        if not data["more"]:
            return changes, data["cursor"]
        asked = f"after={data['cursor']}&"


def test_what_is_published_is_told_as_data(program, story, editor):
    update = cast.publish(story, editor, "Words.", is_key_event=True)

    (change,), cursor = follow(program, story)

    assert change["type"] == "update"
    assert change["id"] == str(update.pk)
    assert change["plain_text"] == "Words."
    assert f'id="update-{update.pk}"' in change["html"]
    assert cursor == Story.objects.get().cursor


def test_only_what_changed_is_told(program, story, editor):
    first, second = (cast.publish(story, editor) for _ in range(2))
    _, cursor = follow(program, story)
    publishing.retract(first, by=editor, note="Wrong.")
    publishing.edit(second, cast.content("Better."), by=editor, kind="typo")

    changes, _ = follow(program, story, cursor)

    assert [(each["type"], each["id"]) for each in changes] == [
        ("removal", str(first.pk)),
        ("update", str(second.pk)),
    ]
    assert set(changes[0]) == {"type", "id", "revision"}
    assert follow(program, story, follow(program, story)[1])[0] == []


def test_nothing_unpublished_is_told(program, story, editor):
    publishing.save_draft(cast.new_update(story), cast.content("Hidden words."), by=editor)
    gone = cast.publish(story, editor, "Hidden words.")
    publishing.retract(gone, by=editor, without_trace=True)

    response = program.get(f"/stories/{story.slug}/updates")

    assert b"Hidden" not in response.content


@pytest.mark.parametrize("limit", [1, 7, 500])
def test_a_long_story_comes_page_by_page(program, story, limit):
    updates = make_updates(Story.objects.get(), 40)

    changes, cursor = follow(program, story, limit=limit)

    assert [each["id"] for each in changes] == [str(each.pk) for each in updates]
    assert cursor == Story.objects.get().cursor


def test_more_than_any_page_would_take_is_told_too(program, story):
    make_updates(Story.objects.get(), 620)

    assert len(follow(program, story)[0]) == 620


def test_a_rename_before_the_first_page_reloads_nobody(program, story, editor):
    efe = cast.make_source()
    for _ in range(6):
        cast.publish(story, editor, sources=(publishing.Citation(efe),))
    publishing.rename_source(efe, by=cast.make_chief("cleo"), name="EFE")

    changes, _ = follow(program, story, limit=2)

    assert {each["sources"][0]["name"] for each in changes} == {"EFE"}


def test_a_rename_between_two_pages_makes_reload(program, story, editor):
    efe = cast.make_source()
    for _ in range(6):
        cast.publish(story, editor, sources=(publishing.Citation(efe),))
    cursor = program.get(f"/stories/{story.slug}/updates?limit=2").json()["cursor"]
    publishing.rename_source(efe, by=cast.make_chief("cleo"), name="EFE")

    data = program.get(f"/stories/{story.slug}/updates?after={cursor}").json()

    assert (data["reload"], data["changes"]) == (True, [])


@pytest.fixture
def imported(story, monkeypatch):
    """Updates of one revision, as an import leaves them: more than one answer holds."""
    monkeypatch.setattr(changes, "LONGEST", 30)
    updates = make_updates(Story.objects.get(), 100)
    newest = Story.objects.get().revision
    Update.objects.update(revision=newest)
    return updates


@pytest.mark.parametrize("limit", [1, 30])
def test_a_large_revision_comes_in_several_answers(program, story, imported, limit):
    data = program.get(f"/stories/{story.slug}/updates?limit={limit}").json()
    everything, cursor = follow(program, story, limit=limit)

    assert (len(data["changes"]), data["more"]) == (30, True)
    assert len(data["cursor"]) <= 80
    ids = [each["id"] for each in everything]
    assert (len(ids), set(ids)) == (100, {str(each.pk) for each in imported})
    assert cursor == Story.objects.get().cursor


def test_what_changes_between_answers_of_a_revision_is_not_lost(program, story, imported, editor):
    first = program.get(f"/stories/{story.slug}/updates").json()
    known = [each["id"] for each in first["changes"]]
    unknown = next(str(each.pk) for each in imported if str(each.pk) not in known)
    for id in (known[0], unknown):
        publishing.edit(Update.objects.get(pk=id), cast.content("New."), by=editor, kind="typo")

    rest, _cursor = follow(program, story, first["cursor"])

    assert {each["id"] for each in rest} == {str(each.pk) for each in imported} - {*known[1:]}
    assert len(rest) == 71


@pytest.mark.parametrize("after", ["x", "abc-1", "-1", "0-0", "1-2-3-4", "%00", "ab-99999999"])
def test_a_cursor_that_is_none_makes_reload(program, story, after):
    response = program.get(f"/stories/{story.slug}/updates?after={after}")

    assert (response.status_code, response.json()["reload"]) == (200, True)


def test_what_the_caller_has_is_not_sent_again(program, story, editor):
    cast.publish(story, editor)
    first = program.get(f"/stories/{story.slug}/updates")

    again = program.get(f"/stories/{story.slug}/updates", if_none_match=first.headers["ETag"])

    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert "X-Liveblog-Story" not in first.headers
