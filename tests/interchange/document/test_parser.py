"""Well-formed documents are read whole; a malformed one is refused with its lines."""

from datetime import time, timedelta, timezone
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liveblog.interchange.document.attributions import find_citations
from liveblog.interchange.document.captions import Picture
from liveblog.interchange.document.parser import Document, Update, parse
from liveblog.interchange.document.text import MOST_BYTES, DocumentError, load
from liveblog.richtext import from_plain_text, to_plain_text

HEADLINE = "Floods close the road between the two valleys"


def problems(source):
    with pytest.raises(DocumentError) as error:
        parse(source)
    return [(problem.line, problem.reason) for problem in error.value.problems]


def lines_of(source):
    return [line for line, _ in problems(source)]


def test_top_with_everything():
    assert parse(
        "Weather\nWEATHER\n\nFloods close the road\nbetween the two valleys\n\n"
        "Updated 25 October 2024 at 10:45 CET\n\n"
        "Four villages are cut off\n\n"
        "A bridge under water.\nThe bridge at Arlen on Friday.Getty Images\n\n"
        "It has rained since Monday.\n\nMore is to come.\n\n"
        "Army Sends Boats\n\nTwelve boats arrived.\n"
    ) == Document(
        kicker="Weather",
        headline=HEADLINE,
        headline_line=4,
        standfirst="Four villages are cut off",
        pictures=(
            Picture(11, "A bridge under water.", "The bridge at Arlen on Friday.", "Getty Images"),
        ),
        introduction=("It has rained since Monday.", "More is to come."),
        updates=(Update(18, "Army Sends Boats", ("Twelve boats arrived.",)),),
    )


def test_headline_alone():
    assert parse(HEADLINE) == Document(headline=HEADLINE)


def test_no_kicker_no_updated_no_standfirst_no_picture():
    read = parse(f"{HEADLINE}\n\nIt has rained.\n\nArmy Sends Boats\n\nBoats came.")
    assert read == Document(
        headline=HEADLINE,
        introduction=("It has rained.",),
        updates=(Update(5, "Army Sends Boats", ("Boats came.",)),),
    )


def test_no_updates():
    read = parse(f"News\n\n{HEADLINE}\n\nRoads are shut\n\nIt has rained.\n\nIt rains.")
    assert read == Document(
        kicker="News",
        headline=HEADLINE,
        headline_line=3,
        standfirst="Roads are shut",
        introduction=("It has rained.", "It rains."),
    )


def test_introduction_missing():
    read = parse(f"{HEADLINE}\n\nUpdated\n\nRoads are shut\n\nArmy Sends Boats\n\nBoats came.")
    assert (read.standfirst, read.introduction) == ("Roads are shut", ())
    assert read.updates == (Update(7, "Army Sends Boats", ("Boats came.",)),)


def test_introduction_missing_below_a_picture():
    read = parse(f"{HEADLINE}\n\nA bridge.AP\n\nArmy Sends Boats\n\nBoats came.")
    assert (read.standfirst, read.introduction) == ("", ())
    assert [update.headline for update in read.updates] == ["Army Sends Boats"]


@pytest.mark.parametrize(
    ("top", "kicker", "headline"),
    [
        ("NEWS\n\n" + HEADLINE, "NEWS", HEADLINE),
        ("NEWS\nNEWS\n\n" + HEADLINE, "NEWS", HEADLINE),
        ("NEWS\n\nNews\n\n" + HEADLINE, "NEWS", HEADLINE),
        ("EXTRAORDINARY\nEXTRAORDINARY\n\nWar ends", "EXTRAORDINARY", "War ends"),
        ("K" * 30 + "\n\n" + HEADLINE, "K" * 30, HEADLINE),
        ("K" * 31 + "\n\n" + HEADLINE + ".", "", "K" * 31),
        ("War ends\n\nUpdated\n\n" + HEADLINE, "", "War ends"),
        ("War ends\n\nThe two sides signed on Friday.", "", "War ends"),
        ("War ends\n\n08:45\n\nPeace signed\n\nIt was signed.", "", "War ends"),
        ("LIVE\n\nWar ends after long talks.\n\nUpdated", "LIVE", "War ends after long talks."),
        ("НОВИНИ\n\nПерші солдати вже на фронті", "НОВИНИ", "Перші солдати вже на фронті"),
    ],
)
def test_kicker(top, kicker, headline):
    read = parse(top)
    assert (read.kicker, read.headline) == (kicker, headline)


