"""A poll finds the changes whose notification was lost."""

import pytest

from liveblog.live.known_revisions import PolledPositions, Positions

pytestmark = pytest.mark.any_database

FIRST = PolledPositions({1: ("aa", 3), 2: ("bb", 5)}, has_all=True)


@pytest.fixture
def positions():
    known = Positions()
    known.begin()
    assert known.take(FIRST, set()) == []
    return known


def test_a_notified_change_is_as_expected(positions):
    positions.note(1, 4)

    assert positions.figure == (2, 9)
    positions.begin()
    assert positions.take(PolledPositions({1: ("aa", 4)}, has_all=False), {1}) == []


def test_a_change_without_notification_is_found(positions):
    positions.begin()

    assert positions.take(PolledPositions({1: ("aa", 4), 2: ("bb", 5)}, has_all=True), set()) == [1]
    assert positions.figure == (2, 9)


def test_a_change_notified_while_the_poll_runs_is_left_to_the_next(positions):
    positions.begin()
    positions.note(1, 4)

    assert positions.take(FIRST, {1}) == []
    assert positions.figure == (2, 9)


def test_a_new_story_another_epoch_and_one_that_is_gone_are_found(positions):
    positions.begin()

    found = PolledPositions({2: ("cc", 5), 3: ("dd", 1)}, has_all=True)
    assert sorted(positions.take(found, {1})) == [1, 2, 3]
    assert positions.figure == (2, 6)


def test_a_notification_of_no_story_is_put_right(positions):
    positions.note(77, 999_999)
    positions.begin()

    assert positions.take(FIRST, set()) == [77]
    assert positions.figure == (2, 8)
