"""Updates whose only time is how long ago they were."""

from datetime import UTC, datetime, timedelta

import pytest

from liveblog.interchange import document as documents
from liveblog.interchange.document.ages import read_age

pytestmark = pytest.mark.any_database

TEXT = (
    "Storm over the sea\n\n{page}{first} ago\nPort reopens\n\nIt did.\n\n"
    "5h ago\nTrains run\n\nThey do."
)


@pytest.mark.parametrize(
    ("line", "age"),
    [
        ("3h ago", timedelta(hours=3)),
        ("an hour ago", timedelta(hours=1)),
        ("for 20 minutter siden", timedelta(minutes=20)),
        ("hace 2 horas", timedelta(hours=2)),
        ("5 perce", timedelta(minutes=5)),
        ("час назад", timedelta(hours=1)),
        ("3時間前", timedelta(hours=3)),
        ("5分钟前", timedelta(minutes=5)),
        ("2일 전", timedelta(days=2)),
        ("half an hour ago", None),
        ("Just now", None),
    ],
)
def test_age(line, age):
    assert read_age(line) == age


def test_ages_count_from_the_moment_of_the_page():
    page = "Updated Tue March 4, 2025, 9:05 PM\n\n"

    assert _moments(documents.parse(TEXT.format(page=page, first="2h"))) == ["19:05", "16:05"]


def test_the_editor_gives_the_moment_of_the_first():
    newest = datetime(2025, 3, 4, 1)

    read = documents.parse(TEXT.format(page="", first="2h"), newest=newest)

    assert _moments(read) == ["01:00", "22:00"]
    assert [each.day.day for each in read.updates] == [4, 3]


@pytest.mark.parametrize("page", ["", "Updated 9:05 PM ET, Tue March 4, 2025\n\n"])
def test_newest_have_ages_and_the_others_times(page):
    clock = "\n\n3:10 p.m. ET, March 4, 2025\nRoads shut\n\nAll are."
    clock += "\n\n2:10 p.m. ET, March 4, 2025\nWinds of 60 mph\n\nThey grow."

    read = documents.parse(TEXT.format(page=page, first="2h") + clock)

    times = ["19:05", "16:05"] if page else ["–", "–"]
    assert _moments(read) == [*times, "15:10", "14:10"]


def test_a_list_of_key_events_has_ages_and_no_updates():
    text = "Storm\n\n1h ago\nPort reopens\n2h ago\nTrains run\n\n12:51\nPort reopens\n\nIt did."

    assert _moments(documents.parse(text)) == ["12:51"]


def test_ages_beside_days_stay_in_the_order_of_the_page():
    now = datetime(2025, 3, 5, tzinfo=UTC)
    read = documents.parse(TEXT.format(page="", first="2h"), newest=datetime(2025, 3, 4, 1))

    schedule = documents.plan([each.moment for each in read.updates], zone=UTC, now=now)

    assert not schedule.times_assigned
    assert schedule.moments == tuple(sorted(schedule.moments, reverse=True))


def _moments(read):
    return [each.time.isoformat("minutes") if each.time else "–" for each in read.updates]
