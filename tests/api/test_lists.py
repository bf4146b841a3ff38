"""Sources, topics and pictures."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from liveblog.models import Picture, Topic
from tests import cast

from .client import Program

pytestmark = pytest.mark.django_db


def jpeg(color="red"):
    file = io.BytesIO()
    Image.new("RGB", (80, 60), color).save(file, "JPEG")
    return file.getvalue()


def upload(program, data=None, **fields):
    file = SimpleUploadedFile("a.jpg", jpeg() if data is None else data, "image/jpeg")
    return Client(raise_request_exception=False).post(
        "/api/v1/pictures",
        {"file": file, **fields},
        headers={"Authorization": f"Bearer {program.text}"},
    )


def test_sources_and_topics_are_found_by_their_words(program):
    for name in ("Agence France-Presse", "Associated Press"):
        cast.make_source(name)
    Topic.objects.create(name="Bridges")

    found = program.get("/sources?q=press+assoc").json()
    assert [each["slug"] for each in found["sources"]] == ["associated-press"]
    assert program.get("/sources?limit=1").json()["more"] is True
    assert program.get("/topics").json()["topics"] == [{"slug": "bridges", "name": "Bridges"}]
    assert program.get("/topics?q=%00").status_code == 200


def test_a_picture_is_uploaded_once(program):
    cast.make_source("Ana")

    first, second = (upload(program, alt="A bridge.", credit="ana") for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 201), first.content
    assert first.json() == second.json()
    assert first.json()["credit"] == "Ana"
    assert first.json()["id"] == str(Picture.objects.get().pk)


@pytest.mark.parametrize(
    ("data", "fields", "field"),
    [
        (b"<svg/>", {"alt": "x"}, "file"),
        (b"", {"alt": "x"}, "file"),
        (None, {}, "alt"),
        (None, {"alt": "x", "credit": "nobody"}, "credit"),
        (None, {"alt": "x" * 501}, "alt"),
    ],
)
def test_what_is_no_picture_is_refused(program, data, fields, field):
    response = upload(program, data, **fields)

    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == field
    assert not Picture.objects.exists()


def test_a_credit_that_is_no_slug_is_explained(program):
    answer = upload(program, alt="x", credit="The Agency")

    assert answer.json()["errors"][0]["field"] == "credit"
    assert answer.json()["errors"][0]["message"].startswith("Give a slug")


def test_a_picture_that_is_too_large_is_not_read(program):
    response = upload(program, b"x" * 23 * 2**20, alt="x")

    assert response.status_code == 413
    assert response.headers["Content-Type"] == "application/problem+json"
    assert "body has more than" in response.json()["detail"]


def test_pictures_need_the_scope_to_write(editor, chief):
    assert upload(Program(editor, chief, scopes=["read"]), alt="x").status_code == 403


def test_a_broken_form_is_refused(program):
    response = Client(raise_request_exception=False).generic(
        "POST",
        "/api/v1/pictures",
        b"--x\r\nrubbish",
        content_type="multipart/form-data; boundary=" + "é" * 3,
        headers={"Authorization": f"Bearer {program.text}"},
    )

    assert response.status_code in {400, 422}
    assert response.headers["Content-Type"] == "application/problem+json"
