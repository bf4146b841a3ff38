"""The regions of a story's page that change as wholes, each under its `data-part`."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from unicodedata import east_asian_width

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from liveblog.addresses import address_of
from liveblog.models import Story, Update
from liveblog.queries.regions import StoryRegions, own_key, regions_key
from liveblog.richtext import to_plain_text

from .addresses import absolute
from .external_media import with_cards
from .moment import moment
from .pictures import figure_html, picture_with_file, with_pictures
from .recent import Recent
from .share_links import share_links
from .templates import in_language_of, render
from .update import doubt_label, pinned_html, title_of

REGIONS = (
    *("header", "status", "latest", "introduction", "summary", "unconfirmed"),
    *("pinned", "key-events", "sources", "corrections"),
)

# Headlines are smaller the more there is of them: they may not push the news off the screen.
SIZES = {60: "", 90: "is-long", 140: "is-longer"}
LONGEST = "is-longest"
MOST_UNCONFIRMED = 2
LONG_SUMMARY = 240  # characters; a phone folds what is longer
LONG_LEDE = 270  # characters, some four lines; a live story folds what is longer

RegionsHtml = dict[str, SafeString]

Once = Callable[[str, tuple, Callable], SafeString]

_REGIONS = Recent(12_000)  # of some 500 stories, of 1 KB each


def regions_html(regions: StoryRegions, *, now: datetime) -> RegionsHtml:
    """Return every region of a story, rendered once for each of its changes."""
    story = regions.story
    key = (*regions_key(story), *clock_key(story, now))
    once = partial(_REGIONS.get, story.pk)
    return once("all", key, lambda: render_regions(regions, now=now, once=once))


def clock_key(story: Story, now: datetime) -> tuple:
    """Return what a story's regions depend on beside its rows: which state and day it is."""
    return state_of(story, now), now.astimezone(story.zone).date()


@in_language_of(lambda regions: regions.story)
def render_regions(
    regions: StoryRegions, *, now: datetime, once: Once = lambda name, key, render: render()
) -> RegionsHtml:
    """Render every region of a story; each is one element with `data-part`.

    A region with nothing to say is a hidden, empty element, so that a page has a place
    for it. `now` tells the status whether the story is quiet; nothing else depends on it.
    `once` may know a part from before: most of them no publication changes.
    """
    story, pinned = regions.story, regions.pinned
    own = own_key(story)
    status = status_of(story, now)
    cited = tuple((each.pk, each.update_count) for each in regions.sources)
    return {
        "header": once("header", own, lambda: _header(story)),
        "status": render("_status.html", status=status, is_part=True),
        "latest": _latest(regions, now),
        "introduction": once("introduction", own, lambda: _introduction(story)),
        "summary": once("summary", own, lambda: _summary(story)),
        "unconfirmed": _unconfirmed(regions),
        "pinned": once(
            "pinned", (*own, pinned and (pinned.pk, pinned.revision)), lambda: _pinned(regions)
        ),
        "key-events": once(
            "key-events", (*own, _key_of_events(regions)), lambda: _key_events(regions)
        ),
        "sources": once("sources", (*own, cited), lambda: _sources(regions, once)),
        "corrections": once(
            "corrections", (*own, story.correction_count), lambda: _corrections(story)
        ),
    }


def state_of(story: Story, now: datetime) -> str:
    """Name the state of a story as readers see it: coming, live, quiet, ended."""
    if story.status == Story.Status.ENDED:
        return "ended"
    if not (story.update_count or story.correction_count):
        return "coming"  # a story whose updates were retracted with a note has had some
    return "live" if now < quiet_at(story) else "quiet"


def quiet_at(story: Story) -> datetime:
    """Return when a live story is quiet if nothing more happens."""
    return story.last_updated_at + timedelta(hours=settings.QUIET_AFTER_HOURS)


def status_of(story: Story, now: datetime, zone=None) -> dict:
    """Return what the status line prints: state, moment and its text."""
    zone = zone or story.zone
    state = state_of(story, now)
    at = moment(story.ended_at if state == "ended" else story.last_updated_at, zone)
    text = ""
    if at:
        text = at.beside(moment(now, zone)) if state == "live" else at.date
    quiet = moment(quiet_at(story), zone) if state == "live" else None
    return {"state": state, "at": at, "text": text, "quiet_at": quiet}


