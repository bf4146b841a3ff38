"""One article for an update, wherever it is shown."""

import re
from datetime import timedelta

import pytest

from liveblog.models import Correction, Story, Update
from liveblog.queries.regions import read_regions
from liveblog.rendering import pinned_html, regions_html, update_html
from tests.newsroom import START, cite, make_picture, make_published_update, make_story

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

HOSTILE = "<script>alert(1)</script>\"'&"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;"


def load(update):
    return Update.objects.select_related("story").with_parts().get(pk=update.pk)


def test_update_tells_time_in_the_storys_zone():
    update = make_published_update(make_story(timezone="Europe/Madrid"), minute=45)

    html = update_html(load(update))

    assert f'<time id="time-{update.pk}" datetime="2024-10-25T06:45:00Z">08:45</time>' in html
    assert 'data-published-at="2024-10-25T06:45:00.000000Z"' in html
    assert 'data-day="2024-10-25" data-date="Friday 25 October 2024"' in html


def test_update_needs_no_query(django_assert_num_queries):
    update = make_published_update(make_story())
    cite(update, "Efe")
    make_picture(update, caption="A bridge, closed.")
    loaded = load(update)

    with django_assert_num_queries(0):
        update_html(loaded)


def test_update_loads_its_parts_in_five_queries(django_assert_num_queries):
    update = make_published_update(make_story())
    cite(update, "Efe", url="https://efe.example/1")
    picture = make_picture(update, caption="A bridge.", renditions=[{"name": "a", "width": 1}])
    Correction.objects.create(
        story=update.story, update=update, kind="correction", note="Was wrong.", corrected_at=START
    )

    with django_assert_num_queries(5):
        loaded = load(update)
        assert [each.source.name for each in loaded.attributions.all()] == ["Efe"]
        assert [each.picture for each in loaded.pictures.all()] == [picture]
        assert [each.corrected_at for each in loaded.corrections.all()] == [START]
        assert loaded.pictures.all()[0].picture.renditions == picture.renditions
        assert list(loaded.bylines.all()) == []


def test_plain_text_is_escaped():
    update = make_published_update(make_story(), headline=HOSTILE)
    cite(update, f"Agency {HOSTILE}", url="https://a.example/")
    make_picture(update, alt=HOSTILE, caption=f"Caption {HOSTILE}")
    Correction.objects.create(
        story=update.story, update=update, kind="correction", note=HOSTILE, corrected_at=START
    )

    html = update_html(load(update)) + pinned_html(load(update))

    assert "<script" not in html
    assert html.count(ESCAPED) >= 8


def test_story_text_is_escaped():
    make_story(
        slug="s",
        headline=HOSTILE,
        kicker=HOSTILE,
        standfirst=HOSTILE,
        lead_picture=make_picture(alt=HOSTILE, caption=f"Caption {HOSTILE}"),
    )

    parts = regions_html(read_regions(Story.objects.with_parts().get()), now=START)

    assert "<script" not in "".join(parts.values())
    assert parts["header"].count(ESCAPED) == 6


def test_edit_is_told_with_its_time_and_date_of_another_day():
    story = make_story()
    same_day = make_published_update(story, edited_at=START + timedelta(hours=1, minutes=12))
    next_day = make_published_update(story, edited_at=START + timedelta(days=1))

    assert ">09:12</time></span>" in update_html(load(same_day))
    assert ">26 Oct 2024, 08:00</time></span>" in update_html(load(next_day))


def test_correction_stands_above_the_text():
    update = make_published_update(make_story(), body="<p>The text.</p>")
    Correction.objects.create(
        story=update.story, update=update, kind="correction", note="Was wrong.", corrected_at=START
    )

    html = update_html(load(update))

    assert html.index("Was wrong.") < html.index("The text.")
    assert "Corrected" in html


def test_update_without_extras_prints_no_label_and_no_empty_element():
    html = update_html(load(make_published_update(make_story())))

    assert 'class="label' not in html
    assert "Source" not in html
    assert not re.search(r"<(\w+)[^>]*>\s*</\1>", html)


def test_picture_stands_in_its_place_in_the_text_and_others_after_it():
    placed, after = make_picture(alt="Placed."), make_picture(alt="After.")
    body = f'<p>Before.</p><p><img data-picture="{placed.pk}"></p><p>Behind.</p>'
    update = make_published_update(make_story(), body=body)
    for picture in (after, placed):
        update.pictures.create(picture=picture)

    html = update_html(load(update))

    places = [html.index(words) for words in ("Before.", "Placed.", "Behind.", "After.")]
    assert places == sorted(places)
    assert "<img" not in html


