"""Verb that sets the verification of many updates, in one revision for each story."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from liveblog.models import Update, Version

from .change import changing_all
from .content import UpdateContent
from .errors import Invalid
from .notes import read_note
from .policy import require

Verb, Kind = Version.Verb, Update.Kind


def verify(ids: Iterable[UUID], *, by, verification: str, note: str = "") -> int:
    """Set the verification of published and unpublished updates; return how many changed.

    Each story takes one revision, whatever the number of its updates, and keeps a version
    of each of them. Published ones show readers that they were updated.
    """
    require(by, Verb.VERIFY)
    note = read_note(note, Version._meta.get_field("note"))
    if verification not in Update.Verification.values:
        raise Invalid({"verification": [_("Say what the updates are.")]})
    meant = Update.objects.filter(pk__in=list(ids)).exclude(status=Update.Status.RETRACTED)
    stories = set(meant.order_by().values_list("story", flat=True))
    changed = 0
    with changing_all(stories, by=by, verb=Verb.VERIFY, note=note) as changes:
        for change in changes:
            changed += _verify_in(change, meant.filter(story=change.story), verification)
    return changed


def _verify_in(change, meant, verification) -> int:
    """Write all rows of a story in two statements, and their versions in one."""
    updates = list(meant.exclude(verification=verification).with_parts())
    seen = [update for update in updates if update.is_published]
    if seen:
        change.mark_story()
    for update in updates:
        update.story = change.story
        update.verification = verification
        update.version += 1
        if update.is_published:
            change.mark_update(update)
            update.kind, update.edited_at = Kind.INFORMATION, change.at
        change.add_version(update, UpdateContent.of_loaded(update))
    ids = [update.pk for update in updates]
    same = {"verification": verification, "version": F("version") + 1}
    Update.objects.filter(pk__in=ids).update(**same)
    shown = {"revision": change.revision, "kind": Kind.INFORMATION, "edited_at": change.at}
    Update.objects.filter(pk__in=[update.pk for update in seen]).update(**shown)
    return len(updates)
