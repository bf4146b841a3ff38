"""Find what an address names, if readers may see it."""

from uuid import UUID

from django.http import Http404

from liveblog import rendering
from liveblog.models import OldAddress, Story, Update
from liveblog.queries.pagination import with_pages
from liveblog.rendering import Moment, zone_name

from .responses import Gone, Moved


def read_story(
    slug: str, before: UUID | None = None, *, whole: bool = True, withdrawn=None
) -> Story:
    """Read the public story of an address in one query, `with_parts` and `with_pages` if whole.

    Raises `Moved` for an address that it had before, `Gone` where it was withdrawn, with
    the page that `withdrawn` makes of the story, or else the site's own.
    """
    known = Story.objects.known_to_readers()
    found = known.filter(slug=slug)
    story = (with_pages(found.with_parts(), before) if whole else found).first()
    if story is None:
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
