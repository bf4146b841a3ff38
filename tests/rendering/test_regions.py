"""The regions of a story's page."""

from datetime import timedelta

import pytest

from liveblog.models import Story
from liveblog.queries.regions import read_regions
from liveblog.rendering import REGIONS, regions_html
from liveblog.rendering.regions import headline_size
from tests.newsroom import (
    START,
    cite,
    make_hidden_update,
    make_picture,
    make_published_update,
    make_story,
    make_updates,
    take_counts,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
SOON = START + timedelta(hours=1)


def parts_of(story, now=SOON):
    return regions_html(read_regions(Story.objects.with_parts().get(pk=story.pk)), now=now)


def test_each_part_is_one_element_named_by_data_part():
    parts = parts_of(make_story())

    assert tuple(parts) == REGIONS
    for name, html in parts.items():
        assert html.count(f'data-part="{name}"') == 1


def test_part_with_nothing_to_say_is_hidden_and_empty():
    parts = parts_of(make_story())

    for name in REGIONS[2:]:
        assert parts[name] == f'<div data-part="{name}" hidden></div>'


def test_live_story_is_quiet_twelve_hours_after_its_last_update():
    story = make_story()
    make_published_update(story)

    live = parts_of(story, START + timedelta(hours=11, minutes=59))
    quiet = parts_of(story, START + timedelta(hours=12))

    assert 'data-status="live"' in live["status"]
    assert ">08:00</time>" in live["status"]
    assert 'data-status="quiet"' in quiet["status"]
    assert "Last update" in quiet["status"]
    assert ">25 Oct 2024</time>" in quiet["status"]


def test_story_on_air_is_coming_until_its_first_update():
    story = make_story(last_updated_at=START)

    assert "Coming soon" in parts_of(story)["status"]

    make_published_update(story)
    assert "Coming soon" not in parts_of(story)["status"]


def test_story_whose_only_update_was_retracted_with_a_note_is_not_coming():
    story = make_story(last_updated_at=START, correction_count=1)

    assert "Coming soon" not in parts_of(story)["status"]


def test_time_of_yesterday_carries_its_date_in_the_status():
    story = make_story()
    make_published_update(story, minute=15 * 60)  # 23:00 in Madrid

    header = parts_of(story, START + timedelta(hours=17))["status"]

    assert "updated" in header
    assert ">25 Oct 2024, 23:00</time>" in header


def test_ended_story_says_when():
    story = make_story(status=Story.Status.ENDED, ended_at=START)

    assert "Ended" in parts_of(story)["status"]
    assert ">25 Oct 2024</time>" in parts_of(story)["status"]


def test_status_and_latest_alone_depend_on_the_clock():
    story = make_story(introduction="<p>One.</p>", times_assigned=True)
    make_published_update(story, is_pinned=True)

    early, late = parts_of(story, SOON), parts_of(story, START + timedelta(days=400))

    assert early.pop("status") != late.pop("status")
    early.pop("latest"), late.pop("latest")
    assert early == late


def test_rail_holds_key_events_from_two_on():
    story = make_story()
    make_updates(story, 9)
    make_published_update(story, minute=1, is_key_event=True, headline="First key")

    assert "In this story" in parts_of(story)["key-events"]
    assert parts_of(story)["key-events"].count("<li>") == 8
    assert "First key" in parts_of(story)["key-events"]

    make_published_update(story, minute=2, is_key_event=True, headline="Second key")

    assert "Key events" in parts_of(story)["key-events"]
    assert parts_of(story)["key-events"].count("<li>") == 2


def test_a_key_event_without_headline_takes_its_place_among_few_headlines():
    story = make_story()
    make_updates(story, 2, headline="Headline")
    make_published_update(story, minute=9, is_key_event=True, headline="", body="<p>A key.</p>")

    rail = parts_of(story)["key-events"]

    assert rail.count("Headline</span>") == 2
    assert rail.index("A key.") < rail.index("Headline</span>")


def test_rail_dates_the_first_of_each_day():
    story = make_story()
    make_updates(story, 3, every=24 * 60)

    rail = parts_of(story)["key-events"]

    assert [rail.count(f">{day} Oct 2024<") for day in (25, 26, 27)] == [1, 1, 1]


def test_sources_are_counted_by_updates():
    story = make_story()
    first, second = make_updates(story, 2)
    cite(first, "Efe")
    cite(first, "Efe", role="quoted")
    cite(second, "Efe")
    cite(second, "Afp")
    cite(second, "AP", role="photo")
    cite(make_hidden_update(story, "draft", "x"), "Reuters")

    sources = parts_of(story)["sources"]

    assert 'search?q=%22Efe%22">2 updates</a>' in sources
    assert 'search?q=%22Afp%22">1 update</a>' in sources
    assert "news agency" in sources
    assert "AP" not in sources
    assert "Reuters" not in sources


def test_assigned_times_are_told_under_the_introduction():
    note = "The original carries no times; those shown are assigned."

    assert note in parts_of(make_story(times_assigned=True))["introduction"]
    assert note not in parts_of(make_story(introduction="<p>A.</p>"))["introduction"]


def test_lead_picture_without_file_is_its_words_in_a_frame():
    picture = make_picture(alt="Soldiers standing.", caption="Soldiers in Kursk.")

    header = parts_of(make_story(lead_picture=picture))["header"]

    assert "Soldiers standing." in header
    assert "Soldiers in Kursk." in header
    assert "<img" not in header


def test_share_picture_closes_the_introduction_unless_it_leads():
    lead = make_picture(caption="The lead.")
    other = make_picture(caption="The map.")

    assert "The map." in parts_of(make_story(share_picture=other))["introduction"]
    same = parts_of(make_story(lead_picture=lead, share_picture=lead))
    assert "The lead." not in same["introduction"]


def test_corrections_count_notes_and_announced_retractions():
    story = make_story()
    update = make_published_update(story)
    story.corrections.create(update=update, kind="correction", note="A.", corrected_at=START)
    make_hidden_update(story, "retracted", "x", retraction_note="Wrong place.")
    make_hidden_update(story, "retracted", "x")
    take_counts(story)

    assert "<span>2</span>" in parts_of(story)["corrections"]


@pytest.mark.parametrize(
    ("headline", "size"),
    [("Short", ""), ("W" * 61, "is-long"), ("W" * 91, "is-longer"), ("長" * 71, "is-longest")],
)
def test_long_headlines_are_set_smaller(headline, size):
    assert headline_size(headline) == size


def test_what_is_not_confirmed_is_named_beside_what_is_known():
    story = make_story()
    make_published_update(story, headline="Certain")
    doubtful = make_published_update(story, headline="Doubtful", verification="unconfirmed")

    part = parts_of(story)["unconfirmed"]

    assert f"#{doubtful.anchor}" in part
    assert "Doubtful" in part
    assert "Certain" not in part


def test_what_has_no_headline_is_named_by_its_first_words():
    story = make_story()
    make_published_update(
        story, headline="", body="<p>Shots are heard.</p>", verification="unconfirmed"
    )

    parts = parts_of(story)

    assert "Shots are heard." in parts["unconfirmed"]
    assert "Shots are heard." in parts["latest"]


@pytest.mark.parametrize(
    ("introduction", "is_long"),
    [("<p>A.</p>", False), (f"<p>{'Long. ' * 50}</p>", True), ("<p>A.</p><p>B.</p>", True)],
)
def test_introduction_of_more_than_a_few_lines_is_long(introduction, is_long):
    part = parts_of(make_story(introduction=introduction))["introduction"]

    assert ("is-long" in part) is is_long
