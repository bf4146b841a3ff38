"""One clock: every time of the admin is in its story's zone, by 24 hours, named once."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from liveblog import publishing
from liveblog.models import Picture, Source, Story, Version
from liveblog.publishing import Citation, UpdateContent
from tests import cast

from .forms import add_page, page_of

AT = datetime(2024, 10, 25, 20, 30, tzinfo=UTC)  # 22:30 in Madrid, 23:30 in Kyiv
ZONE = "Times: Europe/Madrid"
TAGS = r"<[^>]*>|Madrid</option>|"


@pytest.fixture
def madrid(story):
    Story.objects.filter(pk=story.pk).update(timezone="Europe/Madrid")
    return Story.objects.get(pk=story.pk)


@pytest.fixture
def source(db):
    return Source.objects.create(name="Efe")


def publish(story, editor, source, headline="Bridge"):
    content = UpdateContent(headline, sources=(Citation(source),), published_at=AT)
    return publishing.publish(cast.new_update(story), by=editor.user, content=content)


def read(client, address, **asked) -> str:
    html = client.get(address, asked).content.decode()
    assert not re.search(r"\d [ap]\.m\.|noon|midnight", html)
    return html


def changelist(name):
    return reverse(f"admin:liveblog_{name}_changelist")


def test_list_of_a_story_names_its_zone_once(editor, madrid, source):
    publish(madrid, editor, source)

    html = read(editor, changelist("update"), story__id__exact=madrid.pk)

    assert html.count(ZONE) == 1
    assert "25 Oct 2024, 22:30</td>" in html


def test_list_of_stories_in_one_zone_names_it_once(editor, madrid, source):
    publish(madrid, editor, source)
    publish(cast.make_live_story(editor.user, timezone="Europe/Madrid"), editor, source)

    html = read(editor, changelist("update"))

    assert html.count(ZONE) == 1
    assert "22:30</td>" in html
    assert "22:30 Madrid" not in html


def test_list_of_several_stories_names_a_zone_where_it_is_another(editor, madrid, source):
    publish(madrid, editor, source)
    kyiv = cast.make_live_story(editor.user, timezone="Europe/Kyiv")
    publish(kyiv, editor, source)
    plain = cast.make_live_story(editor.user, timezone="UTC")
    publish(plain, editor, source)

    html = read(editor, changelist("update"))

    assert html.count("Times: UTC") == 1
    assert "25 Oct 2024, 22:30 Madrid</td>" in html
    assert "25 Oct 2024, 23:30 Kyiv</td>" in html
    assert "25 Oct 2024, 20:30</td>" in html


def test_list_of_stories_and_a_source_s_updates(editor, madrid, source):
    publish(madrid, editor, source)
    cast.make_live_story(editor.user, timezone="UTC")
    Story.objects.update(last_updated_at=AT)

    assert "25 Oct 2024, 22:30 Madrid" in read(editor, changelist("story"))
    assert "25 Oct 2024, 22:30 Madrid" in read(editor, page_of(source))


def test_pages_of_a_story_and_an_update_are_in_its_zone(editor, reporter, madrid, source):
    update = publish(madrid, editor, source)
    Version.objects.update(at=AT)
    version = Version.objects.filter(update=update).first()
    restore = reverse("admin:liveblog_update_restore_version", args=[update.pk, version.pk])

    for client, address in [
        (editor, page_of(update)),
        (reporter, page_of(update)),
        (editor, page_of(madrid)),
        (editor, reverse("admin:liveblog_update_history", args=[update.pk])),
        (editor, restore),
    ]:
        html = read(client, address)
        assert html.count(ZONE) == 1, address
        assert "Europe/Madrid" not in re.sub(TAGS + ZONE, "", html), address
        assert re.search(r"22:30|2024-10-25T22:30", html), address


def test_new_update_is_written_by_its_story_s_clock(editor, madrid):
    html = read(editor, add_page("update"), story=madrid.pk)

    assert html.count(ZONE) == 1


def test_deleted_draft_tells_by_the_story_s_clock(editor, madrid):
    draft = cast.new_update(madrid)
    publishing.save_draft(draft, UpdateContent("Words"), by=editor.user)
    publishing.delete_draft(draft, by=editor.user)
    Version.objects.update(at=AT)

    html = read(editor, reverse("admin:liveblog_story_deleted", args=[madrid.pk]))

    assert "Deleted 25 Oct 2024, 22:30" in html
    assert html.count(ZONE) == 1


def test_pictures_tell_by_the_site_s_clock(editor):
    Picture.objects.create(alt="A bridge", created_at=AT)

    html = read(editor, changelist("picture"))

    assert "25 Oct 2024, 20:30" in html
    assert html.count("Times: UTC") == 1


def test_document_is_read_by_its_own_clock(editor):
    text = "Storm\n\nIt began.\n\n12.51 BST\nHarbour closed\n\nPolice closed it."
    address = reverse("admin:liveblog_story_from_document")

    asked = {"text": text, "every": "20", "date": "2024-07-25T15:00", "_read": ""}
    html = editor.post(address, asked).content.decode()

    assert "Times: Europe/London" in html
    assert "12:51" in html
    assert "Times: UTC" not in html
