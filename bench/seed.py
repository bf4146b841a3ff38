"""Stories of a size, as publishing would have left them."""

import uuid
from datetime import timedelta

from django.utils import timezone

from liveblog.models import (
    Attribution,
    Correction,
    Person,
    Source,
    Story,
    StoryByline,
    Update,
    UpdateByline,
)
from liveblog.queries.counters import read_counts

AGENCIES = ["Efe", "AFP", "Reuters", "AP", "Ukrinform", "Interfax", "BBC", "El País"]
TEXT = (
    "<p>The governor said on the evening of the third day that trains towards the border "
    "would stop at the river until the bridge had been looked at, and that nobody was hurt. "
    "“We have seen worse”, a railway worker told reporters (number {n}).</p>"
    "<p>Trucks queued for eleven kilometres; the ministry asked drivers to wait for a convoy, "
    "and opened the second lane in the early hours. It gave no reason for the delay.</p>"
)


def make_story(count: int, slug: str = "") -> Story:
    """Write a live story of `count` updates, one every 30 seconds until a minute ago."""
    now = timezone.now() - timedelta(minutes=1)
    story = Story.objects.create(
        slug=slug or f"story-{count}",
        headline=f"Bridge closed near Kursk after {count} reports",
        standfirst="What is known, and who says so.",
        introduction=TEXT.format(n=0),
        summary="<p>The bridge is closed.</p>",
        status=Story.Status.LIVE,
        opened_at=now - timedelta(days=9),
        last_updated_at=now,
        revision=count + 1,
        changed_revision=count + 1,
    )
    StoryByline.objects.create(story=story, person=_person("Ana Editor"))
    updates = [_update(story, n, now - timedelta(seconds=30 * (count - n))) for n in range(count)]
    Update.objects.bulk_create(updates, batch_size=500)
    _write_parts(story, updates)
    Story.objects.filter(pk=story.pk).update(**read_counts(story))
    return story


def _update(story, n, at):
    return Update(
        id=uuid.uuid4(),
        story=story,
        status=Update.Status.PUBLISHED,
        headline=f"Report number {n} from the river",
        body=TEXT.format(n=n),
        published_at=at,
        number=n + 2,
        revision=n + 2,
        is_key_event=n % 20 == 7,
        is_pinned=n == 3,
        created_at=at,
    )


def _write_parts(story, updates):
    sources, person = _sources(), _person("Olena Reporter")
    citations = [
        Attribution(update=update, source=sources[(n + k) % len(sources)], position=k)
        for n, update in enumerate(updates)
        for k in range(1 + n % 2)
    ]
    Attribution.objects.bulk_create(citations, batch_size=2000)
    UpdateByline.objects.bulk_create(
        [UpdateByline(update=update, person=person) for update in updates], batch_size=2000
    )
    Correction.objects.bulk_create(
        Correction(
            story=story,
            update=update,
            kind=Correction.Kind.CORRECTION,
            note="The river was named wrongly.",
            corrected_at=update.published_at,
        )
        for update in updates[::50]
    )


def _sources():
    return [Source.objects.get_or_create(name=name)[0] for name in AGENCIES]


def _person(name):
    return Person.objects.get_or_create(name=name)[0]
