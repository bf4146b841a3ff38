"""Times of day as documents write them, and the moments they mean."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from liveblog.interchange.times import (
    Clock,
    ClockTime,
    assign_moments,
    is_ascending,
    read_time_line,
)

pytestmark = pytest.mark.any_database

MADRID = ZoneInfo("Europe/Madrid")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("08:45", ClockTime(time(8, 45))),
        ("8.45", ClockTime(time(8, 45))),
        ("8.45 am", ClockTime(time(8, 45))),
        ("8:45 p.m.", ClockTime(time(20, 45))),
        ("12:05 am", ClockTime(time(0, 5))),
        ("9 pm", ClockTime(time(21))),
        ("10:30 CET", ClockTime(time(10, 30), "CET")),
        ("10:30 (GMT)", ClockTime(time(10, 30), "GMT")),
        ("[18:00]", ClockTime(time(18))),
        ("18h30", ClockTime(time(18, 30))),
        ("18:30 h", ClockTime(time(18, 30))),
        ("18:30:59", ClockTime(time(18, 30))),
        ("25:00", None),
        ("10:75", None),
        ("13:00 pm", None),
        ("10", None),
        ("10:30 train to Kyiv", None),
        ("10:30 KYIV", None),
        ("3.14", ClockTime(time(3, 14))),
        ("", None),
    ],
)
def test_read_time_line(line, expected):
    assert read_time_line(line) == expected


def clock_times(*texts):
    return [read_time_line(text) if text else None for text in texts]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["08:00", "09:00", "20:00"], True),
        (["20:00", "09:00", "08:00"], False),
        (["23:30", "00:10", "01:00"], True),
        (["00:10", "23:30", "22:00"], False),
        (["08:00"], False),
        ([], False),
        (["08:00", "08:00"], False),
        (["", "08:00", "", "09:00"], True),
    ],
)
def test_is_ascending(texts, expected):
    assert is_ascending(clock_times(*texts)) is expected


def moments(*texts, newest="2024-10-25T10:00", every=20, zone=MADRID):
    clock = Clock(
        datetime.fromisoformat(newest).replace(tzinfo=zone), timedelta(minutes=every), zone
    )
    return [
        moment.astimezone(zone).strftime("%d %H:%M")
        for moment in assign_moments(clock_times(*texts), clock)
    ]


def test_moments_without_times_go_back_from_the_newest():
    assert moments("", "", "") == ["25 10:00", "25 09:40", "25 09:20"]


def test_moments_of_times_cross_midnight():
    assert moments("00:10", "23:50", "22:00") == ["25 00:10", "24 23:50", "24 22:00"]


def test_moments_between_known_ones_are_spaced():
    assert moments("", "09:00", "", "", "08:00", "") == [
        *("25 09:20", "25 09:00", "25 08:40", "25 08:20", "25 08:00", "25 07:40")
    ]


def test_moments_in_a_named_zone():
    assert moments("10:30 GMT") == ["25 12:30"]


def test_moments_are_never_equal():
    clock = Clock(datetime(2024, 10, 25, 10, tzinfo=UTC), timedelta(minutes=1), ZoneInfo("UTC"))

    told = assign_moments(clock_times("08:45", "08:45", "08:45"), clock)

    assert told == sorted(told, reverse=True)
    assert len(set(told)) == 3


def test_moments_of_the_night_that_the_clock_goes_back():
    told = moments("03:00", "02:30", "01:59", newest="2024-10-27T12:00")

    assert told == ["27 03:00", "27 02:30", "27 01:59"]