def test_picture_in_a_text_that_is_not_the_updates_is_left_out():
    picture = make_picture(alt="Foreign.")
    body = f'<p>Text.</p><ul><li><img data-picture="{picture.pk}">Item.</li></ul>'

    html = update_html(load(make_published_update(make_story(), body=body)))

    assert "<img" not in html
    assert "Item." in html


def test_picture_with_file_offers_its_renditions():
    renditions = [
        {"name": "pictures/a-640.webp", "width": 640, "height": 320, "type": "image/webp"},
        {"name": "pictures/a-1280.webp", "width": 1280, "height": 640, "type": "image/webp"},
    ]
    update = make_published_update(make_story())
    make_picture(update, file="pictures/a.jpg", width=1280, height=640, renditions=renditions)

    html = update_html(load(update))

    assert 'srcset="/media/pictures/a-640.webp 640w, /media/pictures/a-1280.webp 1280w"' in html
    assert 'src="/media/pictures/a.jpg" alt="A bridge." width="1280" height="640"' in html


def test_pinned_update_is_a_line_at_its_place_and_whole_at_the_top():
    update = load(make_published_update(make_story(), is_pinned=True, body="<p>The text.</p>"))

    line, copy = update_html(update), pinned_html(update)

    assert "The text." not in line
    assert f'id="update-{update.pk}"' in line
    assert "The text." in copy
    assert f'id="update-{update.pk}"' not in copy


def test_update_without_headline_is_known_by_its_time():
    update = make_published_update(make_story(), headline="")

    html = update_html(load(update))

    assert f'aria-labelledby="time-{update.pk}"' in html
    assert "<h3" not in html


def test_update_speaks_its_storys_language():
    update = make_published_update(make_story(language="es"))

    assert "octubre" in update_html(load(update))


@pytest.mark.parametrize("language", ["fr", "ja", "pt-BR", "ar", "xx"])
def test_update_in_a_language_without_words_of_ours_speaks_the_sites(language, settings):
    story = make_story(language=language)
    update = make_published_update(story, edited_at=START + timedelta(days=1))

    in_english = update_html(load(update))
    settings.LANGUAGE_CODE = "es-MX"
    story.timezone = "Europe/Paris"  # another article for the cache
    story.save()
    in_spanish = update_html(load(update))

    assert "Share" in in_english
    assert "26 Oct 2024" in in_english
    assert "Compartir" in in_spanish
    assert "26 oct" in in_spanish.lower()


@pytest.mark.parametrize(
    ("language", "headline", "body", "direction"),
    [
        ("en", "قال محمد إن الجسر مفتوح", "<p>الجسر مفتوح</p>", ' dir="rtl"'),
        ("en", "“محمد” (BBC) – الجسر مفتوح اليوم", "", ' dir="rtl"'),
        ("ar", "The bridge is open", "<p>Police said so.</p>", ' dir="ltr"'),
        ("he", "הגשר פתוח", "<p>2024</p>", ""),
        ("en", "The bridge is open", "<p>قال</p>", ""),
        ("en", "2024", "<p>10:30</p>", ""),
    ],
)
def test_update_in_another_script_says_which_way_it_runs(language, headline, body, direction):
    update = make_published_update(make_story(language=language), headline=headline, body=body)

    for html in (update_html(load(update)), pinned_html(load(update))):
        assert re.search(r"<h3[^>]*?( dir=\"\w+\")?>", html)[1] == (direction or None)
        if body:
            assert f'<div class="prose"{direction}>' in html


@pytest.mark.parametrize(
    "address",
    ["/", "/live/s/", "/sources/efe/", "/live/s/search?q=shots", "/live/s/updates/{other}/"],
)
@pytest.mark.parametrize(
    ("verification", "word"), [("unconfirmed", "Unconfirmed"), ("false", "False")]
)
def test_headline_that_stands_alone_says_whether_to_believe_it(client, address, verification, word):
    story = make_story(slug="s")
    other = make_published_update(story, headline="Calm", is_key_event=True)
    shots = make_published_update(
        story, headline="Shots", is_key_event=True, verification=verification
    )
    cite(shots, "Efe")

    html = client.get(address.format(other=other.pk)).text

    kind = "label label-warn" if word == "Unconfirmed" else "label label-warn label-false"
    assert f'<bdi class="{kind}" lang="en">{word}</bdi> ' in html


def test_card_says_whether_to_believe_it(client, settings):
    settings.QUIET_AFTER_HOURS = 10**6
    update = make_published_update(
        make_story(slug="s"), headline="Shots", verification="unconfirmed"
    )

    assert "Live · Unconfirmed: Shots" in client.get("/live/s/").text
    assert 'content="Unconfirmed · 25 Oct' in client.get(f"/live/s/updates/{update.pk}/").text
