"""Lines that are times, and lines that are not."""

from datetime import time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from liveblog.interchange.document.dates import Day
from liveblog.interchange.document.times import read_line, read_time

pytestmark = pytest.mark.any_database


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
        ("24:00", time(0)),
        ("24 Uhr", time(0)),
        ("10:30 CET", time(10, 30, tzinfo=east(1))),
        ("10:30 (CEST)", time(10, 30, tzinfo=east(2))),
        ("10:30 GMT", time(10, 30, tzinfo=east(0))),
        ("10:30 GMT+3", time(10, 30, tzinfo=east(3))),
        ("10:30 UTC-03:30", time(10, 30, tzinfo=east(-3.5))),
        ("10:30 am ET", time(10, 30, tzinfo=ZoneInfo("America/New_York"))),
        ("10:30 Kyiv time", time(10, 30, tzinfo=ZoneInfo("Europe/Kyiv"))),
        ("10:30 local time", time(10, 30)),
        ("19:30 Uhr", time(19, 30)),
        ("20 Uhr", time(20)),
        ("14.05 uur", time(14, 5)),
        ("5 h 37", time(5, 37)),
        ("21h", time(21)),
        ("às 10h30", time(10, 30)),
        ("alle 10:30", time(10, 30)),
        ("kl. 10.30", time(10, 30)),
        ("klo 10.30", time(10, 30)),
        ("godz. 10:30", time(10, 30)),
        ("о 10:30", time(10, 30)),
        ("10時30分", time(10, 30)),
        ("午前10時30分", time(10, 30)),
        ("午後3時半", time(15, 30)),
        ("下午3点", time(15)),
        ("오후 3시 30분", time(15, 30)),
        ("١٠:٣٠ ص", time(10, 30)),
        ("१०:३० बजे", time(10, 30)),
        ("10:30 π.μ.", time(10, 30)),
        ("10:30 μ.μ.", time(22, 30)),
        ("10.30 น.", time(10, 30)),
        ("10 giờ 30", time(10, 30)),
        ("12.51 BST", time(12, 51, tzinfo=east(1))),
        ("10:30 Uhr MESZ", time(10, 30, tzinfo=east(2))),
        ("• 08:05", time(8, 5)),
        ("+++ 14:39 +++", time(14, 39)),
        ("【10:30】", time(10, 30)),
    ],
)
def test_time(line, found):
    assert read_time(line) == found


@pytest.mark.parametrize(
    "line",
    [
        *(
            "",
            "8",
            "24:01",
            "24:00 pm",
            "10:60",
            "13:10 pm",
            "0:10 am",
            "10:30 ABC",
            "10:30 train delayed",
        ),
        *("2024", "10:30 UTC+15", "1:2", "At 08:45 it rained", "8:450", "9" * 100_000),
    ],
)
def test_no_time(line):
    assert read_time(line) is None


@pytest.mark.parametrize(
    ("line", "day", "clock"),
    [
        ("Oct. 25, 2024, 1:51 p.m. ET", Day(10, 25, 2024), "13:51"),
        ("1:51 p.m. ET, October 25, 2024", Day(10, 25, 2024), "13:51"),
        ("Fri 25 Oct 2024 14.05 BST", Day(10, 25, 2024), "14:05"),
        ("10:32 British Summer Time 25 October", Day(10, 25), "10:32"),
        ("11:05 AM · Oct 25, 2024", Day(10, 25, 2024), "11:05"),
        ("2024-10-25T13:51", Day(10, 25, 2024), "13:51"),
        ("25/10/2024 - 13:51", Day(10, 25, 2024), "13:51"),
        ("16/05/2024 à 20h12", Day(5, 16, 2024), "20:12"),
        ("Le 24/10 à 23h40", Day(10, 24), "23:40"),
        ("25 de octubre de 2024 a las 21:30", Day(10, 25, 2024), "21:30"),
        ("25.10.2024, 14:41 Uhr", Day(10, 25, 2024), "14:41"),
        ("25.10. 13:51 Uhr", Day(10, 25), "13:51"),
        ("23.40 Uhr, 24. Oktober", Day(10, 24), "23:40"),
        ("24 ott 2024 - 10:30", Day(10, 24, 2024), "10:30"),
        ("25 października 2024, 13:51", Day(10, 25, 2024), "13:51"),
        ("13:51, 25 жовтня", Day(10, 25), "13:51"),
        ("25 жовтня 2024 року, 14:05", Day(10, 25, 2024), "14:05"),
        ("2024. október 25. 14:05", Day(10, 25, 2024), "14:05"),
        ("1. lokakuuta 2024 klo 10.30", Day(10, 1, 2024), "10:30"),
        ("2024年10月25日 14時05分", Day(10, 25, 2024), "14:05"),
        ("10月25日（金）13:51", Day(10, 25), "13:51"),
        ("2024년 10월 25일 오후 2시 5분", Day(10, 25, 2024), "14:05"),
        ("٢٥ أكتوبر ٢٠٢٤ ١٠:٣٠", Day(10, 25, 2024), "10:30"),
        ("25 अक्टूबर 2024, 10:30", Day(10, 25, 2024), "10:30"),
        ("3/4/2024 10:30 ET", Day(3, 4, 2024), "10:30"),
        ("3/4/2024 10:30", Day(4, 3, 2024), "10:30"),
        # A Tuesday in Spanish, and a March in English.
        ("Mar 04, 2025 18:42 (IST)", Day(3, 4, 2025), "18:42"),
        ("mar 4 mar 2025, 18:42", Day(3, 4, 2025), "18:42"),
        # The T of a weekday is not the one between a date and a time.
        ("9:05 PM ET, Tue March 4, 2025", Day(3, 4, 2025), "21:05"),
        ("10:32, Thu 27 Feb 2025", Day(2, 27, 2025), "10:32"),
        ("24:00, 31 December 2024", Day(1, 1, 2025), "00:00"),
        ("28 lutego 2025, 24:00", Day(3, 1, 2025), "00:00"),
        ("29.2. 24:00 Uhr", Day(3, 1), "00:00"),
    ],
)
def test_dated_time(line, day, clock):
    moment = read_line(line)
    assert (moment.day, moment.time.isoformat("minutes")[:5]) == (day, clock)


@pytest.mark.parametrize(
    "line", ["31.02.2024 10:30", "25 Smarch 2024", "Sun rises at 6", "13/13/2024", "May 2024"]
)
def test_no_date(line):
    assert read_line(line) is None
