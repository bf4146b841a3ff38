"""What a page shows of a story outside its list of updates, read once for each of its changes."""

from collections import OrderedDict
from copy import copy
from dataclasses import dataclass, field
from threading import Lock

from django.db.models import prefetch_related_objects

from liveblog.models.picture import Picture
from liveblog.models.source import Source
from liveblog.models.story import Story
from liveblog.models.story_queryset import story_parts
from liveblog.models.update import Update

from .highlights import HEADLINES, Highlights, read_highlights
from .pagination import load_updates

MOST = 500  # stories; the least recently read are dropped first


@dataclass(frozen=True)
class StoryRegions:
    """A story with what it shows itself, its pinned update, its sources, the most cited first."""

    story: Story
    highlights: Highlights = field(default_factory=Highlights)
    pinned: Update | None = None
    sources: list[Source] = field(default_factory=list)

    @property
    def key_events(self) -> list[Update]:
        """The story's timeline, newest first; one event alone is none."""
        events = self.highlights.key_events
        return events if len(events) > 1 else []

    @property
    def latest(self) -> list[Update]:
        return self.highlights.newest

    @property
    def headlines(self) -> list[Update]:
        """What is listed where there is no timeline: the newest headlines, and a lone key event."""
        events, newest = self.highlights.key_events, self.highlights.headlines
        if len(events) != 1 or events[0].pk in {each.pk for each in newest}:
            return newest
        listed = [*newest[: HEADLINES - 1], *events]
        return sorted(listed, key=lambda each: (each.published_at, each.number, each.pk))[::-1]


_known: OrderedDict[int, StoryRegions] = OrderedDict()
_lock = Lock()


def regions_key(story: Story) -> tuple:
    """Return what all that a story shows outside its list of updates depends on."""
    return story.epoch, story.changed_revision, story.reload_revision, story.version


def read_regions(story: Story) -> StoryRegions:
    """Read what is shown around the updates of a story whose row was just read.

    The story of the answer is a row of the same content, read at the same change or later.
    """
    return read_many_regions([story])[0]


def read_many_regions(stories: list[Story]) -> list[StoryRegions]:
    """Read the regions of several stories; the highlights of those that changed in one query."""
    known = {each.pk: _known_of(each) for each in stories}
    changed = [each for each in stories if not _is_known(each, known[each.pk])]
    fresh = {each.story.pk: each for each in _read(changed, known)}
    _keep(fresh.values())
    return [fresh.get(each.pk) or known[each.pk] for each in stories]


def load_own_parts(story: Story) -> Story:
    """Load the bylines, topics and pictures of a story whose row was just read."""
    _load_own_parts([story], {story.pk: _known_of(story)})
    return story


def evict_regions(story_id: int | None) -> None:
    """Drop what is remembered of a story from which something was taken down; None: of all."""
    with _lock:
        for id in [story_id] if story_id else list(_known):
            _known.pop(id, None)


def _known_of(story):
    """Look up a public story; what a draft shows changes without a revision."""
    return _known.get(story.pk) if story.is_public else None


def _is_known(story, known):
    return bool(known) and regions_key(known.story) == regions_key(story)


def _read(stories, known):
    _load_own_parts(stories, known)
    highlights = read_highlights((each.pk for each in stories), known=_updates_of(stories, known))
    return [_regions(each, highlights[each.pk], known.get(each.pk)) for each in stories]


def _updates_of(stories, known):
    """Yield what these stories named at their last change; another epoch counts anew."""
    for story in stories:
        before = known.get(story.pk)
        if before and before.story.epoch == story.epoch:
            yield from before.highlights.updates


def _regions(story, highlights, before):
    is_same = bool(before) and own_key(before.story) == own_key(story)
    pinned = _pinned(story, highlights.pinned, before if is_same else None)
    return StoryRegions(story, highlights, pinned, _sources_of(story, before if is_same else None))


def _pinned(story, row, before):
    """Load the pinned update, unless it is the same as before."""
    if row is None:
        return None
    if before and before.pinned and _revision(before.pinned) == _revision(row):
        return before.pinned
    return next(iter(load_updates({story.pk: story}, [row.pk])), None)


def _revision(update):
    return update.pk, update.revision


def _load_own_parts(stories, known):
    """Load bylines, topics and pictures, which only an edit of the story or of them changes."""
    unknown = []
    for story in stories:
        before = known.get(story.pk)
        if before and own_key(before.story) == own_key(story):
            _copy_own_parts(before.story, story)
        else:
            unknown.append(story)
    _load_pictures(unknown)
    prefetch_related_objects(unknown, *story_parts())


def _copy_own_parts(before, story):
    story.lead_picture, story.share_picture = before.lead_picture, before.share_picture
    # Where Django itself looks for loaded relations; it has no public way to hand them on.
    story._prefetched_objects_cache = before._prefetched_objects_cache


def _load_pictures(stories):
    ids = {id for each in stories for id in (each.lead_picture_id, each.share_picture_id) if id}
    pictures = Picture.objects.select_related("credit").in_bulk(ids) if ids else {}
    for story in stories:
        story.lead_picture = pictures.get(story.lead_picture_id)
        story.share_picture = pictures.get(story.share_picture_id)


def own_key(story: Story) -> tuple:
    """Return what the parts of a story depend on that publications leave alone."""
    keys = story.lead_picture_id, story.share_picture_id
    return story.epoch, story.version, story.reload_revision, story.slug, story.timezone, *keys


def _sources_of(story, before):
    """Return the story's sources with their counts; rows that did not change are not read again."""
    rows = {str(each.pk): each for each in before.sources} if before else {}
    if not story.source_counts.keys() <= rows.keys():
        read = Source.objects.filter(pk__in=story.source_counts)
        rows = {str(each.pk): each for each in read}
    cited = [_counted(rows[id], count) for id, count in story.source_counts.items() if id in rows]
    return sorted(cited, key=lambda source: (-source.update_count, source.name))


def _counted(source, count):
    counted = copy(source)  # other requests show the same row with another count
    counted.update_count = count
    return counted


def _keep(regions):
    with _lock:
        for each in regions:
            if not each.story.is_public:
                continue
            _known[each.story.pk] = each
            _known.move_to_end(each.story.pk)
        while len(_known) > MOST:
            _known.popitem(last=False)
