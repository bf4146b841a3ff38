"""Pages that list what several stories hold: by topic, source, author, and corrections."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from .addresses import absolute
from .moment import Moment, moment, zone_name
from .pages import page
from .regions import entries_of
from .templates import speaking
from .update import title_of, update_address

MOST = 50  # stories, updates or notes on a page; whoever reads one more is told of more


def list_page(name: str, subject, *, stories=(), updates=()) -> SafeString:
    """Render the page of a topic, source or author; times are in the site's zone."""
    zone = ZoneInfo(settings.TIME_ZONE)
    entries = entries_of(updates[:MOST], zone)
    for entry in entries:
        entry["address"] = update_address(entry["update"])
    return page(
        name,
        canonical=absolute(subject.get_absolute_url()),
        subject=subject,
        stories=[
            {"story": each, "at": moment(each.last_updated_at, zone)} for each in stories[:MOST]
        ],
        entries=entries,
        most=MOST,
        is_more=len(stories) > MOST or len(updates) > MOST,
        footer_zone=zone_name(settings.TIME_ZONE),
    )


def topics_page(topics) -> SafeString:
    """Render the list of topics, each with its `story_count`."""
    return page("topics.html", canonical=absolute(reverse("topics")), here="topics", topics=topics)


def corrections_page(corrections, retracted, *, story=None) -> SafeString:
    """Render corrections and retractions, the newest first: time and public note alone."""
    zone = story.zone if story else ZoneInfo(settings.TIME_ZONE)
    language = story.language if story else settings.LANGUAGE_CODE
    notes = [_correction(each, zone) for each in corrections]
    notes += [_retraction(each, zone) for each in retracted]
    with speaking(language):
        return page(
            "corrections.html",
            language=language,
            story=story,
            canonical=absolute(
                f"{story.get_absolute_url()}corrections/" if story else "/corrections/"
            ),
            notes=sorted(notes, key=lambda note: note["at"].at, reverse=True)[:MOST],
            most=MOST,
            is_more=len(notes) > MOST,
            footer_zone=zone_name(story.timezone if story else settings.TIME_ZONE),
        )


def _correction(correction, zone):
    update = correction.update
    return {
        "kind": correction.kind,
        "note": correction.note,
        "at": Moment(correction.corrected_at, zone),
        "story": correction.story,
        "address": update_address(update) if update else correction.story.get_absolute_url(),
        "title": title_of(update) if update else correction.story.headline,
    }


def _retraction(update, zone):
    return {
        "kind": "retraction",
        "note": update.retraction_note,
        "at": Moment(update.retracted_at, zone),
        "was": Moment(update.published_at, zone),
        "story": update.story,
        "address": "",
        "title": "",
    }
