"""For tests of what reads: rows as publishing leaves them, at the moments that a test wants.

Tests of what writes, or of what readers receive of a verb, act through `cast`.
"""

import itertools
import uuid
from datetime import UTC, datetime, timedelta

from liveblog.models import Attribution, Picture, Source, Story, Update, UpdatePicture
from liveblog.queries.counters import read_counts

START = datetime(2024, 10, 25, 6, 0, tzinfo=UTC)
_count = itertools.count(1)


def make_story(**fields) -> Story:
    """A live story without updates, opened at START."""
    number = next(_count)
    values = {
        "slug": f"story-{number}",
        "headline": f"Story number {number}",
        "status": Story.Status.LIVE,
        "timezone": "Europe/Madrid",
        "revision": 1,
        "changed_revision": 1,
        "opened_at": START,
    }
    return Story.objects.create(**{**values, **fields})


def make_published_update(story: Story, *, minute: int = 0, **fields) -> Update:
    """A public update of `minute` minutes after START, with the story's next revision."""
    return make_updates(story, 1, minute=minute, **fields)[0]


def make_updates(story: Story, count: int, *, minute: int = 0, every: int = 1, **fields):
    """Public updates, one every `every` minutes, oldest first, in one statement."""
    updates = []
    for index in range(count):
        story.revision += 1
        at = START + timedelta(minutes=minute + index * every)
        values = {
            "id": uuid.uuid4(),
            "story": story,
            "status": Update.Status.PUBLISHED,
            "headline": f"Update number {story.revision}",
            "body": f"<p>Text number {story.revision}.</p>",
            "published_at": at,
            "number": story.revision,
            "revision": story.revision,
        }
        updates.append(Update(**{**values, **fields}))
    Update.objects.bulk_create(updates)
    latest = max(filter(None, [story.last_updated_at, updates[-1].published_at]))
    story.changed_revision, story.last_updated_at = story.revision, latest
    take_counts(story)
    story.save()
    return updates


def take_counts(story: Story) -> Story:
    """Let a story's counts say what its rows do, as publishing does."""
    for name, value in read_counts(story).items():
        setattr(story, name, value)
    story.save(update_fields=["update_count", "source_counts", "correction_count"])
    return story


def make_hidden_update(story: Story, status: str, marker: str, **fields) -> Update:
    """An update that readers may not read, with `marker` in its headline and text."""
    values = {"headline": f"{marker} headline", "body": f"<p>{marker} text</p>", "status": status}
    if status == Update.Status.RETRACTED:
        values |= {"retracted_at": START, "published_at": START, "number": 1, "revision": 1}
    if status == Update.Status.SCHEDULED:
        values["scheduled_for"] = START
    return Update.objects.create(story=story, **{**values, **fields})


def cite(update: Update, source: Source | str, **fields) -> Attribution:
    """Let an update rest on a source, which is made where only its name is given."""
    if isinstance(source, str):
        source, _ = Source.objects.get_or_create(name=source, defaults={"kind": "agency"})
    cited = Attribution.objects.create(update=update, source=source, **fields)
    take_counts(update.story)
    return cited


def make_picture(update: Update | None = None, **fields) -> Picture:
    """A picture without a file; one of an update's where an update is given."""
    picture = Picture.objects.create(**{"alt": "A bridge.", **fields})
    if update:
        UpdatePicture.objects.create(update=update, picture=picture)
    return picture
