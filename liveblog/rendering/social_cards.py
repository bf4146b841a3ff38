"""What a page looks like where its address is shared: title, text, picture."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext

from liveblog.addresses import address_of
from liveblog.models import Picture, Story, Update
from liveblog.queries.regions import StoryRegions
from liveblog.richtext import to_plain_text

from .addresses import absolute, oembed_address
from .moment import moment
from .social_card_images import (
    HEIGHT,
    WIDTH,
    can_set,
    foot_of_story,
    foot_of_update,
    sources_of,
)
from .templates import speaking
from .update import doubt_of, title_of, title_with_doubt, update_address

DESCRIPTION = 200  # characters; cards show fewer
# Open Graph wants a territory with each language: where it is not the language's own name.
LOCALES = """
    af_ZA am_ET be_BY bn_BD br_FR bs_BA ca_ES cs_CZ cy_GB da_DK el_GR en_GB et_EE eu_ES fa_IR
    fy_NL ga_IE gd_GB gl_ES gu_IN ha_NG he_IL hi_IN hy_AM ja_JP ka_GE kk_KZ km_KH kn_IN ko_KR
    ku_TR ky_KG lb_LU lo_LA ml_IN mr_IN ms_MY my_MM nb_NO ne_NP nn_NO or_IN pa_IN ps_AF si_LK
    sl_SI sq_AL sr_RS sv_SE sw_KE ta_IN te_IN tg_TJ tt_RU uk_UA ur_PK vi_VN yi_DE zh_CN
    zh-hant_TW
"""
TERRITORIES = dict(each.split("_") for each in LOCALES.split())


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
        """The language as Open Graph wants it, with a territory; empty where none is known."""
        tag = self.language.lower()
        language, *parts = tag.split("-")
        named = next((each for each in parts if len(each) == 2), "")  # ISO 3166
        territory = named or TERRITORIES.get(tag) or TERRITORIES.get(language, language)
        return f"{language}_{territory.upper()}" if len(territory) == 2 else ""


def card_of_story(regions: StoryRegions, *, url: str, is_live: bool = False) -> Card:
    """The card of a story; while it is live it leads with the newest headline."""
    story = regions.story
    newest = title_with_doubt(regions.latest[0]) if regions.latest else ""
    text = description_of(story)
    if is_live:
        text = " · ".join(filter(None, [gettext("Live"), newest, text]))
    return Card(
        title=story.headline,
        language=story.language,
        description=text,
        url=url,
        image=image_of_story(story, foot_of_story(regions, is_live=is_live)),
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


def card_of_page(
    title: str, description: str, *, url: str, image: str, language: str, drawn: str = ""
) -> Card:
    """The card of a page that lists several things.

    `image` is its picture's address, `drawn` the words in it, where they are not the title.
    """
    words = drawn or title
    shown = {"url": image, "width": WIDTH, "height": HEIGHT, "alt": words}
    return Card(title, description, url, shown if can_set(words) else None, language, "website")


def card_of_site(title: str, description: str, *, url: str, language: str) -> Card:
    """The card of one of the site's own pages; they share a picture."""
    image = absolute(address_of("site_card"))
    words = site_card_words()
    return card_of_page(title, description, url=url, image=image, language=language, drawn=words)


def site_card_words() -> str:
    """Return what the picture of the site's own pages says."""
    with speaking(settings.LANGUAGE_CODE):
        return gettext("Live coverage")


def _with_origin(update):
    """An update's first words, after its verification, its time and its sources."""
    at = moment(update.published_at, update.story.zone)
    origin = [doubt_of(update), at.date_and_clock, ", ".join(sources_of(update))]
    words = f"{' · '.join(filter(None, origin))} — {summary_of(update)}"
    return Truncator(words).chars(DESCRIPTION)


def description_of(story: Story) -> str:
    """Return the text that cards and search engines show of a story."""
    first = to_plain_text(story.introduction_html).partition("\n")[0]
    return story.share_text or story.standfirst or first or story.headline


def summary_of(update: Update) -> str:
    """Return an update's first words, without its line breaks."""
    words = " ".join(to_plain_text(update.body_html).split())
    return Truncator(words).chars(DESCRIPTION) or title_of(update)


def modified_at(update: Update) -> datetime:
    """Return when readers were last shown a change as such; a mended typo is none."""
    return max(filter(None, [update.published_at, update.edited_at]))


def image_of_story(story: Story, foot: str = "") -> dict | None:
    """Return the picture of a shared story: its own, else one made of its words.

    `foot` is the last of them, where the address is to change with it.
    """
    own = first_image(pictures_of_story(story))
    return own or _drawn("story_card", [story.headline, foot], [story.slug])


def image_of_update(update: Update) -> dict | None:
    """Return the picture of a shared update: its own, one of its words, its story's."""
    own = first_image(pictures_of_update(update))
    words = [title_of(update), update.story.headline, foot_of_update(update)]
    drawn = _drawn("update_card", words, [update.story.slug, update.pk])
    return own or drawn or first_image(pictures_of_story(update.story))


def _drawn(name, words, place):
    title = words[0]
    if not can_set(title):
        return None
    shown = "\n".join(words)
    version = blake2b(shown.encode(), digest_size=4).hexdigest()  # networks keep what they saw
    url = f"{absolute(address_of(name, *place))}?v={version}"
    return {"url": url, "width": WIDTH, "height": HEIGHT, "alt": title}


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
