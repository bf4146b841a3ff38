"""Documents of many shapes, read whole: nothing lost, nothing twice."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveblog.interchange.document import Document, PictureText, read_document
from liveblog.interchange.text import MOST_BYTES, DocumentError
from liveblog.richtext import from_plain_text, to_plain_text

pytestmark = pytest.mark.any_database

TOP = "NEWS\nNEWS\n\nA bridge over the Seim is closed to all traffic\n\nUpdated\n\n"
STANDFIRST = "Engineers say the repair may take a week\n\n"
INTRODUCTION = "The bridge was closed on Friday. Nobody was hurt.\n\n"
UPDATE = "First lorries turn back\n\nLorries turned back at noon.\n"


def read(text):
    return read_document(text.encode())


def outline(document: Document):
    """The document's words in its own order, as one list."""
    top = [document.kicker, document.headline, document.standfirst]
    pictures = [(each.alt, each.caption, each.credit) for each in document.pictures]
    updates = [(each.headline, *each.paragraphs) for each in document.updates]
    return [*top, *pictures, *document.introduction, *updates]


FULL = [
    "NEWS",
    "A bridge over the Seim is closed to all traffic",
    "Engineers say the repair may take a week",
    "The bridge was closed on Friday. Nobody was hurt.",
    ("First lorries turn back", "Lorries turned back at noon."),
]
HEAD = "A bridge over the Seim is closed to all traffic"
INTRO = "The bridge was closed on Friday. Nobody was hurt."


def without(*left_out):
    return ["" if place in left_out else each for place, each in enumerate(FULL)]


