"""Who may see, use and describe a picture: whoever may see a story it is in."""

from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from liveblog import publishing
from liveblog.models import Picture
from liveblog.publishing import Forbidden, Invalid, pictures_of
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def writer():
    return cast.make_reporter("rita")


@pytest.fixture
def stranger():
    return cast.make_reporter("sam")


@pytest.fixture
def chief():
    return cast.make_chief()


@pytest.fixture
def closed(editor, writer, chief):
    """A live story whose team is the writer alone."""
    story = cast.make_live_story(editor, "Closed")
    publishing.set_team(story, [writer], by=chief)
    return story


def add_picture(by, alt="A bridge") -> Picture:
    return Picture.objects.create(alt=alt, added_by=by, created_at=timezone.now())


def with_picture(picture, **more):
    return cast.content(pictures=(picture.pk,), **more)


def drafted(story, by, picture):
    return publishing.save_draft(cast.new_update(story), with_picture(picture), by=by)


def submitted(story, by, picture):
    return publishing.submit(cast.new_update(story), content=with_picture(picture), by=by)


def unused(story, by, picture):
    """Nothing but the upload."""


@pytest.mark.parametrize("use", [unused, drafted, submitted])
def test_a_stranger_neither_sees_nor_uses_a_picture_of_another_team(use, closed, writer, stranger):
    picture = add_picture(writer)
    use(closed, writer, picture)
    elsewhere = cast.new_update(cast.make_live_story(cast.make_editor("ed"), "Open to all"))

    assert list(pictures_of(stranger)) == []
    assert list(pictures_of(writer)) == [picture]
    for verb in ("view", "describe_picture"):
        assert not publishing.may(stranger, verb, picture)
        assert publishing.may(writer, verb, picture)
    with pytest.raises(Forbidden):
        publishing.describe_picture(picture, by=stranger)
    for verb in (publishing.save_draft, publishing.submit):
        with pytest.raises(Invalid, match="There is no picture"):
            verb(elsewhere, content=with_picture(picture), by=stranger)
    inside = cast.content(body=f'<p>A</p><img data-picture="{picture.pk}">')
    assert inside.pictures == (picture.pk,)
    with pytest.raises(Invalid, match="There is no picture"):
        publishing.save_draft(elsewhere, inside, by=stranger)


def test_what_readers_see_is_for_all_to_use(closed, editor, writer, stranger):
    picture = add_picture(writer)
    publishing.publish(submitted(closed, writer, picture), by=editor)

    story = cast.make_live_story(editor, "Open to all")
    draft = drafted(story, stranger, picture)

    assert [each.picture_id for each in draft.pictures.all()] == [picture.pk]
    with pytest.raises(Forbidden):
        publishing.describe_picture(picture, by=stranger)


def test_a_colleagues_picture_is_seen_and_not_rewritten(editor, writer, stranger):
    story = cast.make_live_story(editor, "Open to all")
    picture = add_picture(writer)
    drafted(story, writer, picture)

    assert publishing.may(stranger, "view", picture)
    assert not publishing.may(stranger, "describe_picture", picture)
    drafted(story, stranger, picture)
    assert not publishing.may(stranger, "describe_picture", picture)


def test_a_picture_in_own_work_alone_is_described_by_its_writer(closed, editor, writer):
    picture = add_picture(editor)
    draft = publishing.save_draft(cast.new_update(closed), cast.content(), by=writer)
    publishing.save_draft(draft, with_picture(picture), by=editor)

    assert publishing.may(writer, "describe_picture", picture)


def test_whoever_left_the_team_no_longer_sees_its_pictures(closed, writer, stranger, chief):
    picture = add_picture(writer)
    drafted(closed, writer, picture)
    publishing.set_team(closed, [stranger], by=chief)

    assert list(pictures_of(writer)) == []
    assert list(pictures_of(stranger)) == [picture]


def test_a_head_picture_of_a_closed_story_is_hidden_until_it_opens(editor, writer, stranger, chief):
    picture = add_picture(editor)
    story = cast.make_story(editor, "Waiting", lead_picture=picture)
    publishing.set_team(story, [writer], by=chief)

    assert not publishing.may(stranger, "view", picture)
    assert publishing.may(writer, "view", picture)
    publishing.open_story(story, by=editor)
    assert publishing.may(stranger, "view", picture)


def test_a_draft_that_kept_a_colleagues_picture_is_saved_again(closed, editor, writer):
    """The picture was in the text before: only new ones are asked about."""
    picture = add_picture(editor)
    draft = drafted(closed, editor, picture)
    type(draft).objects.filter(pk=draft.pk).update(created_by=writer)

    publishing.save_draft(draft, with_picture(picture), by=writer)


def test_rights_on_pictures_take_one_query(writer, django_assert_num_queries):
    for _ in range(3):
        add_picture(writer)
    publishing.may(writer, "view")

    with django_assert_num_queries(1):
        assert len(pictures_of(writer)) == 3


def test_pictures_from_before_get_their_people_from_the_audit_trail(writer, stranger, monkeypatch):
    pictures = [add_picture(by) for by in (None, None, stranger, None)]
    for picture in pictures[:3]:
        publishing.record("add_picture", by=writer, on=picture)
    fill = import_module("liveblog.migrations.0017_fill_picture_added_by")
    monkeypatch.setattr(fill, "PORTION", 1)

    fill.fill_from_trail(apps, None)

    found = [Picture.objects.get(pk=each.pk).added_by for each in pictures]
    assert found == [writer, writer, stranger, None]
