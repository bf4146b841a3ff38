"""The moments of updates: found in the text, assigned, or both."""

from datetime import UTC, datetime, time, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveblog.interchange.document.dates import Day
from liveblog.interchange.document.times import Moment
from liveblog.interchange.document.timing import ScheduleError, plan, to_moment

MADRID = ZoneInfo("Europe/Madrid")
NOW = datetime(2026, 3, 5, 12, 0, 30, tzinfo=UTC)
NEWEST = datetime(2024, 10, 25, 8, 0, tzinfo=UTC)


def planned(*times, **options):
    return plan(times, **{"zone": MADRID, "now": NOW, **options})


def utc(schedule):
    return [f"{moment:%m-%d %H:%M}" for moment in schedule.moments]


def clock(text):
    return time.fromisoformat(text) if text else None


def test_assigned_backwards_from_the_first_update():
    schedule = planned(None, None, None, newest=NEWEST)
    assert utc(schedule) == ["10-25 08:00", "10-25 07:40", "10-25 07:20"]
    assert (schedule.times_assigned, schedule.is_oldest_first) == (True, False)
    assert (schedule.opened_at, schedule.last_updated_at) == (schedule.moments[2], NEWEST)


def test_assigned_where_the_oldest_stands_first():
    schedule = planned(None, None, newest=NEWEST, every=timedelta(minutes=5), oldest_first=True)
    assert utc(schedule) == ["10-25 07:55", "10-25 08:00"]


def test_assigned_without_date():
    assert utc(planned(None, None)) == ["03-05 12:00", "03-05 11:40"]


def test_no_updates():
    schedule = planned(newest=NEWEST)
    assert (schedule.moments, schedule.opened_at, schedule.last_updated_at) == ((), NEWEST, NEWEST)
    assert schedule.times_assigned is False


@pytest.mark.parametrize(
    ("times", "moments", "is_oldest_first"),
    [
        (["10:30", "09:10", "08:45"], ["10-25 08:30", "10-25 07:10", "10-25 06:45"], False),
        (["08:45", "09:10", "10:30"], ["10-25 06:45", "10-25 07:10", "10-25 08:30"], True),
        (["00:20", "23:50", "23:10"], ["10-24 22:20", "10-24 21:50", "10-24 21:10"], False),
        (["23:10", "23:50", "00:20"], ["10-24 21:10", "10-24 21:50", "10-24 22:20"], True),
        (["00:10", "23:50"], ["10-24 22:10", "10-24 21:50"], False),
        (["08:00", "21:00"], ["10-25 06:00", "10-25 19:00"], True),
        (["21:00", "08:00"], ["10-25 19:00", "10-25 06:00"], False),
        (["08:45"], ["10-25 06:45"], False),
    ],
)
def test_times_of_the_text(times, moments, is_oldest_first):
    schedule = planned(*map(clock, times), newest=NEWEST)
    assert utc(schedule) == moments
    assert (schedule.is_oldest_first, schedule.times_assigned) == (is_oldest_first, False)


def test_times_of_the_text_win_over_the_option():
    schedule = planned(clock("10:30"), clock("08:45"), newest=NEWEST, oldest_first=True)
    assert utc(schedule) == ["10-25 08:30", "10-25 06:45"]
    assert schedule.notes == ("the times in the text descend: read newest first",)


def test_equal_times_keep_the_order_of_the_document():
    a, b, c = planned(clock("10:30"), clock("08:45"), clock("08:45"), newest=NEWEST).moments
    assert (b - c, b.minute, c.microsecond, a.microsecond) == (timedelta(microseconds=1), 45, 0, 0)
    a, b = planned(clock("08:45"), clock("08:45"), newest=NEWEST, oldest_first=True).moments
    assert b - a == timedelta(microseconds=1)


def test_times_in_zones_of_their_own():
    cet = timezone(timedelta(hours=1))
    schedule = planned(time(10, 30, tzinfo=cet), clock("11:10"), newest=NEWEST)
    assert utc(schedule) == ["10-25 09:30", "10-25 09:10"]