WHOLE = TOP + STANDFIRST + INTRODUCTION + UPDATE
SHAPES = {
    "whole": (WHOLE, FULL),
    "kicker once": (WHOLE.replace("NEWS\nNEWS", "NEWS"), FULL),
    "kicker doubled in blocks": (WHOLE.replace("NEWS\nNEWS", "NEWS\n\nNEWS"), FULL),
    "kicker on top of the headline": (WHOLE.replace("NEWS\n\nA", "NEWS\nA"), FULL),
    "no kicker": (WHOLE.removeprefix("NEWS\nNEWS\n\n"), without(0)),
    "no updated": (WHOLE.replace("Updated\n\n", ""), FULL),
    "updated with a time": (WHOLE.replace("Updated", "Updated 25 October 2024, 08:45 CET"), FULL),
    "updated with a colon": (WHOLE.replace("Updated", "Updated: 08.45"), FULL),
    "no standfirst": (TOP + INTRODUCTION + UPDATE, without(2)),
    "no introduction": (TOP + STANDFIRST + UPDATE, [each for each in FULL if each != INTRO]),
    "no updates": (TOP + STANDFIRST + INTRODUCTION, FULL[:4]),
    "headline alone": ("Bridge closed\n", ["", "Bridge closed", ""]),
    "wrapped paragraphs": (WHOLE.replace("on Friday. Nobody", "on Friday.\nNobody"), FULL),
    "windows line ends": (WHOLE.replace("\n", "\r\n"), FULL),
    "old line ends": (WHOLE.replace("\n", "\r"), FULL),
    "byte-order mark": ("\ufeff" + WHOLE, FULL),
    "lines of spaces": (WHOLE.replace("\n\n", "\n \t \n\n\n"), FULL),
    "indented": (WHOLE.replace("Lorries", "\t  Lorries"), FULL),
    "no line end at the end": (WHOLE.rstrip("\n"), FULL),
    "quotes at both ends of a paragraph": (
        WHOLE + "\n“We wait,” said one. “We wait.”\n",
        [*FULL[:4], (*FULL[4], "“We wait,” said one. “We wait.”")],
    ),
    "a whole quotation is no headline": (
        WHOLE + '\n"We will not leave"\n',
        [*FULL[:4], (*FULL[4], '"We will not leave"')],
    ),
    "a heading that begins and ends in quotes": (
        WHOLE + '\n"Wait", says Kyiv; Moscow says "go"\n\nBoth spoke.\n',
        [*FULL, ('"Wait", says Kyiv; Moscow says "go"', "Both spoke.")],
    ),
    "a colon introduces": (
        WHOLE + "\nWhat he said:\n\nNothing.\n",
        [*FULL[:4], (*FULL[4], "What he said:", "Nothing.")],
    ),
    "headings with digits": (
        WHOLE + "\n10:30 train to Kyiv stops after 3 km\n\nIt stopped.\n",
        [*FULL, ("10:30 train to Kyiv stops after 3 km", "It stopped.")],
    ),
    "headings that ask or shout": (
        WHOLE + "\nWill the bridge hold?\n\nIt may.\n\nIt holds!\n\nIt did.\n",
        [*FULL, ("Will the bridge hold?", "It may."), ("It holds!", "It did.")],
    ),
    "headings with accents": (
        WHOLE + "\nSánchez: «Ñandú» y otras señales\n\nDijo que sí.\n",
        [*FULL, ("Sánchez: «Ñandú» y otras señales", "Dijo que sí.")],
    ),
    "headings that end in an abbreviation": (
        WHOLE + "\nAid leaves the U.S.\n\nIt left.\n\nCurfew at 9 a.m.\n\nIt began.\n",
        [*FULL, ("Aid leaves the U.S.", "It left."), ("Curfew at 9 a.m.", "It began.")],
    ),
    "a short paragraph ends in an ellipsis": (
        WHOLE + "\nAnd then nothing…\n",
        [*FULL[:4], (*FULL[4], "And then nothing…")],
    ),
    "a paragraph ends in a bracket": (
        WHOLE + "\nIt is closed (for now.)\n",
        [*FULL[:4], (*FULL[4], "It is closed (for now.)")],
    ),
    "a headline of two lines is a paragraph": (
        WHOLE + "\nNot a\nheadline\n",
        [*FULL[:4], (*FULL[4], "Not a headline")],
    ),
    "no-break spaces and double spaces stay": (
        WHOLE + "\nIt  cost 5\u00a0000\u00a0€.\n",
        [*FULL[:4], (*FULL[4], "It  cost 5\u00a0000\u00a0€.")],
    ),
    "ukrainian": (
        "Міст через Сейм закрито для всього руху\n\nМіст закрили.\n\n"
        "Вантажівки стоять\n\nСтоять.\n",
        [
            "",
            "Міст через Сейм закрито для всього руху",
            "",
            "Міст закрили.",
            ("Вантажівки стоять", "Стоять."),
        ],
    ),
    "hindi": (
        "पुल बंद है और मरम्मत चल रही है\n\nपुल बंद है।\n\nगाड़ियाँ रुकी हैं\n\nवे रुकी हैं।\n",
        ["", "पुल बंद है और मरम्मत चल रही है", "", "पुल बंद है।", ("गाड़ियाँ रुकी हैं", "वे रुकी हैं।")],
    ),
    "chinese": (
        "塞伊姆河大桥关闭\n\n桥已关闭。\n\n卡车返回\n\n卡车中午返回。\n",
        ["", "塞伊姆河大桥关闭", "", "桥已关闭。", ("卡车返回", "卡车中午返回。")],
    ),
    "markup is text": (
        WHOLE + "\n<b>5 < 6</b> &amp; more.\n",
        [*FULL[:4], (*FULL[4], "<b>5 < 6</b> &amp; more.")],
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_read_document_of_shape(shape):
    text, expected = SHAPES[shape]

    assert outline(read(text)) == expected


PICTURES = {
    "alt equals caption": ("A bridge.\nA bridge.AP", ("A bridge.", "A bridge.", "AP")),
    "alt differs": ("Cars wait\nThe bridge on Friday.Reuters", ("Cars wait",) * 1),
    "no alt": ("The bridge on Friday.Getty Images", ("", "The bridge on Friday.", "Getty Images")),
    "alt in a block of its own": ("A bridge.\n\nA bridge.AP", ("A bridge.", "A bridge.", "AP")),
    "caption ends in a quote": (
        "It said “closed.”AFP",
        ("", "It said “closed.”", "AFP"),
    ),
    "caption asks": ("Who waits?Efe", ("", "Who waits?", "Efe")),
    "photographer and agency": (
        "The bridge.Sergei Supinsky/AFP",
        ("", "The bridge.", "Sergei Supinsky/AFP"),
    ),
    "wrapped caption": (
        "The bridge over the Seim, seen from the village\nof Glushkovo on Friday.AP",
        ("", "The bridge over the Seim, seen from the village of Glushkovo on Friday.", "AP"),
    ),
}
PICTURES["alt differs"] = (
    "Cars wait\nThe bridge on Friday.Reuters",
    ("Cars wait", "The bridge on Friday.", "Reuters"),
)


@pytest.mark.parametrize("case", PICTURES)
def test_read_document_with_a_picture(case):
    block, expected = PICTURES[case]

    document = read(f"{TOP}{STANDFIRST}{block}\n\n{INTRODUCTION}{UPDATE}")

    assert outline(document) == [*FULL[:3], expected, *FULL[3:]]


def test_read_document_with_two_pictures():
    document = read(f"{TOP}{STANDFIRST}One.AP\n\nTwo.Efe\n\n{INTRODUCTION}")

    assert [each.credit for each in document.pictures] == ["AP", "Efe"]
    assert document.introduction == (INTRO,)


def test_read_document_with_a_picture_and_no_standfirst():
    document = read(f"{TOP}One.AP\n\n{INTRODUCTION}")

    assert (document.standfirst, document.pictures) == ("", (PictureText("One.", "AP", "", 8),))


def test_abbreviation_at_the_end_is_no_credit():
    document = read(f"{TOP}{STANDFIRST}The aid came from the U.S\n\n{INTRODUCTION}{UPDATE}")

    assert document.pictures == ()


def test_times_before_headlines_are_read():
    document = read(
        f"{TOP}{INTRODUCTION}08:45\n\nOne\n\nText.\n\n8.15 am\nTwo.\n\nText.\n\n"
        "07:30 CET\n\nThree\n\nText.\n"
    )

    assert document.times == [time(8, 45), time(8, 15), time(7, 30)]
    assert [each.headline for each in document.updates] == ["One", "Two.", "Three"]
    assert document.updates[2].at.zone == "CET"


def test_time_marks_a_headline_whatever_it_ends_in():
    document = read(f"{TOP}{INTRODUCTION}08:45\n\nThe bridge is open.\n\nIt opened.\n")

    assert [each.headline for each in document.updates] == ["The bridge is open."]


ERRORS = {
    "empty": ("", "line 1: the document is empty"),
    "blank": (" \n\n\t\n", "line 1: the document is empty"),
    "heading then heading": (
        f"{WHOLE}\nOne\n\nTwo\n\nText.\n",
        "line 16: the heading “One” is followed by another in line 18, not by text",
    ),
    "heading at the end": (
        f"{WHOLE}\nOne\n",
        "line 16: the heading “One” is followed by the end of the document, not by text",
    ),
    "time at the end": (f"{WHOLE}\n08:45\n", "line 16: the time is not followed by an update"),
    "two times": (
        f"{WHOLE}\n08:45\n\n08:50\n\nOne\n\nText.\n",
        "line 16: the time is not followed by an update",
    ),
    "control character": ("A\n\nB\x07ell\n", "line 3: holds the control character U+0007"),
    "nul": ("A\x00\n", "line 1: holds the control character U+0000"),
    "headline too long": (
        "x" * 301 + "\n\nText.\n",
        "line 1: the headline has 301 characters, the most is 300",
    ),
    "standfirst too long": (
        "Head\n\n" + "x" * 1001 + "\n\nText.\n",
        "line 3: the standfirst has more than 1000 characters",
    ),
}


@pytest.mark.parametrize("case", ERRORS)
def test_read_document_says_what_is_wrong(case):
    text, told = ERRORS[case]

    with pytest.raises(DocumentError) as error:
        read(text)

    assert str(error.value) == told


def test_read_document_tells_all_problems_at_once():
    with pytest.raises(DocumentError) as error:
        read(f"{WHOLE}\nOne\n\nTwo\n\nText.\n\nThree\n")

    assert [each.line for each in error.value.problems] == [16, 22]


def test_read_document_refuses_other_encodings():
    with pytest.raises(DocumentError, match="line 2: byte 0xe9 is not UTF-8"):
        read_document("Head\ncafé\n".encode("latin-1"))


def test_read_document_refuses_what_is_too_large():
    with pytest.raises(DocumentError, match="more than 5,000,000 bytes"):
        read_document(b"x" * (MOST_BYTES + 1))


@pytest.mark.parametrize(
    "hostile",
    [
        b"A" * 4_000_000,
        b"A.A" * 1_300_000,
        b"a\n\n" * 1_600_000,
        ("according to " * 300_000).encode(),
        ("told Efe, AFP and " * 200_000).encode(),
        ("A B of " * 500_000).encode(),
        b"'" * 4_000_000,
        (("Head\n\nText according to The A B C D E F G H I J, A reports") * 50_000).encode(),
    ],
    ids=["long", "stops", "blocks", "according", "told", "names", "quotes", "joined"],
)
def test_hostile_documents_are_read_or_refused_soon(hostile):
    """Each takes a second or so; a pattern that backtracks would not come back at all."""
    try:
        read_document(hostile)
    except DocumentError:
        return


WORD = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"], exclude_characters="\ufeff"),
    min_size=1,
    max_size=12,
)
PROSE = st.lists(WORD, min_size=1, max_size=25).map(
    lambda words: " ".join(["So", *words, "end"]) + "."
)
HEADING = st.lists(
    st.sampled_from(
        ["Bridge", "Київ", "3", "closed?", "“open”", "U.S.", "año", "<b>", "&amp;", "said"]
    ),
    min_size=1,
    max_size=9,
).map(lambda words: " ".join(["Now", *words, "again"]))


@given(
    introduction=st.lists(PROSE, max_size=3),
    updates=st.lists(st.tuples(HEADING, st.lists(PROSE, min_size=1, max_size=4)), max_size=6),
)
def test_every_paragraph_comes_out_as_it_went_in(introduction, updates):
    blocks = ["NEWS", HEAD, "Updated", FULL[2], *introduction]
    for heading, paragraphs in updates:
        blocks += [heading, *paragraphs]

    document = read("\n\n".join(blocks))

    assert document.introduction == tuple(introduction)
    assert [(each.headline, list(each.paragraphs)) for each in document.updates] == updates
    for update in document.updates:
        html = from_plain_text(list(update.paragraphs))
        assert to_plain_text(html).split("\n") == list(update.paragraphs)
