"""Errors name fields as the caller does, in words that are not the libraries'."""

import pytest

from .client import new_id

pytestmark = pytest.mark.django_db


def test_fields_in_lists_are_named_as_the_caller_does(program, story):
    data = {"text": "x", "sources": [{"name": "Efe", "kind": "martian"}], "bylines": [{}]}

    response = program.put(story, new_id(), data)

    fields = {each["field"] for each in response.json()["errors"]}
    assert fields == {"sources.0.kind", "bylines.0"}


@pytest.mark.parametrize(
    ("picture", "field"),
    [("zzz", "pictures.0"), ({"id": 5}, "pictures.0.id"), ({}, "pictures.0"), (5, "pictures.0")],
)
def test_alternatives_are_not_named(program, story, picture, field):
    response = program.put(story, new_id(), {"text": "x", "pictures": [picture]})

    assert {each["field"] for each in response.json()["errors"]} == {field}


def test_messages_are_our_own_words(program, story):
    answer = program.put(story, new_id(), {"titel": "x"})

    assert answer.json()["errors"] == [{"field": "titel", "message": "there is no such field"}]
    assert answer.json()["detail"] == "titel: there is no such field"


def test_unknown_fields_are_named_where_they_are(program, story):
    sent = {"text": "x", "sources": [{"name": "Efe", "knd": "agency"}], "boddy": "", "b\0": 1}
    answer = program.put(story, new_id(), sent)

    fields = {each["field"] for each in answer.json()["errors"]}
    assert fields >= {"boddy", "b\0"}
    answer = program.put(story, new_id(), {"text": "x", "sources": [{"name": "E", "knd": "a"}]})
    assert "sources.0.knd" in {each["field"] for each in answer.json()["errors"]}


def test_a_wrong_pattern_is_explained(program, story):
    sent = {"sources": [{"slug": "No Slug", "url": "javascript:x"}], "headline": "a\0"}
    answer = program.put(story, new_id(), sent)

    messages = {each["field"]: each["message"] for each in answer.json()["errors"]}
    assert messages["headline"] == "A NUL character can't be stored."
    assert messages["sources.0.slug"].startswith("Give a slug")
    assert messages["sources.0.url"].startswith("Give an address")