def test_times_without_date_are_of_today_or_of_yesterday():
    assert utc(planned(clock("13:00"), clock("09:00"))) == ["03-05 12:00", "03-05 08:00"]
    assert utc(planned(clock("13:01"), clock("09:00"))) == ["03-04 12:01", "03-04 08:00"]


@pytest.mark.parametrize(
    ("times", "moments"),
    [
        (
            ["10:30", "", "", "09:00"],
            ["10-25 08:30", "10-25 08:00", "10-25 07:30", "10-25 07:00"],
        ),
        (["", "09:00", ""], ["10-25 08:00", "10-25 07:00", "10-25 06:40"]),
        (["", "10:00"], ["10-25 08:20", "10-25 08:00"]),
        (["08:00", "", "09:00"], ["10-25 06:00", "10-25 06:30", "10-25 07:00"]),
    ],
)
def test_missing_times_are_put_between(times, moments):
    schedule = planned(*map(clock, times), newest=NEWEST)
    assert utc(schedule) == moments
    assert schedule.times_assigned is True
    assert "no time" in schedule.notes[-1]


def test_missing_newest_time_is_never_in_the_future():
    schedule = planned(None, clock("12:55"))
    assert utc(schedule) == ["03-05 12:00", "03-05 11:55"]


def test_the_hour_that_comes_twice():
    newest = datetime(2024, 10, 27, 12, 0, tzinfo=UTC)
    schedule = planned(clock("02:10"), clock("02:50"), clock("02:20"), newest=newest)
    assert utc(schedule) == ["10-27 01:10", "10-27 00:50", "10-27 00:20"]


def test_the_hour_that_never_comes():
    assert to_moment(datetime(2024, 3, 31, 2, 30), MADRID) == datetime(
        2024, 3, 31, 1, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "options",
    [
        {"newest": NOW + timedelta(minutes=1)},
        {"every": timedelta(0)},
        {"newest": datetime(1, 1, 1, 0, 1, tzinfo=UTC)},
    ],
)
def test_impossible(options):
    with pytest.raises(ScheduleError):
        planned(None, None, **options)


TIMES = st.lists(
    st.none() | st.times().map(lambda t: t.replace(second=0, microsecond=0)), max_size=9
)


@given(times=TIMES, has_date=st.booleans(), oldest_first=st.booleans())
def test_moments_are_distinct_and_in_order_and_past(times, has_date, oldest_first):
    newest = NEWEST if has_date else None
    schedule = planned(*times, newest=newest, oldest_first=oldest_first)
    page = schedule.moments[::-1] if schedule.is_oldest_first else schedule.moments
    assert len(page) == len(times)
    is_held = page[:1] < page[1:2] and not schedule.is_oldest_first
    assert all(newer > older for newer, older in pairwise(page[is_held:]))
    assert not is_held or page[0] in sorted(page)[:-1]
    assert all(moment <= NOW for moment in page)
    for moment, found in zip(schedule.moments, times, strict=True):
        local = moment.astimezone(MADRID).replace(microsecond=0)
        assert found is None or local.time() == found


def test_day_of_the_page():
    page = Moment(0, time(14, 41), Day(10, 25, 2024))
    schedule = planned(clock("14:39"), clock("08:10"), clock("23:50"), page=page)
    assert utc(schedule) == ["10-25 12:39", "10-25 06:10", "10-24 21:50"]
    assert "as the page says" in schedule.notes[-1]


def test_day_of_the_first_update_of_a_list_that_ascends_over_midnight():
    first = datetime(2024, 7, 4, 20, 0, tzinfo=UTC)
    schedule = planned(clock("22:00"), clock("23:30"), clock("02:40"), newest=first)
    assert utc(schedule) == ["07-04 20:00", "07-04 21:30", "07-05 00:40"]


@pytest.mark.parametrize(
    "options", [{"newest": NEWEST}, {"page": Moment(0, time(10, 0), Day(10, 25, 2024))}]
)
def test_days_without_a_year_are_of_the_given_year(options):
    schedule = planned((time(9, 30), Day(10, 25)), (time(23, 58), Day(10, 24)), **options)
    assert [f"{moment:%Y-%m-%d %H:%M}" for moment in schedule.moments] == [
        "2024-10-25 07:30",
        "2024-10-24 21:58",
    ]


