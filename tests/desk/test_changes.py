"""A desk that followed every change, one that slept, and a fresh one show the same."""

import random
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from liveblog import publishing
from liveblog.publishing import PublishingError
from liveblog.queries.desk_rows import Group, Key, read_window
from tests import cast

GROUPS = Group.values


class Desk:
    """What a desk holds: rows by id, as the page's script keeps them."""

    def __init__(self, person, story):
        self.person, self.story = person, story
        self.reload()

    def reload(self):
        answer = self.person.ask(self.story, "rows", group=GROUPS, size=80).json()
        self.position, self.counts = answer["position"], answer["counts"]
        windows = answer["groups"].values()
        self.rows = {row["id"]: row for window in windows for row in window["rows"]}

    def catch_up(self):
        while True:
            answer = self.person.ask(self.story, "changes", after=self.position).json()
            self.position, self.counts = answer["position"], answer["counts"]
            if answer["reload"]:
                self.reload()
                return
            for change in answer["changes"]:
                if change["type"] == "removal":
                    self.rows.pop(change["id"], None)
                elif change["type"] == "update":
                    del change["type"]
                    self.rows[change["id"]] = change
            if not answer["more"]:
                return


def _act(dice, story, people, source):
    """Do one random thing; what the state of things refuses is no change."""
    person = dice.choice(people)
    known = list(story.updates.order_by("pk"))
    update = dice.choice(known) if known and dice.random() < 0.6 else cast.new_update(story)
    soon = timezone.now() + timedelta(hours=1)
    cited = (publishing.Citation(source),)
    act = dice.choice(
        [
            lambda: publishing.save_draft(update, cast.content(sources=cited), by=person),
            lambda: publishing.submit(update, by=person, content=cast.content()),
            lambda: publishing.send_back(update, by=person, note="Why?"),
            lambda: publishing.schedule(update, by=person, at=soon, content=cast.content()),
            lambda: publishing.unschedule(update, by=person),
            lambda: publishing.publish(update, by=person, content=cast.content(sources=cited)),
            lambda: publishing.edit(update, cast.content(), by=person, kind="typo"),
            lambda: publishing.correct(update, cast.content(), by=person, note="Wrong."),
            lambda: publishing.pin(update, by=person),
            lambda: publishing.mark_key_event(update, by=person),
            lambda: publishing.retract(update, by=person, note="Wrong."),
            lambda: publishing.restore(update, by=person),
            lambda: publishing.undo(update, by=person),
            lambda: publishing.delete_draft(update, by=person),
            lambda: publishing.rename_source(source, by=person, name=f"Source {dice.random()}"),
        ]
    )
    with suppress(PublishingError):
        act()


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(4))
def test_desks_are_equal_after_anything(seed, editor, chief, reporter, story):
    dice, source = random.Random(seed), cast.make_source("Efe")
    people = [editor.user, chief.user, reporter.user]
    awake, asleep, writer = Desk(editor, story), Desk(chief, story), Desk(reporter, story)

    most = 0
    for _ in range(60):
        _act(dice, story, people, source)
        awake.catch_up()
        most = max(most, len(awake.rows))
        if dice.random() < 0.3:
            writer.catch_up()
    asleep.catch_up()
    writer.catch_up()

    assert most > 1
    fresh = Desk(editor, story)
    assert awake.rows == fresh.rows
    assert asleep.rows == Desk(chief, story).rows
    assert awake.counts == fresh.counts == asleep.counts == writer.counts
    assert writer.rows == Desk(reporter, story).rows
    assert {id: row["key"] for id, row in writer.rows.items()} == {
        id: row["key"] for id, row in fresh.rows.items()
    }


def test_nothing_new_is_no_change(editor, story):
    desk = Desk(editor, story)

    answer = editor.ask(story, "changes", after=desk.position).json()

    assert (answer["changes"], answer["more"], answer["reload"]) == ([], False, False)
    assert answer["position"] == desk.position


@pytest.mark.parametrize("rubbish", ["", "x", "ffffff-1", "-1", "0-0-0", "9" * 50])
def test_a_position_that_can_not_be_continued_is_told_to_reload(editor, story, rubbish):
    assert editor.ask(story, "changes", after=rubbish).json()["reload"] is True


