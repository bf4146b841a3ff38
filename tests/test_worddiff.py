"""Two texts, compared word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveblog.worddiff import ADDED, REMOVED, SAME, word_diff

pytestmark = pytest.mark.any_database
TEXTS = st.lists(st.sampled_from(["Police ", "open ", "the bridge. ", "\n", "été, "])).map("".join)


def _joined(pieces, *kinds):
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


@given(TEXTS | st.text(), TEXTS | st.text())
def test_pieces_hold_both_texts_whole(old, new):
    pieces = word_diff(old, new)

    assert _joined(pieces, SAME, REMOVED) == old
    assert _joined(pieces, SAME, ADDED) == new


def test_a_word_is_replaced_whole():
    assert word_diff("Police open the bridge.", "Police opened the bridge.") == [
        (SAME, "Police "),
        (REMOVED, "open"),
        (ADDED, "opened"),
        (SAME, " the bridge."),
    ]


def test_neighbouring_words_are_one_change():
    assert word_diff("Two men injured", "Three women injured") == [
        (REMOVED, "Two men"),
        (ADDED, "Three women"),
        (SAME, " injured"),
    ]


def test_same_text_has_no_change():
    assert word_diff("One\ntwo", "One\ntwo") == [(SAME, "One\ntwo")]
    assert word_diff("", "") == []


def test_a_new_paragraph_is_added():
    assert word_diff("One.", "One.\nTwo.") == [(SAME, "One."), (ADDED, "\nTwo.")]


def test_very_long_texts_are_compared_as_wholes():
    old, new = "a " * 20_000, "b " * 20_000

    assert _joined(word_diff(old, new), REMOVED) == old.strip()


def test_change_in_a_long_text_is_found():
    old = " ".join(f"word{number}" for number in range(30_000))
    new = old.replace("word15000 ", "changed ")

    assert word_diff(old, new)[1:3] == [(REMOVED, "word15000"), (ADDED, "changed")]
