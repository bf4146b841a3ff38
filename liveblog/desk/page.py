"""The desk's page: the composer, the timeline, and what its scripts have to know."""

from uuid import UUID

from django.conf import settings
from django.contrib import admin
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from liveblog.editing.clock_fields import clock_attributes
from liveblog.editing.health import summary_age
from liveblog.editing.widgets import editor_widget
from liveblog.interchange.picture_sizes import READ
from liveblog.models import Attribution, Picture, Source, Story, Update
from liveblog.publishing import UNDO_WITHIN, may
from liveblog.queries.desk_changes import read_position
from liveblog.queries.desk_rows import Group

from .buttons import buttons_of
from .guard import find_story
from .story_panel import panel_context
from .words import script_words


@require_GET
def desk(request, pk: int):
    """Show the desk of a story to whoever may see the story."""
    return admin.site.admin_view(_desk)(request, pk)


def _desk(request, pk):
    story = find_story(request.user, pk)
    if story is None:
        raise Http404
    text = editor_widget()
    frame = admin.site.each_context(request)
    context = panel_context(story, request.user) | {
        "title": story.headline,
        "is_popup": False,
        "story": story,
        "text_widget": text.render("body", "", {"id": "desk-text"}),
        "text_media": text.media,
        "may_pin": may(request.user, "pin", story),
        "may_open": may(request.user, "open_story", story),
        "groups": [(group.value, group.label, group.is_ascending) for group in Group],
        "verifications": Update.Verification.choices,
        "settings": _settings(request, story),
        "clock_attributes": clock_attributes(),
        "summary": summary_age(story),
        "plain_address": _plain_address(story, request.GET.get("edit", "")),
    }
    return TemplateResponse(request, "admin/liveblog/desk/page.html", frame | context)


def _plain_address(story, asked: str) -> str:
    """Return the address of the form for browsers without scripts, of the update asked for."""
    try:
        update = story.updates.get(pk=UUID(asked))
    except (ValueError, Update.DoesNotExist):
        return f"{reverse('admin:liveblog_update_add')}?story={story.pk}&plain=1"
    return f"{reverse('admin:liveblog_update_change', args=[update.pk])}?plain=1"


def _most(model, name: str) -> int:
    """Return how many characters a field holds."""
    return model._meta.get_field(name).max_length


def _settings(request, story: Story) -> dict:
    """What the desk's scripts go by; read from the page as JSON."""
    user = request.user
    person = getattr(user, "person", None)
    return {
        "story": story.pk,
        "person": user.pk,
        "newName": reverse("admin:liveblog_person_add") if may(user, "edit_shared") else "",
        "mayOpen": may(user, "open_story", story),
        "mayRetract": may(user, "retract", story),
        "base": reverse("desk:page", args=[story.pk]),
        "signIn": f"{reverse('admin:login')}?next={reverse('admin:index')}",
        "position": read_position(story),
        "timezone": story.timezone,
        "publishDelay": settings.PUBLISH_DELAY,
        "pictureTypes": [f"image/{each.lower()}" for each in READ],
        "pictureMaxMB": settings.PICTURE_MAX_MB,
        "mostOfPicture": {name: _most(Picture, name) for name in ("alt", "caption")},
        "undoFor": int(UNDO_WITHIN.total_seconds()),
        "buttons": buttons_of(user, story, None),
        "byline": [{"id": person.pk, "name": person.name}] if person else [],
        "roles": Attribution.Role.choices[:2],
        "kinds": Source.Kind.choices,
        "editKinds": [
            ["typo", _("Typo: readers see no mark")],
            ["information", _("Added information: “Updated”, unless marked already")],
            ["clarification", _("Clarification: readers see your note")],
            ["correction", _("Correction: readers see your note")],
        ],
        "words": script_words(),
    }
