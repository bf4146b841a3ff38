"""A story taken out by a program: what readers may see, and everything for editors."""

import json

import pytest

from liveblog import publishing
from liveblog.interchange.export import FORMATS
from tests import cast

from .client import Program

pytestmark = pytest.mark.django_db


def test_every_format_holds_what_readers_may_see(program, story, editor):
    cast.publish(story, editor, "Shown words.")
    publishing.save_draft(cast.new_update(story), cast.content("Hidden words."), by=editor)

    for name, each in FORMATS.items():
        response = program.get(f"/stories/{story.slug}/export?format={name}")
        text = b"".join(response.streaming_content).decode()

        assert response.headers["Content-Type"] == each.media_type
        assert "Shown words" in text
        assert ("Hidden words" in text) == (name == "liveblog")


def test_everything_is_for_editors(reporter, chief, story):
    response = Program(reporter, chief).get(f"/stories/{story.slug}/export?format=liveblog")

    assert response.status_code == 403


def test_what_is_not_to_be_had_is_told(program, editor):
    draft = cast.make_story(editor)

    assert program.get(f"/stories/{draft.slug}/export?format=html").status_code == 409
    answer = program.get(f"/stories/{draft.slug}/export?format=docx")
    assert answer.status_code == 422
    assert json.loads(answer.content)["errors"][0]["field"] == "format"
    assert program.get("/stories/nowhere/export?format=html").status_code == 404
