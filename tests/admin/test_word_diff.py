"""The word-level comparison of two texts."""

from hypothesis import given
from hypothesis import strategies as st

from liveblog.admin import word_diff
from liveblog.admin.word_diff import Piece, compare


def test_changed_word_is_told_and_no_more():
    assert compare("The bridge is closed.", "The bridge is open.") == [
        Piece("same", "The bridge is "),
        Piece("gone", "closed"),
        Piece("new", "open"),
        Piece("same", "."),
    ]


def test_empty_texts():
    assert compare("", "") == []
    assert compare("", "New") == [Piece("new", "New")]
    assert compare("Old", "") == [Piece("gone", "Old")]


@given(st.text("ab .\n", max_size=60), st.text("ab .\n", max_size=60))
def test_pieces_make_both_texts(before, after):
    pieces = compare(before, after)

    assert "".join(each.text for each in pieces if each.kind != "new") == before
    assert "".join(each.text for each in pieces if each.kind != "gone") == after


def test_huge_texts_are_compared_as_a_whole(monkeypatch):
    monkeypatch.setattr(word_diff, "MAX_TOKENS", 5)

    assert compare("a b c d", "a b c e") == [Piece("gone", "a b c d"), Piece("new", "a b c e")]
