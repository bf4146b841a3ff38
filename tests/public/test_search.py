"""Search: in a story and in all, only what readers may see, whatever they ask."""

import re
from importlib import import_module
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.core.management import call_command

from liveblog.models import Source, Story, Update
from tests.newsroom import START, cite, make_hidden_update, make_published_update, make_story

pytestmark = pytest.mark.django_db

HOSTILE = [
    "%00",
    "a%00b",
    "%ff%fe%80",
    "%25",
    "_",
    "'",
    '"',
    '""',
    '"unclosed',
    "\\",
    "bridge' OR 1=1 --",
    "!:*&|()<->",
    "a & | ! b:*",
    "- -- ---",
    "-bridge",
    "or or or",
    "%F0%9F%94%A5",
    "%E2%80%AE%E2%80%8B",
    "the",
    "<script>alert(1)</script>",
    "{{ story }}{% now %}",
    "a " * 5000,
    "-a " * 5000,
    '"' * 5000,
    "x" * 60_000,
    "(" * 5000,
]


@pytest.fixture
def story():
    return make_story(slug="s", headline="War in Kursk", standfirst="The front moves.")


def say(story, headline, text="Nothing else.", **fields):
    return make_published_update(story, headline=headline, body=f"<p>{text}</p>", **fields)


def headlines(client, address):
    html = client.get(address).text
    found = re.findall(r'<h3><a href="[^"]*">(.*?)\s*</a></h3>', html, re.DOTALL)
    return [re.sub("<[^>]*>", "", each) for each in found]


def test_words_of_headline_text_and_source_are_found(client, story):
    say(story, "Bridge closed")
    say(story, "At noon", "Trains cross the bridge again.")
    cite(say(story, "In the evening"), Source.objects.create(name="Bridge Office"))
    say(story, "Something else")

    assert set(headlines(client, "/live/s/search?q=bridge")) == {
        "Bridge closed",
        "At noon",
        "In the evening",
    }


def test_every_word_is_asked_for(client, story):
    efe = Source.objects.create(name="Efe")
    cite(say(story, "Bridge closed"), efe)
    say(story, "Bridge opened")

    assert headlines(client, "/live/s/search?q=EFE+bridge") == ["Bridge closed"]


def test_phrases_and_refusals(client, story):
    say(story, "The white house")
    say(story, "A house, white")

    assert headlines(client, '/live/s/search?q="white+house"') == ["The white house"]
    assert headlines(client, "/live/s/search?q=“white+house”") == ["The white house"]
    assert headlines(client, '/live/s/search?q=house+-"white+house"') == ["A house, white"]


def test_headlines_stand_before_texts(client, story):
    say(story, "Bridge closed", minute=1)
    say(story, "At noon", "The bridge.", minute=2)

    assert headlines(client, "/live/s/search?q=bridge") == ["Bridge closed", "At noon"]


