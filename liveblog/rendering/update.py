"""An update as HTML: its article in the list, and its copy at the top when it is pinned."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext

from liveblog.addresses import address_of
from liveblog.models import Update
from liveblog.richtext import to_plain_text

from .external_media import with_cards
from .moment import moment
from .pictures import with_pictures
from .templates import in_language_of, other_direction, render

TITLE_LENGTH = 90


def _story_of(update):
    return update.story


@in_language_of(_story_of)
def update_html(update: Update, *, in_full: bool = False) -> SafeString:
    """Render the article of an update loaded `with_parts`, its story among them.

    It is the same wherever and whenever it is shown. A pinned update is shown in full at
    the top of its story, so at its place in time it is a line, unless `in_full`.
    """
    is_line = update.is_pinned and not in_full
    return render("_update.html", is_line=is_line, **context_of(update))


@in_language_of(_story_of)
def pinned_html(update: Update) -> SafeString:
    """Render the copy of a pinned update that is at the top of its story."""
    return render("_pinned_update.html", **context_of(update))


def title_of(update: Update) -> str:
    """Return an update's headline, or the first words of its text."""
    if update.headline:
        return update.headline
    words = " ".join(to_plain_text(update.body_html).split())
    return Truncator(words).chars(TITLE_LENGTH)


def title_with_doubt(update: Update) -> str:
    """Return an update's title as plain text, after `Unconfirmed` or `False` where it is so."""
    doubt = doubt_of(update)
    return f"{doubt}: {title_of(update)}" if doubt else title_of(update)


def doubt_label(update: Update) -> SafeString:
    """Return the label before a headline shown without its text, where it is false or unverified.

    It is no part of the headline: it has its own language and direction.
    """
    doubt = doubt_of(update)
    if not doubt:
        return SafeString()
    is_false = update.verification == Update.Verification.FALSE
    kind = "label label-warn label-false" if is_false else "label label-warn"
    return format_html('<bdi class="{}" lang="{}">{}</bdi> ', kind, get_language(), doubt)


def doubt_of(update: Update) -> str:
    """Return the word for what is unconfirmed or false; nothing for all else."""
    if update.verification == Update.Verification.UNCONFIRMED:
        return gettext("Unconfirmed")
    return gettext("False") if update.verification == Update.Verification.FALSE else ""


def update_address(update: Update) -> str:
    """Return the address of an update's own page."""
    return address_of("update", update.story.slug, update.pk)


def context_of(update: Update) -> dict:
    """Return what the templates of an update print."""
    zone = update.story.zone
    published = moment(update.published_at, zone)
    attributions = list(update.attributions.all())
    reporters = [each for each in attributions if each.role == "reported_by"]
    notes = [_note(each, published, zone) for each in update.corrections.all()]
    edited = moment(update.edited_at, zone)
    return {
        "update": update,
        "story": update.story,
        "title": title_of(update),
        "direction": other_direction(
            f"{update.headline} {to_plain_text(update.body)}", update.story.language
        ),
        "address": update_address(update),
        "published": published,
        "body": with_pictures(
            with_cards(update.body_html), [each.picture for each in update.pictures.all()]
        ),
        "bylines": [each.person for each in update.bylines.all()],
        "notes": notes,
        "edited_as": _edited_as(update, notes),
        "edited_at": edited.beside(published) if edited else "",
        "edited": edited,
        "reporters": reporters,
        "reporter_names": ", ".join(each.source.credit for each in reporters),
        "quoted": [each for each in attributions if each.role == "quoted"],
        "photographers": [each for each in attributions if each.role == "photo"],
    }


def _note(correction, published, zone):
    at = moment(correction.corrected_at, zone)
    return {"correction": correction, "at": at, "text": at.beside(published)}


def _edited_as(update, notes):
    """Name the label of an update that was changed: by its latest note, else "updated"."""
    if notes:
        return notes[0]["correction"].kind
    return "updated" if update.edited_at else ""
