"""A new story from a document."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import escape

from liveblog.models import Source, Story, Update

PAGE = "/admin/liveblog/story/from-document/"
KURSK = Path(__file__).parent.parent.parent / "fixtures" / "ukraine-kursk.txt"


@pytest.fixture
def document():
    return {"text": KURSK.read_text(), "every": 20}


def test_document_is_shown_before_anything_is_made(editor, document):
    page = editor.post(PAGE, document | {"_read": ""})

    assert escape(page.context["form"].document.headline) in page.content.decode()
    assert len(page.context["form"].updates()) == 5
    assert not Story.objects.exists()


def test_document_becomes_a_draft_story(editor, document):
    answer = editor.post(PAGE, document | {"_make": ""})

    story = Story.objects.get()
    assert answer.url == reverse("admin:liveblog_story_change", args=[story.pk])
    assert (story.status, story.times_assigned) == ("draft", True)
    assert set(story.updates.values_list("status", flat=True)) == {"draft"}
    assert story.updates.count() == 5
    assert sorted(Source.objects.values_list("name", flat=True)) == ["AFP", "AP", "Efe"]


def test_opened_document_keeps_its_order(editor, document):
    read = editor.post(PAGE, document | {"_read": ""}).context["form"].document
    editor.post(PAGE, document | {"_make": ""})
    story = Story.objects.get()
    drafts = [str(pk) for pk in story.updates.values_list("pk", flat=True)]

    editor.post(reverse("admin:liveblog_story_open", args=[story.pk]), {"update": drafts})

    shown = Update.objects.public().newest_first().values_list("headline", flat=True)
    assert list(shown) == [update.headline for update in read.updates]


def test_uploaded_document_is_read(editor):
    file = SimpleUploadedFile("kursk.txt", KURSK.read_bytes(), "text/plain")

    page = editor.post(PAGE, {"file": file, "every": 20, "_read": ""})

    assert len(page.context["form"].updates()) == 5
    assert page.context["form"]["text"].value() == KURSK.read_text()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"Headline\n\nWords.\n\nOne heading\n\nAnother heading\n\nWords.", "Line 5:"),
        (b"Head\xff\n", "Line 1:"),
        (b"Head\x00line\n", "Line 1:"),
        (b"x" * 5_000_001, "5 MB"),
        (b"", "empty"),
    ],
)
def test_hostile_document_is_refused_with_its_line(editor, data, told):
    file = SimpleUploadedFile("x.txt", data)

    page = editor.post(PAGE, {"file": file, "every": 20, "_make": ""})

    assert told in page.content.decode()
    assert not Story.objects.exists()


def test_documents_are_for_editors(reporter, document):
    assert reporter.get(PAGE).status_code == 403
    assert reporter.post(PAGE, document | {"_make": ""}).status_code == 403


def test_problems_are_told_in_the_editor_s_language(editor):
    page = editor.post(
        "/admin/liveblog/story/from-document/",
        {"text": "Headline\n\nA.\n\n09:10", "every": "20"},
        headers={"accept-language": "es"},
    )

    assert "Línea 5: ninguna actualización sigue a la hora «09:10»" in page.text
