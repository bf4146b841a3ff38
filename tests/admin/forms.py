"""Fill the admin's forms as a browser would send them."""

import uuid

from django.urls import reverse

EMPTY_ROWS = {
    f"{prefix}-{name}": 0
    for prefix in ("attributions", "bylines", "pictures")
    for name in ("TOTAL_FORMS", "INITIAL_FORMS")
}


def update_form(story, **written) -> dict:
    """A new update's form, with the button that is pressed among `written`."""
    return {
        **EMPTY_ROWS,
        "client_id": str(uuid.uuid4()),
        "made_from": 0,
        "story": story.pk,
        "headline": "Police open the bridge",
        "body": "<p>Traffic flows again.</p>",
        "verification": "none",
    } | written


def change_form(update, **written) -> dict:
    """The form of an update that is saved already."""
    saved = {
        "client_id": str(update.pk),
        "made_from": update.version,
        "headline": update.headline,
        "body": update.body,
    }
    return update_form(update.story, **saved | written)


def story_form(**written) -> dict:
    return {
        **EMPTY_ROWS,
        "headline": "Bridge closed in Kursk",
        "language": "en",
        "timezone": "UTC",
    } | written


def add_page(model: str) -> str:
    return reverse(f"admin:liveblog_{model}_add")


def page_of(row) -> str:
    return reverse(f"admin:liveblog_{row._meta.model_name}_change", args=[row.pk])


def list_of(model: str) -> str:
    return reverse(f"admin:liveblog_{model}_changelist")
