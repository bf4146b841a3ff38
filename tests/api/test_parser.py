"""A body that can't be read is refused, and the answer says where."""

import json

import pytest
from django.test import Client

from liveblog.models import Update

from .client import new_id

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def send(program, story, body):
    return Client().put(
        f"/api/v1/stories/{story.slug}/updates/{new_id()}",
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {program.text}"},
    )


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b'{"text": "a",\n oops}', "The body is not JSON: see line 2, column 2."),
        (b'{"text": "\xff"}', "The body is not UTF-8: see byte 11."),
        (b"[" * 100_000, "The body's lists and objects are nested too deeply."),
        (b'[{"text": "a"}]', "The body must be a JSON object: {…}."),
        (b"null", "The body must be a JSON object: {…}."),
        (b'{"text": "a", "text": "b"}', "“text” is given twice."),
        (b'{"sources": [{"name": "A", "name": "B"}]}', "“name” is given twice."),
        (rb'{"\ud800": 1, "\ud800": 2}', "“\ud800” is given twice."),
    ],
    ids=["no JSON", "no UTF-8", "deep", "a list", "null", "twice", "twice inside", "half a letter"],
)
def test_a_body_that_cannot_be_read_says_where(program, story, body, detail):
    answer = send(program, story, body)

    assert (answer.status_code, answer.json()["detail"]) == (400, detail)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert not Update.objects.exists()


def test_a_number_of_too_many_digits_is_refused(program, story):
    answer = send(program, story, b'{"text": ' + b"1" * 5000 + b"}")

    assert answer.status_code == 400


@pytest.mark.parametrize("moment", [1729843200, "1729843200", 1.5, True, "2024-10-25", "noon"])
def test_only_a_date_with_its_zone_is_a_moment(program, story, moment):
    body = json.dumps({"text": "a", "status": "published", "published_at": moment}).encode()

    answer = send(program, story, body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "published_at"


@pytest.mark.parametrize("flag", ["yes", 1, 0, "true"])
def test_only_true_and_false_are_flags(program, story, flag):
    answer = send(program, story, json.dumps({"text": "a", "is_key_event": flag}).encode())

    assert answer.json()["errors"][0]["field"] == "is_key_event"
