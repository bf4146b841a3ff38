"""Pages that list what several stories hold: by topic, source, author, and corrections."""

from collections import Counter
from itertools import groupby
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from liveblog.addresses import address_of

from .addresses import absolute
from .jsonld import list_data
from .moment import Moment, moment, zone_name
from .pages import in_readers_zone, page
from .regions import entries_of
from .social_cards import card_of_page, card_of_site, site_card_words
from .templates import speaking
from .update import title_of, update_address

MOST = 50  # stories, updates or notes on a page; one more is read, to know of a next page


KINDS = {
    "topic": gettext_lazy("Topic"),
    "source": gettext_lazy("Source"),
    "author": gettext_lazy("Author"),
}


def list_page(name: str, subject, *, stories=(), updates=()) -> SafeString:
    """Render the page of a topic, source or author; times are in the site's zone."""
    zone, kind = ZoneInfo(settings.TIME_ZONE), name.partition(".")[0]
    canonical, language = absolute(subject.get_absolute_url()), settings.LANGUAGE_CODE
    entries = entries_of(updates[:MOST], zone)
    for entry in entries:
        entry["address"] = update_address(entry["update"])
    items = [(each.headline, each.get_absolute_url()) for each in stories[:MOST]]
    items += [(entry["title"], entry["address"]) for entry in entries]
    with speaking(language):
        about = f"{KINDS[kind]}: {subject.name} · {site_card_words()}"
        times = in_readers_zone(settings.TIME_ZONE)
    return page(
        name,
        canonical=canonical,
        subject=subject,
        card=card_of_page(
            subject.name,
            about,
            url=canonical,
            image=absolute(address_of(f"{kind}_card", subject.slug)),
            language=language,
        ),
        structured_data=list_data(subject.name, items, url=canonical, language=language),
        stories=[
            {"story": each, "at": moment(each.last_updated_at, zone)} for each in stories[:MOST]
        ],
        entries=entries,
        most=MOST,
        is_more=len(stories) > MOST or len(updates) > MOST,
        **times,
    )


def topics_page(topics) -> SafeString:
    """Render the list of topics, each with its `story_count`."""
    items = [(each.name, each.get_absolute_url()) for each in topics]
    with speaking(settings.LANGUAGE_CODE):
        title = gettext("Topics")
    return page(
        "topics.html",
        here="topics",
        topics=topics,
        **_of_the_site(title, items, canonical=absolute(address_of("topics"))),
    )


def corrections_page(corrections, retracted, *, story=None) -> SafeString:
    """Render corrections and retractions, the newest first: time and public note alone."""
    zone = story.zone if story else ZoneInfo(settings.TIME_ZONE)
    language = story.language if story else settings.LANGUAGE_CODE
    address = f"{story.get_absolute_url()}corrections/" if story else address_of("corrections")
    notes = [_correction(each, zone) for each in corrections]
    notes += [_retraction(each, zone) for each in retracted]
    shown = sorted(notes, key=lambda note: note["at"].at, reverse=True)[:MOST]
    with speaking(language):
        title = gettext("Corrections and withdrawals")
        return page(
            "corrections.html",
            language=language,
            story=story,
            days=_by_day(shown),
            tally=Counter(note["kind"] for note in shown),
            most=MOST,
            is_more=len(notes) > MOST,
            footer_zone=zone_name(story.timezone if story else settings.TIME_ZONE),
            **_of_the_site(
                title,
                [(note["title"], note["address"]) for note in shown if note["title"]],
                canonical=absolute(address),
                language=language,
                about=story.headline if story else "",
            ),
        )


def _of_the_site(title, items, *, canonical, language=settings.LANGUAGE_CODE, about=""):
    """Canonical address, card and structured data of a page that the site itself has."""
    text = f"{about or title} · {settings.PUBLISHER_NAME}"
    return {
        "canonical": canonical,
        "card": card_of_site(title, text, url=canonical, language=language),
        "structured_data": list_data(title, items, url=canonical, language=language),
    }


def _by_day(notes):
    days = [list(group) for _, group in groupby(notes, key=lambda note: note["at"].day)]
    return [{"day": group[0]["at"].long_date, "notes": group} for group in days]


def _correction(correction, zone):
    update = correction.update
    return {
        "kind": correction.kind,
        "note": correction.note,
        "at": Moment(correction.corrected_at, zone),
        "was": Moment(update.published_at, zone) if update else None,
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
