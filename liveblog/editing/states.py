"""The state of an update and its times, in words."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from liveblog.models import Story, Update
from liveblog.rendering.moment import zone_name


def state_of(update: Update) -> str:
    """Return an update's state as text, in the story's zone: “scheduled 10:30, overdue”."""
    if update.status != Update.Status.SCHEDULED:
        return update.get_status_display()
    at = clock(update.scheduled_for, update.story)
    if is_overdue(update):
        return _("scheduled {time}, overdue").format(time=at)
    return _("scheduled {time}").format(time=at)


def is_overdue(update: Update) -> bool:
    is_waiting = update.status == Update.Status.SCHEDULED
    return is_waiting and update.scheduled_for <= timezone.now()


def clock(moment, story: Story) -> str:
    """Format a moment in the story's zone; with its day, or year, where that is not today's."""
    local, now = timezone.localtime(moment, story.zone), timezone.localtime(None, story.zone)
    if local.date() == now.date():
        return date_format(local, "H:i")
    return date_format(local, "j M, H:i" if local.year == now.year else "j M Y, H:i")


def short(moment, zone=None) -> str:
    """Format a moment for a list, in this time zone, else in the page's."""
    return date_format(timezone.localtime(moment, zone), "j M Y, H:i") if moment else ""


def short_in(story: Story, moment) -> str:
    """Format a moment in its story's zone, which it names where it is not the page's."""
    written = short(moment, story.zone)
    is_pages = story.timezone == timezone.get_current_timezone_name()
    return written if is_pages or not written else f"{written} {zone_name(story.timezone)}"


def marks_of(update: Update) -> list[str]:
    """Return labels for an update's flags: pinned, key event, unconfirmed."""
    marks = []
    if update.is_pinned:
        marks.append(_("pinned"))
    if update.is_key_event:
        marks.append(_("key event"))
    if update.verification != Update.Verification.NONE:
        marks.append(update.get_verification_display())
    return marks
