"""What the admin's templates say of an update or a story, in words alone."""

from django import template
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from liveblog.richtext import to_plain_text

register = template.Library()


@register.filter
def title_of(update) -> str:
    """The headline, or the first words where there is none."""
    words = update.headline or to_plain_text(update.body)
    return Truncator(words).chars(90) or _("(empty)")


@register.filter
def say(told) -> str:
    """A message of `interchange`, in the language in force; other text as it is."""
    if not hasattr(told, "words"):
        return str(told)
    words = _(told.words)
    return words % told.values if told.values else words


@register.filter
def words_of(row) -> str:
    """The text of an update, or the introduction of a story."""
    return to_plain_text(row.body if hasattr(row, "body") else row.introduction)
