"""A story as WordPress's export (WXR 1.2), with its updates as Automattic's Liveblog has them."""

from collections.abc import Iterator
from datetime import UTC
from html import escape
from xml.sax.saxutils import escape as escape_xml  # nosec B406 # parses nothing

from django.conf import settings

from liveblog.models import Person, Story, Update
from liveblog.rendering.addresses import absolute

from .bodies import body_with_pictures, figure_of
from .reading import public_updates, read_story

_HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0"
  xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:wfw="http://wellformedweb.org/CommentAPI/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
"""
NOBODY = "newsroom"  # WordPress wants an author for everything
MOST_IN_STORY = 10**7


def write(story: Story) -> Iterator[str]:
    story = read_story(story).story
    people = {each.person_id: each.person for each in story.bylines.all()}
    signed = Person.objects.filter(update_bylines__update__in=story.updates.public())
    people |= {each.pk: each for each in signed.distinct()}
    authors = {person.pk: number for number, person in enumerate(people.values(), 2)}
    yield _HEAD + _channel(story, people, authors) + _post(story)
    numbers = _numbers(story)
    for update in public_updates(story):
        yield _comment(update, numbers[update.pk], authors)
    yield "</item>\n</channel>\n</rss>\n"


def _numbers(story):
    """Number updates as WordPress does: in order, once in a site, the same in every export.

    Those that were taken down count too, so that nobody inherits their numbers.
    """
    seen = story.updates.filter(number__isnull=False).order_by("number", "pk")
    first = story.pk * MOST_IN_STORY + 1
    return {pk: number for number, pk in enumerate(seen.values_list("pk", flat=True), first)}


def _channel(story, people, authors):
    return "".join(
        [
            _element("title", settings.SITE_NAME),
            _element("link", absolute("/")),
            _element("language", story.language),
            _element("wp:wxr_version", "1.2"),
            _element("wp:base_site_url", settings.SITE_URL),
            _element("wp:base_blog_url", settings.SITE_URL),
            _author(1, NOBODY, settings.PUBLISHER_NAME),
            *(_author(authors[pk], each.slug, each.name) for pk, each in people.items()),
        ]
    )


def _author(number, login, name):
    fields = [
        _element("wp:author_id", number),
        _element("wp:author_login", login),
        # The importer asks for an address; no real one is given.
        _element("wp:author_email", f"{login}@localhost.invalid"),
        _element("wp:author_display_name", name),
    ]
    return f"<wp:author>{''.join(fields)}</wp:author>\n"


def _post(story):
    first = next(iter(story.bylines.all()), None)
    picture = figure_of(story.lead_picture) if story.lead_picture else ""
    topics = (_topic(each) for each in story.topics.all())
    state = "archive" if story.status == Story.Status.ENDED else "enable"
    return "".join(
        [
            "<item>\n",
            _element("title", story.headline),
            _element("link", absolute(story.get_absolute_url())),
            _element("pubDate", story.opened_at.strftime("%a, %d %b %Y %H:%M:%S +0000")),
            _element("dc:creator", first.person.slug if first else NOBODY),
            _element("content:encoded", picture + story.introduction + story.summary),
            _element("excerpt:encoded", story.standfirst),
            _element("wp:post_id", story.pk),
            _element("wp:post_date", _local(story.opened_at, story)),
            _element("wp:post_date_gmt", _gmt(story.opened_at)),
            _element("wp:comment_status", "closed"),
            _element("wp:ping_status", "closed"),
            _element("wp:post_name", story.slug),
            _element("wp:status", "publish"),
            _element("wp:post_parent", 0),
            _element("wp:menu_order", 0),
            _element("wp:post_type", "post"),
            _element("wp:post_password", ""),
            _element("wp:is_sticky", 0),
            *topics,
            _meta("wp:postmeta", "liveblog", state),
        ]
    )


def _topic(topic):
    attributes = f'domain="post_tag" nicename="{escape(topic.slug)}"'
    return f"<category {attributes}>{_cdata(topic.name)}</category>\n"


def _comment(update: Update, number, authors):
    signed = [each.person for each in update.bylines.all()]
    others = [authors[each.pk] for each in signed[1:]]
    user = authors[signed[0].pk] if signed else 1
    metas = [
        _meta("wp:commentmeta", "liveblog_key_entry", "1") if update.is_key_event else "",
        _meta("wp:commentmeta", "liveblog_contributors", _php(others)) if others else "",
        "" if signed else _meta("wp:commentmeta", "liveblog_hide_authors", "1"),
    ]
    fields = [
        _element("wp:comment_id", number),
        _element("wp:comment_author", signed[0].name if signed else settings.PUBLISHER_NAME),
        _element("wp:comment_author_email", ""),
        _element("wp:comment_author_url", ""),
        _element("wp:comment_author_IP", ""),
        _element("wp:comment_date", _local(update.published_at, update.story)),
        _element("wp:comment_date_gmt", _gmt(update.published_at)),
        _element("wp:comment_content", _content(update)),
        _element("wp:comment_approved", "liveblog"),
        _element("wp:comment_type", "liveblog"),
        _element("wp:comment_parent", 0),
        _element("wp:comment_user_id", user),
    ]
    return f"<wp:comment>\n{''.join(fields)}{''.join(metas)}</wp:comment>\n"


def _content(update):
    headline = f"<h3>{escape(update.headline, quote=False)}</h3>\n" if update.headline else ""
    return headline + body_with_pictures(update)


def _php(ids):
    """Serialise a list of ids as PHP does."""
    items = "".join(f"i:{at};i:{id};" for at, id in enumerate(ids))
    return f"a:{len(ids)}:{{{items}}}"


def _meta(element, key, value):
    inner = (
        f"<wp:meta_key>{_cdata(key)}</wp:meta_key><wp:meta_value>{_cdata(value)}</wp:meta_value>"
    )
    return f"<{element}>{inner}</{element}>\n"


def _element(name, value):
    text = str(value)
    is_plain = not any(sign in text for sign in "<>&")
    return f"<{name}>{escape_xml(text) if is_plain else _cdata(text)}</{name}>\n"


def _cdata(text):
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def _gmt(at):
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def _local(at, story):
    return at.astimezone(story.zone).strftime("%Y-%m-%d %H:%M:%S")
