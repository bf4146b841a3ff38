"""Previews: the readers' pages, for those alone who may see the draft."""

import pytest

from liveblog import publishing
from tests import cast
from tests.newsroom import make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return cast.make_editor()


@pytest.fixture
def story(editor):
    return cast.make_story(editor, "A story to come")


def draft(story, by, text="Marker words."):
    return publishing.save_draft(cast.new_update(story), cast.content(text), by=by)


@pytest.mark.parametrize("kind", ["story", "update"])
def test_preview_shows_a_draft_and_says_so(client, editor, story, kind, assert_valid_html):
    row = {"update": draft(story, editor), "story": story}[kind]
    client.force_login(editor)

    answer = client.get(f"/admin/liveblog/{kind}/{row.pk}/preview/")

    assert "Marker words." in answer.text
    assert "Preview: readers don’t see this page." in answer.text
    assert '<meta name="robots" content="noindex' in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    assert_valid_html(answer.text)


def test_preview_changes_nothing(client, editor, story):
    update = draft(story, editor)
    client.force_login(editor)

    client.get(f"/admin/liveblog/update/{update.pk}/preview/")

    update.refresh_from_db()
    assert (update.status, update.published_at, update.number) == ("draft", None, None)


def test_preview_leaves_retracted_updates_out(client, editor):
    story = cast.make_live_story(editor)
    publishing.retract(cast.publish(story, editor, "Retracted words."), by=editor, note="Wrong.")
    client.force_login(editor)

    assert "Retracted words" not in client.get(f"/admin/liveblog/story/{story.pk}/preview/").text


@pytest.mark.parametrize("kind", ["story", "update"])
def test_preview_is_for_whoever_may_see_the_story(client, editor, story, kind):
    publishing.set_team(story, [cast.make_reporter("rita")], by=cast.make_chief())
    row = {"update": draft(story, editor), "story": story}[kind]
    address = f"/admin/liveblog/{kind}/{row.pk}/preview/"

    assert client.get(address).status_code == 302
    client.force_login(cast.make_reporter("ron"))
    assert client.get(address).status_code in {403, 404}


def test_preview_shows_pictures_that_readers_do_not_see(client, editor, story, settings):
    update = draft(story, editor)
    picture = make_picture(update, width=640, height=360)
    picture.file = f"pictures/{picture.pk}-640.jpg"
    picture.renditions = [
        {"name": f"pictures/{picture.pk}-640.webp", "type": "image/webp", "width": 640}
    ]
    picture.save()
    client.force_login(editor)

    page = client.get(f"/admin/liveblog/update/{update.pk}/preview/").text

    address = f"/admin/liveblog/picture/{picture.pk}/image/"
    assert f'src="{address}"' in page
    assert f'srcset="{address} 640w"' in page
    assert f"/media/pictures/{picture.pk}" not in page.partition("<body>")[2]
