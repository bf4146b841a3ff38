"""Lines that are times, and lines that are not."""

from datetime import time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from liveblog.interchange.document.times import read_time


def east(hours):
    return timezone(timedelta(hours=hours))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("08:45", time(8, 45)),
        ("8.45", time(8, 45)),
        ("8.45 am", time(8, 45)),
        ("8:45 p.m.", time(20, 45)),
        ("8.45 p. m.", time(20, 45)),
        ("8 PM", time(20)),
        ("12:10 am", time(0, 10)),
        ("12:10 pm", time(12, 10)),
        ("10h30", time(10, 30)),
        ("10:30 h", time(10, 30)),
        ("10:30:15", time(10, 30, 15)),
        ("[10:30]", time(10, 30)),
        ("10:30 –", time(10, 30)),
        ("00:00", time(0)),
        ("10:30 CET", time(10, 30, tzinfo=east(1))),
        ("10:30 (CEST)", time(10, 30, tzinfo=east(2))),
        ("10:30 GMT", time(10, 30, tzinfo=east(0))),
        ("10:30 GMT+3", time(10, 30, tzinfo=east(3))),
        ("10:30 UTC-03:30", time(10, 30, tzinfo=east(-3.5))),
        ("10:30 am ET", time(10, 30, tzinfo=ZoneInfo("America/New_York"))),
        ("10:30 Kyiv time", time(10, 30, tzinfo=ZoneInfo("Europe/Kyiv"))),
        ("10:30 local time", time(10, 30)),
    ],
)
def test_time(line, found):
    assert read_time(line) == found


@pytest.mark.parametrize(
    "line",
    [
        *("", "8", "24:00", "10:60", "13:10 pm", "0:10 am", "10:30 ABC", "10:30 train delayed"),
        *("2024", "10:30 UTC+15", "1:2", "At 08:45 it rained", "8:450", "9" * 100_000),
    ],
)
def test_no_time(line):
    assert read_time(line) is None
