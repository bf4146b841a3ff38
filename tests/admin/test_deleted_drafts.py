"""Deleted drafts come back."""

import pytest
from django.urls import reverse

from liveblog.models import Update, Version
from tests import cast


def _list(story):
    return reverse("admin:liveblog_story_deleted", args=[story.pk])


def _revive(story, version):
    return reverse("admin:liveblog_story_revive", args=[story.pk, version.pk])


@pytest.fixture
def gone(story, editor):
    """The version that a deleted draft left."""
    draft = cast.new_update(story)
    cast.publishing.save_draft(draft, cast.content("Police say nothing."), by=editor.user)
    cast.publishing.delete_draft(draft, by=editor.user)
    return Version.objects.get(verb="delete_draft")


def test_deleted_draft_comes_back_under_its_id(editor, story, gone):
    assert "Police say nothing." in editor.get(_list(story)).content.decode()

    editor.post(_revive(story, gone))

    assert Update.objects.get().pk == gone.update_id_was
    assert list(editor.get(_list(story)).context["page"]) == []


def test_draft_comes_back_once(editor, story, gone):
    editor.post(_revive(story, gone))

    assert editor.post(_revive(story, gone)).status_code == 404


def test_draft_deleted_twice_is_listed_once(editor, story, gone):
    editor.post(_revive(story, gone))
    cast.publishing.delete_draft(Update.objects.get(), by=editor.user)

    listed = editor.get(_list(story)).context["page"]

    assert [version.pk for version in listed] == [Version.objects.first().pk]


def test_reviving_wants_a_post_and_its_own_story(editor, story, gone):
    other = cast.make_live_story(editor.user, "Another")

    assert editor.get(_revive(story, gone)).status_code == 405
    assert editor.post(_revive(other, gone)).status_code == 404
    assert not Update.objects.exists()


def test_deleted_drafts_are_the_teams(reporter, chief, editor, story, gone):
    cast.publishing.set_team(story, [editor.user], by=chief.user)

    assert reporter.get(_list(story)).status_code == 404
    assert reporter.post(_revive(story, gone)).status_code == 404
    assert not Update.objects.exists()


def test_story_page_leads_to_its_deleted_drafts(editor, story, gone):
    page = editor.get(reverse("admin:liveblog_story_change", args=[story.pk])).content.decode()

    assert _list(story) in page
