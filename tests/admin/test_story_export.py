"""Take a story out by the admin."""

import json

import pytest

from tests import cast


def page_of(story):
    return f"/admin/liveblog/story/{story.pk}/take-out/"


def test_formats_are_offered(editor, story):
    page = editor.get(page_of(story))

    assert [each["name"] for each in page.context["formats"]] == [
        *("liveblog", "liveblogposting", "ninjs", "wordpress", "html", "text")
    ]


@pytest.mark.parametrize("format", ["liveblog", "liveblogposting", "ninjs", "wordpress", "html"])
def test_file_is_downloaded(editor, story, format):
    cast.publish(story, editor.user, "Both piers are closed.")

    answer = editor.get(page_of(story), {"format": format})

    assert answer["Content-Disposition"].startswith(f'attachment; filename="{story.slug}.')
    assert b"Both piers are closed" in b"".join(answer)


def test_draft_story_goes_out_in_our_own_format_alone(editor):
    story = cast.make_story(editor.user)

    page = editor.get(page_of(story))

    assert [each["name"] for each in page.context["formats"]] == ["liveblog"]
    assert json.loads(b"".join(editor.get(page_of(story), {"format": "liveblog"})))
    assert (
        "Readers see nothing of this story" in editor.get(page_of(story), {"format": "text"}).text
    )


def test_reporter_has_what_readers_have(reporter, story):
    page = reporter.get(page_of(story))

    assert "liveblog" not in [each["name"] for each in page.context["formats"]]
    assert "Only editors" in reporter.get(page_of(story), {"format": "liveblog"}).text


def test_unknown_format_is_told(editor, story):
    assert "there is no format" in editor.get(page_of(story), {"format": "docx"}).text
