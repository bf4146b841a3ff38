"""Filters that turn rows and messages into plain text for the admin's templates."""

from django import template
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from liveblog.accounts import name_of
from liveblog.richtext import to_plain_text

register = template.Library()
register.filter(name_of)


@register.filter
def working_title(update) -> str:
    """Return what editors call a row by: headline, start of the text, or "(empty)"."""
    words = update.headline or to_plain_text(update.body)
    return Truncator(words).chars(90) or _("(empty)")


@register.filter
def say(message) -> str:
    """Translate a message of `interchange`; leave other text as it is."""
    if not hasattr(message, "words"):
        return str(message)
    words = _(message.words)
    return words % message.values if message.values else words


@register.filter
def words_of(row) -> str:
    """Return the text of an update, or the introduction of a story, without markup."""
    return to_plain_text(row.body if hasattr(row, "body") else row.introduction)
