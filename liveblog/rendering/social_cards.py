"""What a page looks like where its address is shared: title, text, picture."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext

from liveblog.models import Picture, Story, Update
from liveblog.queries.regions import StoryRegions
from liveblog.richtext import to_plain_text

from .addresses import absolute, oembed_address
from .moment import moment
from .social_card_images import HEIGHT, WIDTH, can_set
from .update import title_of, update_address

DESCRIPTION = 200  # characters; cards show fewer
# Open Graph wants a territory with each language: where it is not the language's own name.
TERRITORIES = (
    {"ar": "AR", "be": "BY", "ca": "ES", "cs": "CZ", "da": "DK", "el": "GR", "en": "GB"}
    | {"et": "EE", "eu": "ES", "fa": "IR", "gl": "ES", "he": "IL", "hi": "IN", "hy": "AM"}
    | {"ja": "JP", "ka": "GE", "ko": "KR", "nb": "NO", "sl": "SI", "sq": "AL", "sr": "RS"}
    | {"sv": "SE", "uk": "UA", "ur": "PK", "vi": "VN", "zh": "CN"}
)


@dataclass(frozen=True)
class Card:
    """The Open Graph of a page; `published` and `modified` are ISO 8601 with their zone."""

    title: str
    description: str
    url: str
    image: dict | None
    language: str
    type: str = "article"
    published: str = ""
    modified: str = ""

    @property
    def oembed(self) -> str:
        return oembed_address(self.url) if self.type == "article" else ""

    @property
    def locale(self) -> str:
        """The language as Open Graph wants it, with the territory that it is named after."""
        language, _, territory = self.language.partition("-")
        return f"{language}_{territory.upper() or TERRITORIES.get(language, language.upper())}"


def card_of_story(regions: StoryRegions, *, url: str, is_live: bool = False) -> Card:
    """The card of a story; while it is live it leads with the newest headline."""
    story = regions.story
    newest = regions.latest[0].headline if regions.latest else ""
    text = description_of(story)
    if is_live:
        text = " · ".join(filter(None, [gettext("Live"), newest, text]))
    return Card(
        title=story.headline,
        language=story.language,
        description=text,
        url=url,
        image=image_of_story(story),
        published=_iso(story.opened_at, story),
        modified=_iso(story.last_updated_at or story.opened_at, story),
    )


def card_of_update(update: Update) -> Card:
    story = update.story
    return Card(
        title=title_of(update),
        language=story.language,
        description=_with_origin(update),
        url=absolute(update_address(update)),
        image=image_of_update(update),
        published=_iso(update.published_at, story),
        modified=_iso(modified_at(update), story),
    )


def card_of_page(title: str, description: str, *, url: str, image: str, language: str) -> Card:
    """The card of a page that lists several things; `image` is its picture's address."""
    shown = (
        {"url": image, "width": WIDTH, "height": HEIGHT, "alt": title} if can_set(title) else None
    )
    return Card(title, description, url, shown, language, type="website")


def _with_origin(update):
    """An update's first words, after its time and its sources."""
    at = moment(update.published_at, update.story.zone)
    origin = [at.date_and_clock, ", ".join(sources_of(update))]
    words = f"{' · '.join(filter(None, origin))} — {summary_of(update)}"
    return Truncator(words).chars(DESCRIPTION)


def sources_of(update: Update) -> list[str]:
    """Return who reported an update, as its page credits them."""
    cited = [each for each in update.attributions.all() if each.role == "reported_by"]
    return [each.source.credit for each in cited]


def description_of(story: Story) -> str:
    """Return the text that cards and search engines show of a story."""
    first = to_plain_text(story.introduction_html).partition("\n")[0]
    return story.share_text or story.standfirst or first or story.headline


def summary_of(update: Update) -> str:
    """Return an update's first words, without its line breaks."""
    words = " ".join(to_plain_text(update.body_html).split())
    return Truncator(words).chars(DESCRIPTION) or title_of(update)


def modified_at(update: Update) -> datetime:
    """Return when readers were last told of a change: never by a typo's repair."""
    return max(filter(None, [update.published_at, update.edited_at]))


def image_of_story(story: Story) -> dict | None:
    """Return the picture that stands for a story: its own, else one made of its words."""
    own = first_image(pictures_of_story(story))
    return own or _drawn("story_card", story.headline, [story.slug])


def image_of_update(update: Update) -> dict | None:
    """Return the picture that stands for an update: its own, one of its words, its story's."""
    own = first_image(pictures_of_update(update))
    drawn = _drawn("update_card", title_of(update), [update.story.slug, update.pk])
    return own or drawn or first_image(pictures_of_story(update.story))


def _drawn(name, words, place):
    if not can_set(words):
        return None
    version = blake2b(words.encode(), digest_size=4).hexdigest()  # networks keep what they saw
    url = f"{absolute(reverse(name, args=place))}?v={version}"
    return {"url": url, "width": WIDTH, "height": HEIGHT, "alt": words}


def pictures_of_story(story: Story) -> list[Picture]:
    return [each for each in (story.share_picture, story.lead_picture) if each]


def pictures_of_update(update: Update) -> list[Picture]:
    return [each.picture for each in update.pictures.all()]


def first_image(pictures: Iterable[Picture]) -> dict | None:
    """Return address, size and words of the first picture whose file is stored here."""
    for picture in pictures:
        if picture.file:
            return {
                "url": absolute(picture.file.url),
                "width": picture.width,
                "height": picture.height,
                "alt": "" if picture.is_decorative else picture.alt,
            }
    return None


def _iso(at, story):
    return at and moment(at, story.zone).iso