@pytest.mark.parametrize(
    "line",
    [
        *("Updated", "UPDATED", "Updated 10:45", "Updated: 10:45 CET", "Updated at 8.45 am"),
        *("Updated 25 October 2024, 10:00", "Last updated 5 minutes ago", "Updated just now"),
        *("Actualizado a las 10:45 h", "Оновлено о 10:45", "Updated Fri 25 Oct 2024 10.45 BST"),
        *("Updated…", "Updated on October 25th, 2024 at 10:45am ET"),
    ],
)
def test_updated_is_left_out(line):
    read = parse(f"{HEADLINE}\n\n{line}\n\nRoads are shut\n\nIt rains.")
    assert read == Document(
        headline=HEADLINE, standfirst="Roads are shut", introduction=("It rains.",)
    )


def test_a_standfirst_may_begin_with_updated():
    read = parse(f"{HEADLINE}\n\nUpdated flood maps show 40 more streets\n\nIt rains.")
    assert read.standfirst == "Updated flood maps show 40 more streets"


@pytest.mark.parametrize(
    ("block", "picture"),
    [
        ("A bridge.AP", ("", "A bridge.", "AP")),
        ("A bridge.\nA bridge.AP", ("A bridge.", "A bridge.", "AP")),
        ("A bridge.\nIn rain.\nA bridge.\nIn rain.AP", ("A bridge. In rain.",) * 2 + ("AP",)),
        ("A bridge.\n\nA bridge.AP", ("A bridge.", "A bridge.", "AP")),
        ("A bridge\nThe bridge at Arlen.AFP", ("A bridge", "The bridge at Arlen.", "AFP")),
        ("The bridge at Arlen on\nfriday.AFP", ("", "The bridge at Arlen on friday.", "AFP")),
        ("Is this a bridge?Getty Images", ("", "Is this a bridge?", "Getty Images")),
        ("What a bridge!EFE/Ana Ruiz", ("", "What a bridge!", "EFE/Ana Ruiz")),
        ("“A bridge.”Reuters", ("", "“A bridge.”", "Reuters")),
        ("“A bridge”.Reuters", ("", "“A bridge”.", "Reuters")),
        ("A bridge…Élodie Roux", ("", "A bridge…", "Élodie Roux")),
        ("Міст.Укрінформ", ("", "Міст.", "Укрінформ")),
        ("Soldiers in the U.S.AP", ("", "Soldiers in the U.S.", "AP")),
        ("A bridge.A" + "b" * 39, ("", "A bridge.", "A" + "b" * 39)),
    ],
)
def test_picture(block, picture):
    read = parse(f"{HEADLINE}\n\nUpdated\n\n{block}\n\nIt has rained.")
    assert [(p.alt, p.caption, p.credit) for p in read.pictures] == [picture]
    assert (read.standfirst, read.introduction) == ("", ("It has rained.",))


def test_several_pictures():
    read = parse(f"{HEADLINE}\n\nRoads shut\n\nA bridge.AP\n\nA boat.\nA boat.AFP\n\nIt rains.")
    assert [(p.line, p.caption, p.credit) for p in read.pictures] == [
        (5, "A bridge.", "AP"),
        (7, "A boat.", "AFP"),
    ]
    assert read.introduction == ("It rains.",)


