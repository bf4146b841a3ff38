"""Errors name fields as the caller does, in words that are not the libraries'."""

import pytest

from .client import new_id

pytestmark = pytest.mark.django_db


def test_fields_in_lists_are_named_as_the_caller_does(program, story):
    data = {"text": "x", "sources": [{"name": "Efe", "kind": "martian"}], "bylines": [{}]}

    told = program.put(story, new_id(), data)

    fields = {each["field"] for each in told.json()["errors"]}
    assert fields == {"sources.0", "sources.0.kind", "bylines.0"}


def test_messages_are_our_own_words(program, story):
    told = program.put(story, new_id(), {"titel": "x"})

    assert told.json()["errors"] == [{"field": "body", "message": "unknown field: titel"}]
    assert told.json()["detail"] == "body: unknown field: titel"
