"""Find what an address names, if readers may see it."""

from uuid import UUID

from django.http import Http404
from django.urls import reverse

from liveblog import rendering
from liveblog.models import MovedAddress, OldAddress, Source, Story, Topic, Update
from liveblog.queries.plain_sql import find_known_story
from liveblog.rendering import Moment, zone_name

from .responses import Gone, Moved

LONGEST_PATH = 501  # characters


def read_story(slug: str, *, withdrawn=None) -> Story:
    """Read the public story of an address in one query: its row alone.

    Raises `Moved` for an address that it had before, `Gone` where it was withdrawn, with
    the page that `withdrawn` makes of the story, or else the site's own.
    """
    story = find_known_story(slug)
    if story is None:
        known = Story.objects.known_to_readers()
        old = OldAddress.objects.filter(slug=slug, story__in=known).select_related("story").first()
        if old is None:
            raise Http404
        raise Moved(old.story)
    if not story.is_public:
        raise Gone((withdrawn or _withdrawn)(story))
    return story


def read_update(story: Story, id: UUID) -> Update:
    """Read a public update of a story; raises `Gone` where it was taken down."""
    update = story.updates.seen().filter(pk=id).with_parts().first()
    if update is None:
        raise Http404
    update.story = story
    if not update.is_published:
        raise Gone(_retracted_update(story, update))
    return update


def read_moved_address(path: str) -> str:
    """Return where what another system had at a path is now; raises Http404 for any other."""
    if len(path) > LONGEST_PATH or "\0" in path:  # which PostgreSQL refuses to compare
        raise Http404
    known = Story.objects.known_to_readers()
    rows = MovedAddress.objects.filter(path=path.rstrip("/"), story__in=known)
    row = rows.select_related("story").first()
    if row is None:
        raise Http404
    if row.update_id:
        return reverse("update", args=[row.story.slug, row.update_id])
    return reverse("story", args=[row.story.slug])


def read_before(request) -> UUID | None:
    """Read the parameter `before`; whatever is no id is as good as none."""
    try:
        return UUID(hex=request.GET.get("before", ""))
    except ValueError:
        return None


def _withdrawn(story):
    at = story.withdrawn_at and Moment(story.withdrawn_at, story.zone)
    return rendering.page("410.html", language=story.language, at=at, is_story=True)


def _retracted_update(story, update):
    return rendering.page(
        "410.html",
        language=story.language,
        story=story,
        at=Moment(update.retracted_at, story.zone) if update.retracted_at else None,
        zone=zone_name(story.timezone),
        note=update.retraction_note,
    )


def read_listed(model, slug: str):
    """Read a topic, source or author that readers know; a name of drafts alone is unknown."""
    found = model.objects.filter(slug=slug).first()
    if found is None or not _is_known(found):
        raise Http404
    return found


def _is_known(found):
    stories = Story.objects.public()
    if isinstance(found, Topic):
        return stories.filter(topics=found).exists()
    if isinstance(found, Source):
        return Update.objects.citing(found).exists()
    signed = Update.objects.signed_by(found)
    return signed.exists() or stories.filter(bylines__person=found).exists()