def test_a_position_ahead_of_the_history_is_told_to_reload(editor, story):
    assert editor.ask(story, "changes", after=f"{story.epoch}-999999999").json()["reload"] is True


def test_the_beginning_is_always_valid_and_comes_in_pages(editor, story):
    for _ in range(120):
        cast.publish(story, editor.user)

    first = editor.ask(story, "changes", after="0").json()
    rest = editor.ask(story, "changes", after=first["position"]).json()

    assert first["more"] is True
    ids = [each.get("id") for each in [*first["changes"], *rest["changes"]] if "id" in each]
    assert len(ids) == len(set(ids)) == 120


def test_the_storys_own_parts_come_too(editor, story):
    desk = Desk(editor, story)
    answer = editor.tell(story, "story", verb="edit_story", summary="<p>Closed.</p>")
    assert answer.status_code == 200

    (change,) = editor.ask(story, "changes", after=desk.position).json()["changes"]

    assert change["type"] == "story"
    assert "Closed." in change["html"]


def test_windows_hold_every_row_once_in_order(editor, story):
    for _ in range(7):
        cast.publish(story, editor.user)
        publishing.submit(cast.new_update(story), by=editor.user, content=cast.content())

    for group in (Group.AIR, Group.WAITING):
        window, seen = read_window(story, group, size=3), []
        while True:
            seen += [str(Key.of(each)) for each in window.rows]
            if not window.is_more_after:
                break
            window = read_window(story, group, after=seen[-1], size=3)
        assert len(set(seen)) == 7
        assert seen == sorted(seen, reverse=not group.is_ascending)
        back = read_window(story, group, before=seen[-1], size=3)
        assert [str(Key.of(each)) for each in back.rows] == seen[-4:-1]
        assert back.is_more_before


def test_search_finds_words_in_text_headline_and_source(editor, story):
    efe = cast.make_source("Efe")
    wanted = cast.publish(story, editor.user, "Ferry sails.", sources=(publishing.Citation(efe),))
    cast.publish(story, editor.user, "Train stops.")

    for q in ("ferry", "sails efe", "EFE"):
        answer = editor.ask(story, "rows", group="air", q=q).json()
        assert [row["id"] for row in answer["groups"]["air"]["rows"]] == [str(wanted.pk)]
    assert editor.ask(story, "rows", group="air", q="bicycle").json()["groups"]["air"]["rows"] == []


def test_a_window_costs_the_same_for_every_size(editor, story):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert editor.ask(story, "rows", group=GROUPS).status_code == 200
        return len(queries)

    cast.publish(story, editor.user)
    cost()  # who may what is read once for a session
    before = cost()
    for _ in range(10):
        cast.publish(story, editor.user)

    assert cost() == before


def test_a_row_says_what_its_reader_may_do(editor, reporter, story):
    cast.publish(story, editor.user)
    publishing.submit(cast.new_update(story), by=reporter.user, content=cast.content())

    def actions(person):
        groups = person.ask(story, "rows", group=["air", "waiting"]).json()["groups"]
        html = groups["air"]["rows"][0]["html"], groups["waiting"]["rows"][0]["html"]
        return ['data-action="retract"' in html[0], 'data-action="send_back"' in html[1]]

    assert actions(editor) == [True, True]
    assert actions(reporter) == [False, False]


def test_key_events_of_the_panel_come_with_their_updates(editor, story):
    update = cast.publish(story, editor.user, "The dam breaks.")
    desk = Desk(editor, story)
    editor.tell(story, f"updates/{update.pk}/mark")

    changes = editor.ask(story, "changes", after=desk.position).json()["changes"]

    (panel,) = [each["html"] for each in changes if each["type"] == "story"]
    assert "The dam breaks" in panel
    assert str(update.pk) in panel


def test_a_row_is_found_wherever_it_stands(editor, story):
    updates = [cast.publish(story, editor.user) for _ in range(7)]
    middle = updates[3]

    answer = editor.ask(story, f"updates/{middle.pk}/around").json()

    window = answer["groups"]["air"]
    assert [each["id"] for each in window["rows"]] == [str(each.pk) for each in updates[::-1]]
    assert (answer["group"], window["more_before"], window["more_after"]) == ("air", False, False)