def test_update_that_the_page_holds_on_its_top():
    page = Moment(0, time(19, 2), Day(1, 8, 2025))
    schedule = planned(*map(clock, ["17:01", "18:57", "16:05", "15:20"]), page=page)
    assert utc(schedule) == ["01-08 16:01", "01-08 17:57", "01-08 15:05", "01-08 14:20"]


def test_update_that_is_newer_than_the_page_says():
    page = Moment(0, time(14, 41), Day(10, 25, 2024))
    assert utc(planned(clock("14:50"), page=page)) == ["10-25 12:50"]
    after_midnight = Moment(0, time(0, 10), Day(10, 25, 2024))
    assert utc(planned(clock("23:50"), page=after_midnight)) == ["10-24 21:50"]


def test_updates_go_on_from_the_moment_at_which_the_page_was_published():
    page = Moment(0, time(7, 10), Day(10, 24, 2024))
    schedule = planned(clock("22:15"), clock("18:05"), clock("07:02"), page=page)
    assert utc(schedule) == ["10-24 20:15", "10-24 16:05", "10-24 05:02"]

    page = Moment(0, time(0, 10), Day(10, 25, 2024))
    schedule = planned(clock("23:50"), clock("12:00"), clock("00:05"), page=page)
    assert utc(schedule) == ["10-24 21:50", "10-24 10:00", "10-23 22:05"]


def test_updates_without_times_go_back_from_the_moment_of_the_page():
    page = Moment(0, time(14, 5), Day(10, 25, 2024))
    schedule = planned(None, None, page=page)
    assert utc(schedule) == ["10-25 12:05", "10-25 11:45"]
    assert schedule.times_assigned


def test_dates_of_the_text():
    first, second = (clock("13:51"), Day(10, 25, 2024)), (clock("23:40"), Day(10, 24, 2024))
    schedule = planned(clock("15:00"), first, clock("09:00"), second, clock("23:10"))
    assert utc(schedule) == [
        *("10-25 13:00", "10-25 11:51", "10-25 07:00", "10-24 21:40", "10-24 21:10")
    ]


def test_days_alone_are_given_times():
    days = [Day(10, 24, 2024), Day(10, 24, 2024), Day(10, 23, 2024)]

    schedule = planned(*days)
    assert utc(schedule) == ["10-24 10:00", "10-24 09:40", "10-23 10:00"]
    assert schedule.times_assigned

    ascending = planned(*days[::-1])
    assert utc(ascending) == ["10-23 10:00", "10-24 09:40", "10-24 10:00"]


def test_the_editor_gives_the_moment_of_the_first_day():
    newest = datetime(2024, 10, 24, 16, tzinfo=UTC)
    schedule = planned(Day(10, 24, 2024), Day(10, 24), Day(10, 23), newest=newest)
    assert utc(schedule) == ["10-24 16:00", "10-24 15:40", "10-23 10:00"]


def test_many_updates_of_a_day_stay_on_it():
    schedule = planned(*[Day(10, 24, 2024)] * 200)
    assert {f"{each:%m-%d}" for each in (m.astimezone(MADRID) for m in schedule.moments)} == {
        "10-24"
    }


def test_days_that_ascend():
    first, second = (clock("23:10"), Day(10, 24, 2024)), (clock("07:30"), Day(10, 25, 2024))
    schedule = planned(first, second, clock("09:15"))
    assert (utc(schedule), schedule.is_oldest_first) == (
        ["10-24 21:10", "10-25 05:30", "10-25 07:15"],
        True,
    )


def test_day_without_a_year_is_the_last_one():
    assert utc(planned((clock("10:00"), Day(12, 24)))) == ["12-24 09:00"]
    assert planned((clock("10:00"), Day(12, 24))).moments[0].year == 2025


def test_day_in_the_future():
    with pytest.raises(ScheduleError, match="lies in the future"):
        planned((clock("10:00"), Day(3, 6, 2026)))


def test_ten_thousand_equal_times_are_parted_in_a_moment():
    moments = planned(*[clock("10:00")] * 10_000).moments
    assert len(set(moments)) == 10_000