def test_case_is_no_matter_in_any_alphabet(client):
    story = make_story(slug="uk", language="uk")
    say(story, "Київ тримається", "Слово «МІСТ» написано.")

    for asked in ("київ", "КИЇВ", "міст"):
        assert headlines(client, f"/live/uk/search?q={asked}") == ["Київ тримається"]
    assert "<mark>Київ</mark>" in client.get("/live/uk/search?q=київ").text
    assert "<mark>МІСТ</mark>" in client.get("/live/uk/search?q=міст").text


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("九州で約20万戸が停電している。", "停電"),
        ("九州で約20万戸が停電している。", "20万戸"),
        ("政府宣布全国进入紧急状态", "紧急状态"),
        ("ประเทศไทยประกาศภาวะฉุกเฉิน", "ฉุกเฉิน"),
        ("서울에서 열차 멈춰", "서울"),
        ("한국은 비상사태를 선포했다", "비상사태를"),
        ("In León schließt die Straße", "Leon"),
        ("In León schließt die Straße", "STRASSE"),
        ("In Leon", "León"),
        ("Łódź, Đakovo, Ængelholm", "lodz dakovo aengelholm"),
        ("Пам’ять про місто", "Пам'ять"),
        ("Пам'ять про місто", "Памʼять"),
        ("Съёмка идёт", "съемка"),
        ("Κυριάκος Μητσοτάκης", "ΚΥΡΙΑΚΟΣ ΜΗΤΣΟΤΑΚΗΣ"),
        ("قال مُحَمَّد", "محمد"),
        ("L’eau monte à 10<sup>6</sup> m³", "eau"),
        ("L’eau monte à 10<sup>6</sup> m³", "l'eau"),
        ("Bridges closed", "bridge"),
        ("Puentes cerrados", "puente"),
        ("Nancy\u0301 e\u0301crit", "écrit"),
        ("snake_case and e-mail", "case"),
        ("snake_case and e-mail", "e-mail"),
    ],
)
def test_words_are_found_however_they_are_written(client, story, text, asked):
    say(story, "Found", text)
    say(story, "Another", "Nothing of the kind.")

    address = "/live/s/search?" + urlencode({"q": asked})

    assert headlines(client, address) == ["Found"]
    assert "<mark>" in client.get(address).text


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("The war goes on", "wa"),
        ("Warsaw", "war"),
        ("йогурт", "иогурт"),
        ("停戦と電力", "停電"),
        ("Pamyat", "Пам'ять"),
        ("Bridges", '"bridge"'),
        ("a_b", "%"),
        ("one two", '"two one"'),
    ],
)
def test_other_words_are_not_found(client, story, text, asked):
    say(story, "Not asked for", text)

    assert headlines(client, "/live/s/search?" + urlencode({"q": asked})) == []


def test_phrase_does_not_cross_from_headline_to_text(client, story):
    say(story, "Police open", "bridge today")

    assert headlines(client, '/live/s/search?q="open+bridge"') == []
    assert headlines(client, "/live/s/search?q=open+bridge") == ["Police open"]


def test_signs_without_spaces_are_marked_where_they_stand(client, story):
    say(story, "九州", "九州で約20万戸が停電している。" * 40)

    html = client.get("/live/s/search?q=停電").text

    assert "九州で約20万戸が<mark>停電</mark>している。" in html
    assert len(html) < 12_000


def test_rows_of_before_are_found_after_the_migration(client, story):
    update = say(story, "Café")
    Update.objects.update(search_words="")
    assert headlines(client, "/live/s/search?q=cafe") == []

    import_module("liveblog.migrations.0011_search_words").fill(apps, None)

    kept = Update.objects.filter(pk=update.pk).values_list("search_words", flat=True)
    assert list(kept) == [" cafe \n nothing else "]
    assert headlines(client, "/live/s/search?q=cafe") == ["Café"]


def test_all_stories_are_searched_by_their_own_words_too(client, story):
    say(story, "Bridge closed")
    say(make_story(slug="o", headline="Elsewhere"), "Bridge opened", minute=3)
    make_story(headline="Another", standfirst="About a bridge.")

    assert headlines(client, "/search?q=bridge") == ["Another", "Bridge opened", "Bridge closed"]
    assert headlines(client, "/search?q=kursk") == ["War in Kursk"]
    assert headlines(client, "/live/s/search?q=kursk") == []


def test_what_was_asked_for_is_marked_and_the_rest_is_text(client, story):
    say(story, 'A <b>bridge</b> & "more"', "Bold <strong>bridge</strong>, 1 &lt; 2.")

    html = client.get("/live/s/search?q=bridge").text

    assert "A &lt;b&gt;<mark>bridge</mark>&lt;/b&gt; &amp; &quot;more&quot;" in html
    assert "Bold <mark>bridge</mark>, 1 &lt; 2." in html


def test_markup_is_not_found(client, story):
    say(story, "One", '<strong>Two</strong> <a href="https://hidden.example/">three</a>')

    assert headlines(client, "/live/s/search?q=three") == ["One"]
    for asked in ("strong", "href", "hidden.example"):
        assert headlines(client, f"/live/s/search?q={asked}") == []


