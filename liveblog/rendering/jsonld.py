"""Structured data for search engines: schema.org's LiveBlogPosting and BlogPosting as JSON-LD.

It says what the page beside it says. Where a story's times are assigned, not reported,
its dates go without them.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString, mark_safe

from liveblog.models import Story, Update
from liveblog.queries.regions import StoryRegions
from liveblog.richtext import to_plain_text

from .addresses import absolute
from .jsonld_authors import authors_of, publisher, publisher_with_logo, without_empty
from .moment import Moment
from .social_cards import (
    description_of,
    first_image,
    image_of_story,
    image_of_update,
    modified_at,
    pictures_of_update,
)
from .update import title_of, update_address

# A page holds up to 39 updates; the text of those named here is in it twice.
MOST = 20
CONTEXT = "https://schema.org"

# Nothing in the data can end the element or open a comment in it (HTML standard, 4.12.1.3).
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@dataclass(frozen=True)
class Posting:
    """An update's `BlogPosting` as JSON, in two pieces round the story's own authors.

    An update that is signed itself has all in the first piece.
    """

    begin: str
    end: str = ""

    def withauthors_of(self, authors: str) -> str:
        return f"{self.begin}{authors}{self.end}" if self.end else self.begin


def posting_of(update: Update) -> Posting:
    """Write the `BlogPosting` of an update loaded `with_parts`."""
    if update.bylines.all():
        return Posting(_dump(describe_update(update)))
    data = _describe(update, authors=[publisher()])  # in the place of the story's, who may change
    place = list(data).index("author")
    begin = _dump(dict(list(data.items())[:place]))
    end = _dump(dict(list(data.items())[place + 1 :]))
    return Posting(f'{begin[:-1]},"author":', f",{end[1:]}" if end != "{}" else "}")


def story_data(
    regions: StoryRegions, articles: list, *, canonical: str, image: dict | None
) -> SafeString:
    """Render a page's `LiveBlogPosting` with the newest articles of that page, newest first.

    `image` is the one that the page names where it is shared.
    """
    story = regions.story
    about = describe_story(regions, changed_at=[each.modified_at for each in articles])
    own = {"image": _image(image), "mainEntityOfPage": canonical}
    data = without_empty({**about, **own})
    text = _dump({"@context": CONTEXT, **data})
    authors = _dump(authors_of(story))
    postings = [each.posting.withauthors_of(authors) for each in _newest_first(articles)[:MOST]]
    if postings:
        text = f'{text[:-1]},"liveBlogUpdate":[{",".join(postings)}]}}'
    return _element(text)


def describe_story(regions: StoryRegions, *, changed_at: list[datetime]) -> dict:
    """Return a `LiveBlogPosting` without its updates, which changed at these moments."""
    story = regions.story
    moments = [story.last_updated_at, story.opened_at, *changed_at]
    begun = [story.opened_at, regions.highlights.first_published_at]
    data = {
        "@type": "LiveBlogPosting",
        "headline": story.headline,
        "description": description_of(story),
        "image": _image(image_of_story(story)),
        "url": absolute(story.get_absolute_url()),
        "mainEntityOfPage": absolute(story.get_absolute_url()),
        "inLanguage": story.language,
        "datePublished": _date(story.opened_at, story),
        "dateModified": _date(max(filter(None, moments), default=None), story),
        "coverageStartTime": _date(min(filter(None, begun), default=None), story),
        "coverageEndTime": _date(story.ended_at, story),
        "author": authors_of(story),
        "publisher": publisher_with_logo(),
        "articleSection": [each.name for each in story.topics.all()],
    }
    return without_empty(data)


def update_data(update: Update) -> SafeString:
    """Render the `BlogPosting` of an update's own page, as a part of its story."""
    story = update.story
    address = absolute(story.get_absolute_url())
    data = {
        **describe_update(update),
        "image": _image(image_of_update(update)),
        "inLanguage": story.language,
        "publisher": publisher_with_logo(),
        "isPartOf": {"@type": "LiveBlogPosting", "headline": story.headline, "url": address},
    }
    return _script(data)


def list_data(name: str, items: list[tuple[str, str]], *, url: str, language: str) -> SafeString:
    """Render a list as `CollectionPage`; its items are names and addresses."""
    listed = [
        {"@type": "ListItem", "position": number, "name": item, "url": absolute(address)}
        for number, (item, address) in enumerate(items, start=1)
    ]
    data = {
        "@type": "CollectionPage",
        "name": name,
        "url": url,
        "inLanguage": language,
        "publisher": publisher_with_logo(),
        "mainEntity": {
            "@type": "ItemList",
            "numberOfItems": len(listed),
            "itemListElement": listed,
        },
    }
    return _script(data)


def _newest_first(articles):
    return sorted(articles, key=lambda each: (each.published.at, each.number), reverse=True)


def describe_update(update: Update) -> dict:
    """Return the `BlogPosting` of an update loaded `with_parts`; its story's too if unsigned."""
    return _describe(update, authors=authors_of(update if update.bylines.all() else update.story))


def _describe(update, *, authors):
    story = update.story
    return without_empty(
        {
            "@type": "BlogPosting",
            "headline": title_of(update),
            "url": absolute(update_address(update)),
            "datePublished": _date(update.published_at, story),
            "dateModified": _date(modified_at(update), story),
            "articleBody": to_plain_text(update.body_html),
            "author": authors,
            "image": _image(first_image(pictures_of_update(update))),
            "citation": [_citation(each) for each in update.attributions.all()],
            "correction": [_correction(each, story) for each in update.corrections.all()],
        }
    )


def _image(image):
    return [image["url"]] if image else []


def _citation(attribution):
    url = attribution.url or absolute(attribution.source.get_absolute_url())
    return {"@type": "CreativeWork", "name": attribution.source.credit, "url": url}


def _correction(correction, story):
    return {
        "@type": "CorrectionComment",
        "text": correction.note,
        "datePublished": _date(correction.corrected_at, story),
    }


def _date(at: datetime | None, story: Story) -> str:
    if at is None:
        return ""
    moment = Moment(at, story.zone)
    return moment.day if story.times_assigned else moment.iso


def _script(data):
    return _element(_dump({"@context": CONTEXT, **without_empty(data)}))


def _dump(data):
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)


def _element(text):
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 # nosec B308 B703 # escaped
