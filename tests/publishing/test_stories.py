"""Verbs on a story's own parts."""

import pytest

from liveblog import publishing
from liveblog.models import OldAddress, Story, Topic
from liveblog.publishing import Conflict, Invalid, StoryContent
from tests import cast

pytestmark = pytest.mark.django_db


def fresh(story):
    return Story.objects.get(pk=story.pk)


def edit(story, by, **changed):
    from dataclasses import replace

    return publishing.edit_story(story, replace(StoryContent.of(fresh(story)), **changed), by=by)


def test_create_makes_the_address_from_the_headline(editor):
    story = cast.make_story(editor, "Zelenski: «Україна вистоїть»")

    assert story.slug == "zelenski-ukraina-vistoit"
    assert cast.make_story(editor, "Zelenski: «Україна вистоїть»").slug.endswith("-2")


def test_create_refuses_an_address_that_is_taken(editor):
    cast.make_story(editor, slug="kursk")

    with pytest.raises(Invalid) as invalid:
        cast.make_story(editor, slug="kursk")

    assert list(invalid.value.errors) == ["slug"]


def test_draft_takes_no_revision(editor):
    story = cast.make_story(editor)

    edited = edit(story, editor, headline="Another")

    assert (edited.revision, edited.version, edited.status) == (0, 2, "draft")


def test_edit_moves_the_changed_revision(editor):
    story = cast.make_live_story(editor)

    edited = edit(story, editor, standfirst="More.")

    assert (edited.revision, edited.changed_revision, edited.reload_revision) == (2, 2, 0)


def test_edit_of_the_note_is_not_seen(editor):
    story = cast.make_live_story(editor)

    edited = edit(story, editor, editors_note="Call Ana.")

    assert (edited.revision, edited.version) == (1, 3)


def test_edit_of_the_time_zone_makes_pages_reload(editor):
    story = cast.make_live_story(editor)

    edited = edit(story, editor, timezone="Europe/Kyiv")

    assert edited.reload_revision == edited.revision == 2


def test_story_begun_with_a_summary_says_when_it_was_checked(editor):
    story = cast.make_story(editor, summary="<p>The bridge is closed.</p>")

    assert story.summary_checked_at == story.created_at
    assert cast.make_story(editor).summary_checked_at is None


def test_edit_of_the_summary_says_when_it_was_checked(editor):
    story = cast.make_live_story(editor)

    edited = edit(story, editor, summary="<p>The bridge is closed.</p>")

    assert edited.summary_revision == 2
    assert publishing.check_summary(story, by=editor).summary_revision == 3


def test_edit_of_the_address_keeps_the_old_one(editor):
    story = cast.make_live_story(editor, slug="bridge")

    edit(story, editor, slug="kursk-bridge")

    assert fresh(story).slug == "kursk-bridge"
    assert OldAddress.objects.get().slug == "bridge"
    assert Story.objects.get_by_natural_key("bridge") == story
    edit(story, editor, slug="bridge")
    assert [each.slug for each in OldAddress.objects.all()] == ["kursk-bridge"]


def test_edit_of_a_draft_makes_the_address_anew(editor):
    story = cast.make_story(editor, "Bridge")

    edited = edit(story, editor, headline="Tunnel", slug="")

    assert edited.slug == "tunnel"
    assert OldAddress.objects.count() == 0


def test_edit_from_an_older_version_conflicts(editor):
    story = cast.make_live_story(editor)
    edit(story, editor, standfirst="Mine.")

    with pytest.raises(Conflict):
        publishing.edit_story(story, StoryContent(headline="x"), by=editor, version=1)


def test_edit_writes_topics(editor):
    story = cast.make_live_story(editor)
    ukraine = Topic.objects.create(name="Ukraine")

    edit(story, editor, topics={ukraine})

    assert list(story.topics.all()) == [ukraine]


def test_a_story_is_saved_without_reading_the_systems_time_zones(editor, monkeypatch):
    cast.make_story(editor)
    monkeypatch.setattr("zoneinfo.available_timezones", lambda: pytest.fail("read again"))

    with pytest.raises(Invalid):
        cast.make_story(editor, timezone="Mars/Olympus")