@pytest.mark.parametrize(
    "block",
    [
        *("A bridge. AP", "A bridge.ap", "A bridge.A" + "b" * 40, "It cost 8.45 euros"),
        *("St.Petersburg is hit", "They left the U.S.A", "A bridge"),
    ],
)
def test_no_picture(block):
    read = parse(f"{HEADLINE}\n\nRoads are shut\n\nIt rains.\n\nIt has rained.")
    assert read.pictures == ()
    assert parse(f"{HEADLINE}\n\n{block}\n\nIt rains.").pictures == ()


def test_picture_with_doubled_line_in_an_update():
    read = parse(f"{HEADLINE}\n\nIn.\n\nBoats\n\nCame.\n\nA boat.\nA boat.AFP\n\nWent.")
    assert read.updates == (
        Update(5, "Boats", ("Came.", "Went."), None, (Picture(9, "A boat.", "A boat.", "AFP"),)),
    )


@pytest.mark.parametrize(
    "headline",
    [
        *("12 Killed in 3 Cities", "Will It Rain?", "It Rains!", 'Japan Voices "Serious Concern"'),
        *(
            "Peña Says No",
            "“Never” Is the Answer of “All”",
            "Troops Leave the U.S.",
            "Due at 8 a.m.",
        ),
        *("Shots Fired (Police)", "«Ніколи» — відповідь Києва", "Meeting Set for 8 p. m."),
        *(
            "Musk Buys Twitter Inc.",
            "x" * 140,
            "Los aliados de EE. UU.",
            "Talks in Washington, D.C.",
        ),
        *("Κίεβο λέει όχι", "基辅说不", "'Stop' Signs Are 'Gone'", "e.g. This", "The 8.45 to Kyiv"),
    ],
)
def test_headline(headline):
    read = parse(f"{HEADLINE}\n\nIt rains.\n\n{headline}\n\nIt has rained.")
    assert read.updates == (Update(5, headline, ("It has rained.",)),)


@pytest.mark.parametrize(
    "paragraph",
    [
        *("He left.", '“We left,” he said. "It was over."', "He said it was (over).", "And so…"),
        *("The minister said:", '"Nobody will be left behind"', "“Never again!”", "「行きません」"),
        *("他说不。", "वह गया।", "x" * 141, "He said “no”.", "He said: «No. »", "So it goes..."),
        *("‘It’s over’", "He bought it from a man named Bo.", "He said no.", "***", "„Nein“"),
        *("two\nlines", "He said ‘no.’ ”"),
    ],
)
def test_paragraph(paragraph):
    read = parse(f"{HEADLINE}\n\nIt rains.\n\nBoats\n\n{paragraph}\n\nIt has rained.")
    text = paragraph.replace("\n", " ")
    assert read.updates == (Update(5, "Boats", (text, "It has rained.")),)


def test_paragraph_that_ends_in_an_abbreviation_where_no_headline_can_stand():
    read = parse(f"{HEADLINE}\n\nIn.\n\nOne\n\nThe vote is at 8 p.m.\n\nTwo\n\nThey left the U.S.")
    assert read.updates == (
        Update(5, "One", ("The vote is at 8 p.m.",)),
        Update(9, "Two", ("They left the U.S.",)),
    )


CET = timezone(timedelta(hours=1))


