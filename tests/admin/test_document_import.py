"""A new story from a document."""

from datetime import UTC, datetime
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
    ("data", "expected"),
    [
        (b"Headline\n\nWords.\n\nOne heading\n\nAnother heading\n\nWords.", "Line 5:"),
        (b"Head\xff\n", "Line 1:"),
        (b"Head\x00line\n", "Line 1:"),
        (b"x" * 5_000_001, "5 MB"),
        (b"", "empty"),
    ],
)
def test_hostile_document_is_refused_with_its_line(editor, data, expected):
    file = SimpleUploadedFile("x.txt", data)

    page = editor.post(PAGE, {"file": file, "every": 20, "_make": ""})

    assert expected in page.content.decode()
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


STORM = "\n".join(
    [
        *(
            "Storm live: ferries stay in port",
            "",
            "By Jane Roe",
            "",
            "Fri 25 Oct 2024 14.05 BST",
            "",
        ),
        *(
            "12.51 BST",
            "",
            "Port reopens",
            "",
            "The port reopened, PA Media reports.",
            "",
            "Share",
            "",
        ),
        *(
            "11.40 BST",
            "",
            "Trains run",
            "",
            "They run again.",
            "",
            "More on trains",
            "",
            "They do.",
        ),
    ]
)


def test_preview_lists_what_is_left_out_with_the_reason(editor):
    page = editor.post(PAGE, {"text": STORM, "every": 20, "_read": ""})

    form = page.context["form"]
    assert [(each.line, each.text) for each in form.left_out()] == [
        (5, "Fri 25 Oct 2024 14.05 BST"),
        (13, "Share"),
    ]
    assert "Left out: 2 lines" in page.text
    assert "Times are of Europe/London; the language is English." in page.text
    assert "a button or label of the page" in page.text
    assert "25 Oct 2024, 12:51" in page.text  # of the zone that the document names


def test_marked_lines_are_read_as_the_editor_says(editor):
    marks = {"mark-13": "text", "mark-21": "headline", "mark-3": "boilerplate"}
    page = editor.post(PAGE, {"text": STORM, "every": 20, "_read": ""} | marks)

    document = page.context["form"].document
    assert [each.headline for each in document.updates] == [
        *("Port reopens", "Trains run", "More on trains")
    ]
    assert document.updates[0].paragraphs[-1] == "Share"
    assert document.bylines == ()
    assert 'name="mark-13" value="text" checked' in page.text


def test_marks_go_into_the_story(editor):
    editor.post(PAGE, {"text": STORM, "every": 20, "_make": "", "mark-13": "text"})

    story = Story.objects.get()
    assert [each.person.name for each in story.bylines.all()] == ["Jane Roe"]
    assert (story.timezone, story.language) == ("Europe/London", "en")
    newest = story.updates.order_by("published_at").last()
    assert newest.body.endswith("<p>Share</p>")
    assert newest.published_at.isoformat() == "2024-10-25T11:51:00+00:00"


def test_marks_of_another_text_are_taken_off_and_said(editor):
    first = editor.post(PAGE, {"text": STORM, "every": 20, "_read": "", "mark-13": "text"})
    digest = first.context["form"]["marks_of"].value()

    changed = {"text": "New\n" + STORM, "every": 20, "marks_of": digest, "mark-13": "text"}
    page = editor.post(PAGE, changed | {"_read": ""})

    assert page.context["form"].marks == {}
    assert "the marks on its lines were taken off" in page.text


def test_line_that_refuses_the_document_may_be_marked(editor):
    text = "Headline of a story\n\nWords.\n\nOne heading\n\nAnother heading\n\nWords."
    page = editor.post(PAGE, {"text": text, "every": 20, "_read": ""})
    assert [each.text for each in page.context["form"].refused()] == ["One heading"]
    assert text in page.context["form"]["text"].value()

    page = editor.post(PAGE, {"text": text, "every": 20, "_read": "", "mark-5": "text"})
    assert [each.headline for each in page.context["form"].document.updates] == ["Another heading"]


def test_uploaded_document_that_can_t_be_read_is_shown_to_be_corrected(editor):
    text = "Headline\n\nWords.\n\nOne heading\n\nAnother heading\n\nWords."
    file = SimpleUploadedFile("x.txt", text.encode())

    page = editor.post(PAGE, {"file": file, "every": 20, "_make": ""})

    assert page.context["form"]["text"].value() == text


def test_refused_story_keeps_the_text_on_the_page(editor, monkeypatch):
    page = editor.post(PAGE, {"text": "K" * 20 + "\n\n" + STORM, "every": "none", "_make": ""})

    assert STORM in page.context["form"]["text"].value()
    assert not Story.objects.exists()


@pytest.mark.parametrize("name", ["mark-", "mark-x", "mark-99999999999", "mark--1", "mark-٣"])
def test_rubbish_marks_change_nothing(editor, name):
    page = editor.post(PAGE, {"text": STORM, "every": 20, "_read": "", name: "headline"})
    assert len(page.context["form"].document.updates) == 2


def test_moment_is_of_the_documents_zone_alone(editor, settings):
    settings.TIME_ZONE = "America/New_York"  # whose clocks skip this hour
    text = "Storm reaches the coast\n\nUpdated 10 Mar 2024 14.05 GMT\n\nWords.\n\nPort\n\nIt opens."

    page = editor.post(PAGE, {"text": text, "every": 20, "_read": "", "date": "2024-03-10 02:30"})

    newest = page.context["form"].schedule.last_updated_at
    assert newest == datetime(2024, 3, 10, 2, 30, tzinfo=UTC)
