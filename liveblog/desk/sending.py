"""Carry out what a desk sends under an update's own id: once, however often it comes."""

from uuid import UUID

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from liveblog import publishing
from liveblog.accounts import name_of
from liveblog.editing.states import clock
from liveblog.editing.versions import update_differences
from liveblog.models import Story, Update, Version
from liveblog.publishing import Conflict, Invalid, UpdateContent, may

from .content import note_of, read_content, read_moment

DONE_AS = {"edit": [*publishing.edits.VERBS.values()], "schedule": ["schedule", "reschedule"]}
WRITING = ("publish", "save_draft", "submit", "schedule", "unschedule", "edit")


def send(id: UUID, story: Story, sent: dict, *, by) -> Update:
    """Carry out the verb of an attempt and return the row that it saved.

    An attempt whose answer was lost comes again: it is then the first answer, whatever
    others did to the update since.
    """
    verb = str(sent.get("verb"))
    if verb not in WRITING:
        raise Invalid({"verb": [_("The desk does not know this command.")]})
    written = sent.get("content")
    content = None if written is None else read_content(written, story, by=by)
    update = Update(id=id, story=story)
    try:
        saved = _carry_out(verb, update, content, sent, by=by)
    except publishing.PublishingError:
        done = find_done(id, story, sent, by=by)
        if done is None:
            raise
        return done
    if verb == "publish" and sent.get("pin") is True:
        return _pin_once(saved, by=by)
    return saved


def _carry_out(verb, update, content, sent, *, by):
    version = sent.get("version") if isinstance(sent.get("version"), int) else None
    if content is None and verb in {"edit", "save_draft"}:
        raise Invalid({"content": [_("The text could not be read.")]})
    if verb == "edit":
        kind, note = str(sent.get("kind") or ""), note_of(sent)
        if kind not in Update.Kind.values:
            raise Invalid({"kind": [_("Say what kind of edit this is.")]})
        return publishing.edit(update, content, by=by, version=version, kind=kind, note=note)
    if verb == "schedule":
        at = read_moment(sent, "schedule_at", update.story)
        if at is None:
            raise Invalid({"schedule_at": [_("Say when.")]})
        return publishing.schedule(update, by=by, at=at, content=content, version=version)
    if verb == "save_draft":
        return publishing.save_draft(update, content, by=by, version=version)
    return getattr(publishing, verb)(update, by=by, content=content, version=version)


def _pin_once(update, *, by):
    """Pin with the publication; the same attempt again does not pin what was unpinned since."""
    if update.versions.filter(verb="pin").exists():
        return update
    return publishing.pin(update, by=by)


def find_done(id: UUID, story: Story, sent: dict, *, by) -> Update | None:
    """Return the update where its history shows that this very attempt was carried out."""
    verb, written = str(sent.get("verb")), sent.get("content")
    row = story.updates.filter(pk=id).first()
    if row is None:
        return None
    row.story = story
    if not may(by, "view", row):
        return None
    done = row.versions.filter(verb__in=DONE_AS.get(verb, [verb])).order_by("-pk")
    if written is None:  # the text as it stood in its row, whoever was first
        next_version = sent["version"] + 1 if isinstance(sent.get("version"), int) else 0
        return row if done.filter(version=next_version).exists() else None
    content = read_content(written, story, by=None)
    mine = done.filter(by=by)[:20]
    return row if any(publishing.read_update(each) == content for each in mine) else None


def published_by_another(update: Update, sent: dict, *, by) -> str:
    """Name who was first, where a row was published as it stood by two people at once."""
    if sent.get("verb") != "publish" or sent.get("content") is not None:
        return ""
    published = update.versions.filter(verb__in=["publish", "publish_due"])
    first = published.select_related("by").order_by("-pk").first()
    return "" if first is None or first.by_id == by.pk else name_of(first.by) or _("the schedule")


def was_deleted(update: Update) -> bool:
    """Tell whether the update was deleted before it was saved last, and so came back by that."""
    history = Version.objects.filter(update_id_was=update.pk).order_by("-pk")
    before = history.values_list("verb", flat=True)[1:2]
    return list(before) == [Version.Verb.DELETE_DRAFT]


def conflict_data(refusal: Conflict, story: Story, user) -> dict:
    """Tell both texts of a conflict, who saved and when; nothing of what the user may not see."""
    current, data = refusal.current, {"error": str(refusal)}
    is_seen = isinstance(current, Update) and current.story_id == story.pk
    if not (is_seen and may(user, "view", current)):
        return data
    saved = current.versions.select_related("by").first()
    attempted = refusal.attempted or UpdateContent.of(current)
    context = {"differences": update_differences(current, attempted)}
    return data | {
        "version": current.version,
        "status": current.status,
        "saved_by": name_of(saved.by) if saved else "",
        "saved_at": clock(saved.at, story) if saved else "",
        "html": render_to_string("admin/liveblog/_side_by_side.html", context),
    }