def entries_of(updates, zone) -> list[dict]:
    """Return updates as entries of a list; the first of each day carries its date."""
    entries, day = [], None
    for update in updates:
        at = moment(update.published_at, zone)
        date = at.date if at.day != day else ""
        entries.append({"update": update, "at": at, "date": date, "title": title_of(update)})
        entries[-1]["doubt"] = doubt_label(update)
        day = at.day
    return entries


def _part(name, has_content, **context):
    if not has_content:
        return mark_safe(f'<div data-part="{name}" hidden></div>')  # noqa: S308 # nosec B308 B703 # our own name
    return render(f"_{name.replace('-', '_')}.html", **context)


def _header(story):
    shown = picture_with_file(story) or story.lead_picture
    share_address = absolute(story.get_absolute_url())
    return render(
        "_header.html",
        story=story,
        headline_size=headline_size(story.headline),
        share_address=share_address,
        services=share_links(story.headline, share_address),
        bylines=[each.person for each in story.bylines.all()],
        picture=shown and figure_html(shown, place="lead", is_first=True),
    )


def headline_size(headline: str) -> str:
    """Name the size that a headline is set in by its width in letters of Latin."""
    width = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in headline)
    return next((size for most, size in SIZES.items() if width <= most), LONGEST)


def _latest(regions, now):
    """The newest update's title, above what a phone shows first of a story that is not live."""
    update = regions.latest[0] if regions.latest else None
    at = update and moment(update.published_at, regions.story.zone)
    latest = update and {
        "update": update,
        "at": at,
        "text": at.beside(moment(now, regions.story.zone)),
        "title": title_of(update),
        "doubt": doubt_label(update),
    }
    return _part("latest", latest, address=regions.story.get_absolute_url(), latest=latest)


def _introduction(story):
    first, rest = split_first_paragraph(with_pictures(with_cards(story.introduction_html), []))
    shown = picture_with_file(story) or story.lead_picture
    others = {story.lead_picture, story.share_picture} - {shown, None}
    background = rest + "".join(figure_html(each) for each in others)
    return _part(
        "introduction",
        first or background or story.times_assigned,
        story=story,
        first=first,
        is_long=bool(background) or len(to_plain_text(first)) > LONG_LEDE,
        background=mark_safe(background),  # noqa: S308 # nosec B308 B703 # two halves of safe text
    )


def split_first_paragraph(html: str) -> tuple[SafeString, SafeString]:
    """Return a text's first paragraph and what follows it."""
    end = html.find("</p>") + len("</p>") if html.startswith("<p>") else 0
    return mark_safe(html[:end]), mark_safe(html[end:])  # noqa: S308 # nosec B308 B703 # cut between blocks


def _summary(story):
    checked = moment(story.summary_checked_at, story.zone)
    return _part(
        "summary",
        story.summary_html,
        story=story,
        text=with_pictures(with_cards(story.summary_html), []),
        checked=checked,
        is_long=len(to_plain_text(story.summary_html)) > LONG_SUMMARY,
    )


def _unconfirmed(regions):
    """What the story's latest updates report that nobody has confirmed."""
    unconfirmed = Update.Verification.UNCONFIRMED
    doubtful = [update for update in regions.latest if update.verification == unconfirmed]
    return _part(
        "unconfirmed",
        doubtful,
        address=regions.story.get_absolute_url(),
        entries=entries_of(doubtful[:MOST_UNCONFIRMED], regions.story.zone),
    )


def _pinned(regions):
    return _part("pinned", regions.pinned, copy=regions.pinned and pinned_html(regions.pinned))


def _key_of_events(regions):
    """Return what the list depends on beside the story's own parts: a publication adds to it."""
    updates = regions.key_events or regions.headlines
    return bool(regions.key_events), tuple((each.pk, each.revision) for each in updates)


def _key_events(regions):
    updates = regions.key_events or regions.headlines
    return _part(
        "key-events",
        updates,
        story=regions.story,
        address=address_of("story", regions.story.slug),
        are_key_events=bool(regions.key_events),
        entries=entries_of(updates, regions.story.zone),
    )


def _sources(regions, once):
    """Render the tally of sources; a publication changes the counts of those that it cites."""
    story, own = regions.story, own_key(regions.story)
    entries = [
        once(
            f"source {source.pk}",
            (*own, source.update_count),
            partial(render, "_source.html", story=story, source=source),
        )
        for source in regions.sources
    ]
    return _part("sources", regions.sources, entries=entries)


def _corrections(story):
    return _part("corrections", story.correction_count, story=story)