@pytest.mark.parametrize(
    ("line", "found"),
    [("08:45", time(8, 45)), ("8.45 am", time(8, 45)), ("10:30 CET", time(10, 30, tzinfo=CET))],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_time_line(line, found, gap):
    read = parse(f"{HEADLINE}\n\nIn.\n\n{line}{gap}It rains.\n\nIt has rained.")
    start = read.updates[0].line
    assert read.updates == (Update(start, "It rains.", ("It has rained.",), found),)
    assert start == 5


def test_time_line_below_the_headline_of_the_story():
    read = parse(f"{HEADLINE}\n\n09:10\n\nTwo\n\nB.\n\n08:45\n\nOne\n\nA.")
    assert [(u.time, u.headline, u.paragraphs) for u in read.updates] == [
        (time(9, 10), "Two", ("B.",)),
        (time(8, 45), "One", ("A.",)),
    ]


def test_time_line_before_a_long_paragraph():
    text = "It rains. " * 20
    read = parse(f"{HEADLINE}\n\nIn.\n\n09:10\n\n{text}\n\nOn.")
    assert read.updates == (Update(5, "", (text.strip(), "On."), time(9, 10)),)


def test_where_times_part_the_updates_a_headline_between_them_is_text():
    read = parse(f"{HEADLINE}\n\nIn.\n\n09:10\n\nThree\n\nC.\n\nTwo\n\nB.\n\n08:10\n\nOne\n\nA.")
    assert [(u.time, u.headline, u.paragraphs) for u in read.updates] == [
        (time(9, 10), "Three", ("C.", "Two", "B.")),
        (time(8, 10), "One", ("A.",)),
    ]
    [note] = read.notes
    assert (note.line, "“Two” has no time of its own" in note.reason) == (11, True)


def test_marked_headline_between_times_begins_an_update():
    text = f"{HEADLINE}\n\nIn.\n\n09:10\n\nThree\n\nC.\n\nTwo\n\nB.\n\n08:10\n\nOne\n\nA."
    read = parse(text, marks={11: "headline"})
    assert [(u.time, u.headline) for u in read.updates] == [
        (time(9, 10), "Three"),
        (None, "Two"),
        (time(8, 10), "One"),
    ]


def test_one_time_among_headlines_parts_nothing():
    read = parse(f"{HEADLINE}\n\nIn.\n\nThree\n\nC.\n\n09:10\n\nTwo\n\nB.\n\nOne\n\nA.")
    assert [(u.time, u.headline) for u in read.updates] == [
        (None, "Three"),
        (time(9, 10), "Two"),
        (None, "One"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_mark(end, mark):
    text = f"{HEADLINE}\n \t \nIt\nrains.\n\u00a0\n\nBoats\n\nThey\t\n  came.\n"
    assert parse(mark + text.replace("\n", end).encode()) == Document(
        headline=HEADLINE,
        introduction=("It rains.",),
        updates=(Update(7, "Boats", ("They came.",)),),
    )


def test_characters_stay_as_they_are():
    text = "\u00a0«Ні»\u202f—  “a\u00a0b” <b>&amp;</b> e\u0301 \u2028 x\ty \U0001f600."
    assert parse(f"{HEADLINE}\n\n{text}").introduction == (text,)


def test_non_latin_script():
    read = parse(
        "НОВИНИ\nНОВИНИ\n\nПерші солдати з Північної Кореї вже на фронті\n\nОновлено о 10:45\n\n"
        "За підрахунками, їх 12 тисяч\n\nСолдати.\nСолдати.AP\n\nВійна триває.\n\n"
        "Що далі?\n\nНіхто не знає, повідомляє Укрінформ."
    )
    assert read == Document(
        kicker="НОВИНИ",
        headline="Перші солдати з Північної Кореї вже на фронті",
        headline_line=4,
        standfirst="За підрахунками, їх 12 тисяч",
        pictures=(Picture(10, "Солдати.", "Солдати.", "AP"),),
        introduction=("Війна триває.",),
        updates=(Update(15, "Що далі?", ("Ніхто не знає, повідомляє Укрінформ.",)),),
    )


@pytest.mark.parametrize("source", ["", b"", "\n \n\u00a0\n", "\ufeff", b"\xef\xbb\xbf\r\n"])
def test_empty(source):
    assert problems(source) == [(1, "the document is empty")]


@pytest.mark.parametrize(
    ("end", "lines"),
    [
        ("One\n\nTwo\n\nB.", [5]),
        ("One", [5]),
        ("One\n\nA.\n\nTwo", [9]),
        ("One\n\nTwo\n\nThree", [5, 7, 9]),
        ("08:45", [5]),
        ("One\n\nA.\n\n08:45\n\n09:10\n\nTwo\n\nB.", [9]),
    ],
)
def test_headline_without_paragraph(end, lines):
    assert lines_of(f"{HEADLINE}\n\nIn.\n\n{end}") == lines


def test_text_under_a_time_is_its_update():
    read = parse(f"{HEADLINE}\n\nIn.\n\n08:45\nOne.")
    assert read.updates == (Update(5, "", ("One.",), time(8, 45)),)


def test_time_without_text_is_left_out_and_listed():
    read = parse(f"{HEADLINE}\n\n09:10\n\n08:45\n\nOne\n\nA.")
    assert [(u.time, u.headline) for u in read.updates] == [(time(8, 45), "One")]
    assert [(each.line, each.text) for each in read.left_out] == [(3, "09:10")]


def test_time_in_place_of_the_headline():
    assert lines_of("\n08:45\n\nOne\n\nA.") == [2]


def test_headline_too_long():
    assert lines_of("\n\n" + "x " * 151) == [3]


@pytest.mark.parametrize(
    "character", ["\x00", "\x07", "\x0b", "\x0c", "\x1b", "\x1c", "\x7f", "\x85", "\ud800"]
)
def test_control_character(character):
    found = problems(f"{HEADLINE}\r\n\r\nIt{character} rai{character}ns.\n{character}")
    assert [line for line, _ in found] == [3, 4]
    assert f"U+{ord(character):04X}" in found[0][1]


def test_bytes_that_are_not_utf8():
    source = HEADLINE.encode() + b"\r\rIt \xff rains.\r\nyes\n\xe9t\xe9.\n"
    assert [(line, reason[:13]) for line, reason in problems(source)] == [
        (3, "the byte 0xFF"),
        (5, "the byte 0xE9"),
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_utf16(encoding):
    assert lines_of(HEADLINE.encode(encoding))[0] == 1


def test_more_than_5_mb(tmp_path):
    document = tmp_path / "long.txt"
    document.write_bytes(b"x" * (MOST_BYTES + 1))
    with pytest.raises(DocumentError, match="line 1: the document has more than 5 MB"):
        load(document)
    assert lines_of(b"x" * (MOST_BYTES + 1)) == [1]
    assert lines_of("é" * (MOST_BYTES // 2 + 1)) == [1]


PIECES = [
    "as reported by Efe",
    "U.S.",
    '"',
    "“",
    "”",
    "'",
    "08:45",
    "x",
    "É",
    "\u00a0",
    "<b>",
    "&",
    ",",
]
INNER = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map(" ".join)
PARAGRAPHS = st.lists(
    INNER.map(lambda text: f"It {text} rained.".replace("  ", " ")), min_size=1, max_size=4
)
HEADLINES = st.text("abcÉñЖ0123456789,?!“” ", min_size=1, max_size=100).map(
    lambda text: f"Rain {text}? now"
)
UPDATES = st.lists(st.tuples(HEADLINES, PARAGRAPHS), max_size=5)


@pytest.mark.thorough
@settings(max_examples=200)
@given(introduction=PARAGRAPHS, updates=UPDATES, is_wrapped=st.booleans(), has_top=st.booleans())
def test_every_paragraph_is_kept_once_in_order(introduction, updates, is_wrapped, has_top):
    def wrap(text):
        return text.replace(" ", "\n", 1) if is_wrapped else text

    blocks = [HEADLINE, *(["Updated", "A standfirst", "A bridge.AP"] if has_top else [])]
    blocks += map(wrap, introduction)
    for headline, paragraphs in updates:
        blocks += [headline, *map(wrap, paragraphs)]
    read = parse("\n\n".join(blocks))
    assert list(read.introduction) == introduction
    assert [(u.headline, list(u.paragraphs)) for u in read.updates] == updates
    for paragraphs in (introduction, *(paragraphs for _, paragraphs in updates)):
        assert to_plain_text(from_plain_text(paragraphs)).split("\n") == paragraphs


@pytest.mark.thorough
@settings(max_examples=300)
@given(st.text("aA.?!:\"”“'’ \n\u00a0\r\t", max_size=200) | st.text(max_size=200))
def test_any_text_is_read_without_loss_or_refused(text):
    try:
        read = parse(text)
    except DocumentError as error:
        assert error.problems  # noqa: PT017 (either answer is fine)
        return
    words = " ".join(
        [
            *(read.kicker, read.headline, read.standfirst),
            *(f"{p.alt} {p.caption}{p.credit}" for p in read.pictures),
            *read.introduction,
            *(" ".join([u.headline, *u.paragraphs, *u.bylines]) for u in read.updates),
            *(*read.topics, *read.bylines, *(each.text for each in read.left_out)),
        ]
    )
    shown = [c for c in text if c.isalnum()]
    kept = [c for c in words if c.isalnum()]
    if not read.kicker and "pdated" not in text and not any(u.time for u in read.updates):
        assert kept == shown


HOSTILE = [
    *(
        '"',
        "x.\n\n",
        "U.S. ",
        "a.AP\n",
        "08:45 ",
        "\n",
        "'’ ",
        "x\n",
        "x\n\n",
        "10:30\n",
        "10:30 X\n",
    ),
    *("10:30 X\n\nY.\n\n", "3h ago\nx\n", "Share\n", "Foto: dpa\n\n", "By Jane Roe\n\n", "• x\n"),
    *(
        "according to the a ",
        "Efe says ",
        "(AP) ",
        "25.10.2024 10:30\n",
        "Updated ",
        "＝共同",
        "報じた",
    ),
    *("10時", "A. B. ", "— ", "© ", "https://a.b/c\n", "+++ ", "[", "（", "aa\naa\n"),
]


def seconds_to_read(piece, size):
    text = f"{HEADLINE}\n\nIt rains.\n\n{piece * (size // len(piece))}\n\nIt rains."
    start = process_time()
    try:
        for update in parse(text).updates:
            find_citations(update.paragraphs)
    except DocumentError:
        pass
    return process_time() - start


def grows_with_its_length(piece):
    # Eight times the text is eight times the work, or 64 times where it is quadratic.
    short, long = seconds_to_read(piece, 10_000), seconds_to_read(piece, 80_000)
    return long < 0.3 or long < 24 * short


@pytest.mark.thorough
@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_length_of_a_hostile_text(piece):
    """One time of three is enough: other programs slow a process, and none makes it quicker."""
    assert any(grows_with_its_length(piece) for _ in range(3))


def test_problem_keeps_its_words_and_values_apart():
    with pytest.raises(DocumentError) as refused:
        parse(f"{HEADLINE}\n\nIn.\n\n09:10")

    reason = refused.value.problems[0].reason
    assert reason == "no update follows the time “09:10”"
    assert reason.words == "no update follows the time “%(time)s”"
    assert reason.values == {"time": "09:10"}


def test_lines_of_bylines_and_pictures_are_named_as_such():
    outlets = Path(__file__).parent / "outlets"
    bbc = parse((outlets / "en-bbc-breaking.txt").read_bytes())
    parts = {each.text: str(each.part) for each in bbc.lines}

    assert parts["Edited by Jane Roe"] == parts["John Doe"] == "byline"


DAY = """
{day} October 2024

09:00
Markets open higher

{day} was a good day for them.

08:00
Weather report

On {day} October it rained.
"""


def test_headlines_that_come_again_on_another_day_are_other_updates():
    days = "".join(DAY.format(day=day) for day in (25, 24))

    document = parse(f"Live: the week in the city centre\n{days}")

    texts = [update.paragraphs[0] for update in document.updates]
    assert texts == [
        "25 was a good day for them.",
        "On 25 October it rained.",
        "24 was a good day for them.",
        "On 24 October it rained.",
    ]
