"""The desk's page: what its scripts go by, and where it leads without any."""

import json
import re
import uuid

from django.urls import reverse

from liveblog import publishing
from liveblog.models import Picture
from tests import cast


def settings_of(page) -> dict:
    found = re.search(r'id="desk-settings" type="application/json">(.*?)</script>', page.text)
    return json.loads(found[1])


def test_the_page_offers_undo_as_long_as_the_verb_allows_it(editor, story):
    assert settings_of(editor.ask(story, ""))["undoFor"] == publishing.UNDO_WITHIN.total_seconds()


def _leads_to(page):
    """Where a browser without scripts goes on to by itself."""
    _, _, rest = page.content.decode().partition(
        '<noscript><meta http-equiv="refresh" content="0; url='
    )
    return rest.partition('"')[0].replace("&amp;", "&")


def test_without_scripts_the_desk_leads_to_the_plain_form(editor, story):
    update = cast.publish(story, editor.user)
    add = f"{reverse('admin:liveblog_update_add')}?story={story.pk}&plain=1"
    change = f"{reverse('admin:liveblog_update_change', args=[update.pk])}?plain=1"

    assert _leads_to(editor.ask(story, "", edit=str(update.pk))) == change
    for asked in ("", "rubbish", str(uuid.uuid4())):
        assert _leads_to(editor.ask(story, "", edit=asked)) == add
    assert editor.get(change).status_code == 200


def test_the_plain_form_names_the_desk(editor, story):
    update = cast.publish(story, editor.user)
    desk = reverse("desk:page", args=[story.pk])

    written = editor.get(reverse("admin:liveblog_update_change", args=[update.pk]))
    new = editor.get(reverse("admin:liveblog_update_add"), {"story": story.pk})

    assert f'href="{desk}?edit={update.pk}">Write on the desk' in written.content.decode()
    assert f'href="{desk}">Write on the desk' in new.content.decode()


def test_a_row_says_that_it_has_pictures(editor, story):
    pictures = [Picture.objects.create(alt=f"Bridge {n}").pk for n in range(2)]
    cast.publish(story, editor.user, "Two", pictures=tuple(pictures))
    cast.publish(story, editor.user, "One", pictures=tuple(pictures[:1]))
    cast.publish(story, editor.user, "None")

    rows = editor.ask(story, "rows", group="air").json()["groups"]["air"]["rows"]

    said = [re.findall(r"(\d pictures?)<", each["html"]) for each in rows]
    assert said == [[], ["1 picture"], ["2 pictures"]]


def test_a_row_shows_its_first_picture_in_its_smallest_size(editor, story):
    bare, shown = Picture.objects.create(alt="A"), Picture(alt="B", file="pictures/b.jpg")
    shown.save()
    cast.publish(story, editor.user, "Two", pictures=(bare.pk, shown.pk))
    cast.publish(story, editor.user, "One", pictures=(bare.pk,))

    rows = editor.ask(story, "rows", group="air").json()["groups"]["air"]["rows"]

    found = [re.findall(r'row-thumbnail" src="([^"]*)', each["html"]) for each in rows]
    assert found == [[], [f"/admin/liveblog/picture/{shown.pk}/image/?size=small"]]


def test_the_storys_panel_shows_the_picture_that_readers_see(editor):
    lead = Picture.objects.create(alt="Soldiers")
    shared = Picture.objects.create(alt="The map", file="pictures/map.jpg")
    story = cast.make_live_story(editor.user, lead_picture=lead, share_picture=shared)

    panel = editor.ask(story, "").content.decode()

    assert f"/admin/liveblog/picture/{shared.pk}/image/" in panel
    assert f"/admin/liveblog/picture/{lead.pk}/image/" not in panel
    assert "Readers see the picture for sharing" in panel