def test_long_texts_are_cut_around_the_word(client, story):
    say(story, "Long", "before " * 400 + "needle" + " after" * 400)

    html = client.get("/live/s/search?q=needle").text

    assert "… before before" in html
    assert "<mark>needle</mark> after" in html
    assert len(html) < 10_000


@pytest.mark.parametrize("address", ["/search", "/live/s/search"])
def test_no_words_are_the_form_alone(client, story, address):
    for query in ("", "?q=", "?q=+%20", "?p=x"):
        html = client.get(address + query).text
        assert 'role="search"' in html
        assert "search-count" not in html
        assert '<meta name="robots" content="noindex">' in html


def test_nothing_found_helps_on(client, story):
    html = client.get("/live/s/search?q=absent").text

    assert "Nothing was found for “absent”." in html
    assert 'href="/search?q=absent"' in html


def test_results_are_bounded_and_counted(client, story):
    for number in range(51):
        say(story, f"Bridge x{number}")

    assert "More than 50 results" in client.get("/live/s/search?q=bridge").text
    assert len(headlines(client, "/live/s/search?q=bridge")) == 50
    assert "1 result<" in client.get("/live/s/search?q=bridge+x7").text


def test_hidden_words_are_not_found(client, story):
    say(story, "Shown")
    for status in ("draft", "submitted", "scheduled", "retracted"):
        make_hidden_update(story, status, "SECRET")
    for status in ("draft", "withdrawn"):
        other = make_story(status=status, headline="SECRET", withdrawn_at=START)
        say(other, "SECRET")

    for address in ("/search?q=secret", "/live/s/search?q=secret"):
        assert "Nothing was found" in client.get(address).text
    assert client.get(f"/live/{other.slug}/search?q=secret").status_code == 410


def test_a_changed_row_is_found_by_its_new_words_alone(client, story):
    source = Source.objects.create(name="Oldname")
    update = say(story, "Before")
    attribution = cite(update, source)

    update.headline = "After"
    update.save(update_fields=["headline"])
    source.name = "Newname"
    source.save()

    assert headlines(client, "/live/s/search?q=before") == []
    assert headlines(client, "/live/s/search?q=oldname") == []
    assert headlines(client, "/live/s/search?q=after+newname") == ["After"]
    attribution.delete()
    assert headlines(client, "/live/s/search?q=newname") == []
    Story.objects.filter(pk=story.pk).update(language="uk")
    assert headlines(client, "/live/s/search?q=after") == ["After"]


@pytest.mark.parametrize("asked", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_queries_are_answered(client, story, asked):
    say(story, "Bridge closed")

    for address in ("/search", "/live/s/search"):
        response = client.get(f"{address}?q={asked}")

        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "private, max-age=5"
        assert "<script>alert" not in response.text


@pytest.mark.parametrize("count", [1, 50])
def test_search_costs_few_queries(client, story, count, django_assert_max_num_queries):
    efe = Source.objects.create(name="Efe")
    for number in range(count):
        cite(say(story, f"Bridge {number}"), efe)

    with django_assert_max_num_queries(5):
        client.get("/live/s/search?q=bridge")
    with django_assert_max_num_queries(7):
        client.get("/search?q=bridge")


def test_search_pages_are_valid(client, story, assert_valid_html):
    say(story, "Bridge closed", "A bridge.")

    addresses = ["/search", "/live/s/search", "/live/s/", "/search?q=absent", "/search?q=bridge"]
    assert_valid_html(*(client.get(each).text for each in addresses))


def test_stories_of_a_fixture_are_found(client):
    call_command("loaddata", "ukraine_kursk", verbosity=0)

    html = client.get("/search?q=Kursk").text

    assert 'class="result"' in html
    assert headlines(client, "/live/ukraine-kursk/search?q=putin")
    assert headlines(client, "/live/ukraine-kursk/search?q=efe")
