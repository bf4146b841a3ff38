"""The counters of a story, computed from its rows.

`publishing` keeps these numbers on the story, in the transaction that changes them, so
that rendering a page takes as long with 10,000 updates as with 50.
"""

from collections import Counter

from liveblog.models.correction import Correction
from liveblog.models.source import Attribution
from liveblog.models.story import Story
from liveblog.models.update import Update


def read_counts(story: Story) -> dict:
    """Recount everything; O(number of updates)."""
    return {
        "update_count": _published(story).count(),
        "source_counts": read_source_counts(story),
        "correction_count": read_correction_count(story),
    }


def read_source_counts(story: Story) -> dict[str, int]:
    """Return how many public updates rest on each source, by its id; credits don't count."""
    cited = Attribution.objects.claims().filter(update__in=_published(story))
    pairs = cited.order_by().values_list("source_id", "update_id").distinct()
    return dict(Counter(str(source_id) for source_id, _ in pairs))


def read_correction_count(story: Story) -> int:
    """Return the number of a story's corrections and of its announced retractions."""
    noted = Correction.objects.of_what_is_shown().filter(story=story)
    return noted.count() + Update.objects.announced_retractions().filter(story=story).count()


def _published(story):
    return Update.objects.filter(story=story, status=Update.Status.PUBLISHED).order_by()
