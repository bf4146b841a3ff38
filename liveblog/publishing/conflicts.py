"""Build errors that say who changed a row, how, when, and its state now."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from liveblog.accounts import name_of
from liveblog.models import Story, Update, Version
from liveblog.models.verb import Verb

from .errors import Conflict, Refused


def stale(row: Update | Story, attempted) -> Conflict:
    """Build the `Conflict` for a save based on an older version of a row."""
    message = _("%(what_happened)s Your text is kept.") % {"what_happened": what_happened(row)}
    return Conflict(message, current=row, attempted=attempted)


def wrong_state(row: Update | Story) -> Refused:
    """Build the `Refused` for a verb that the row's state does not allow."""
    message = _("%(what_happened)s Nothing was changed.") % {"what_happened": what_happened(row)}
    return Refused(message)


def what_happened(row: Update | Story) -> str:
    """Describe a row's last change and its state, for people who may see the row."""
    version, state = latest_version(row), _state_of(row)
    if version is None:
        return state
    story = row.story if isinstance(row, Update) else row
    return f"{describe(version, story)} {state}"


def _state_of(row):
    if isinstance(row, Update) and row.is_published:
        return _("It is on air.")
    return _("It is “%(state)s” now.") % {"state": row.get_status_display()}


def describe(version: Version, story: Story) -> str:
    """Describe a version: verb, person and time, in the story's time zone."""
    values = {
        "done": _done(version),
        "who": _named(version.by),
        "time": _clock(version.at, story),
    }
    return _("%(done)s by %(who)s, %(time)s.") % values


def _done(version):
    """Name what was done; the kind of an edit may be a guess, which accuses nobody of a typo."""
    return _("Changed") if version.verb == Verb.FIX_TYPO else version.get_verb_display()


def sent_back_by(update: Update) -> str:
    """Say who gave a draft back to its writer, and when."""
    values = {
        "who": _named(update.sent_back_by),
        "time": _clock(update.sent_back_at, update.story),
    }
    return _("By %(who)s, %(time)s.") % values


def _clock(moment, story):
    return date_format(timezone.localtime(moment, story.zone), "j M, H:i")


def latest_version(row: Update | Story) -> Version | None:
    is_update = isinstance(row, Update)
    versions = row.versions if is_update else Version.objects.of_story(row)
    return versions.select_related("by").first()


def _named(user) -> str:
    return _("Liveblog itself") if user is None else name_of(user)
