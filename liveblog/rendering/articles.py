"""Updates as pages show them: the article in the list, and its entry in the structured data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString, mark_safe

from liveblog.models import Story, Update
from liveblog.queries.pagination import UpdateRow

from .article_cache import Form, Load
from .jsonld import Posting, posting_of
from .moment import Moment
from .social_cards import modified_at
from .update import update_html


@dataclass(frozen=True)
class Article:
    """A published update as its story's pages show it."""

    html: SafeString
    published: Moment
    number: int
    modified_at: datetime
    posting: Posting


def article_of(update: Update, *, in_full: bool = False) -> Article:
    """Render the article of an update loaded `with_parts`."""
    return Article(
        html=update_html(update, in_full=in_full),
        published=Moment(update.published_at, update.story.zone),
        number=update.number,
        modified_at=modified_at(update),
        posting=posting_of(update),
    )


ARTICLE = Form("article", article_of)


def articles_of(story: Story, rows: Sequence[UpdateRow | Update], load: Load) -> list[Article]:
    """Return the articles of some rows of a story, which was read before them."""
    return ARTICLE.of_rows(story, rows, load)


# Stands in a frame where an article is to come; no text of a page holds a NUL.
PLACEHOLDER = "\x00"


def runs_of(articles: Sequence[Article], *, slot_every: int) -> list[dict]:
    """Return the places of a page's articles in runs, each between day lines and slots.

    A slot follows every `slot_every` articles; 0: none.
    """
    runs: list[dict] = []
    for number, item in enumerate(items_of(articles), start=1):
        if not runs or item["day"] or runs[-1]["has_slot"]:
            runs.append({"day": item["day"], "html": PLACEHOLDER})
        else:
            runs[-1]["html"] += f"\n{PLACEHOLDER}"
        runs[-1]["has_slot"] = bool(slot_every) and number % slot_every == 0
    return runs


def join_articles(frame: list[str], articles: list[str]) -> SafeString:
    """Put the articles at a frame's placeholders."""
    pieces = [piece for pair in zip(frame[:-1], articles, strict=True) for piece in pair]
    return mark_safe("".join([*pieces, frame[-1]]))  # noqa: S308 # nosec B308 B703 # all of it was rendered


def items_of(articles: Sequence[Article]) -> list[dict]:
    """Return the HTML of each article, with its day where a day line precedes it."""
    items, day = [], None
    for article in articles:
        at, before = article.published, day
        day = at.day
        items.append({"html": article.html, "day": at if day != before else None})
    return items
