"""Find what the readiness warnings need to know of a saved update."""

from django.db.models import Q
from django.utils import timezone

from liveblog.models import Picture, Update
from liveblog.publishing import UpdateContent

from .warnings import SAME_TEXT_WITHIN, warnings

MOST_COMPARED = 20


def warnings_of(update: Update, content: UpdateContent | None = None) -> list[str]:
    """Return the warnings of an update; `content` saves reading it where it is at hand."""
    content = content or UpdateContent.of(update)
    wordless = Picture.objects.filter(pk__in=content.pictures, alt="", is_decorative=False)
    return warnings(
        content,
        wordless=content.pictures and wordless[:1],
        recent=[UpdateContent(*each) for each in _recent(update)],
    )


def _recent(update):
    since = timezone.now() - SAME_TEXT_WITHIN
    others = Update.objects.filter(
        Q(created_at__gte=since) | Q(published_at__gte=since), story=update.story_id
    )
    newest = others.exclude(pk=update.pk).order_by("-created_at")[:MOST_COMPARED]
    return newest.values_list("headline", "body")
