"""The text of WordPress posts and live blog entries → HTML: shortcodes, blocks, emoji names."""

import re
from html import escape

from liveblog.interchange.archive import Archive

from .markup import paragraphs, read_html
from .repair import decode_again, mend_words

_SHORTCODE = r"\[{name}((?:\s[^\[\]]{{0,2000}})?)\]((?:(?!\[/?{name}).){{0,20000}}?)\[/{name}\]"
_CAPTION = re.compile(_SHORTCODE.format(name="(?:wp_)?caption"), re.S | re.I)
_EMBED = re.compile(_SHORTCODE.format(name="embed"), re.S | re.I)
_PLAYER = re.compile(
    r"\[(?:video|audio|playlist|youtube|tweet|vimeo)\b([^\[\]]{0,2000})\](?:\[/(?:video|audio)\])?",
    re.I,
)
_DROPPED = re.compile(
    r"\[/?(?:gallery|liveblog_key_events|liveblog|contact-(?:form|field))\b[^\[\]]{0,2000}\]"
)
_ADDRESS = re.compile(r"https?://[^\s\"'\[\]<>]+")
_PICTURE = re.compile(r"<(?:a\b[^<>]{0,2000}>\s*<img|img)\b[^<>]{0,4000}>(?:\s*</a>)?", re.I)
# The plugin writes a slash command as typed, or as the mark that it became.
_KEY_MARK = re.compile(
    r"<span[^<>]{0,200}\btype-key\b[^<>]{0,200}>[^<>]{0,100}</span>|(?<![\w/:.])/key(?![\w/-])"
)


def has_key_command(content: str) -> bool:
    return "key" in content and _KEY_MARK.search(content) is not None


def read_content(content: str, archive: Archive) -> str:
    """Read the content of a post or an entry as the site would have shown it."""
    html = decode_again(content)
    html = _KEY_MARK.sub("", _without_comments(html))
    html = _CAPTION.sub(_figure, html)
    html = _EMBED.sub(lambda found: f"\n\n{found[2].strip()}\n\n", html)
    html = _DROPPED.sub("", _PLAYER.sub(_address_of, html))
    return read_html(paragraphs(html), archive, text=mend_words)


def _without_comments(html):
    kept, at = [], 0
    while (start := html.find("<!--", at)) >= 0 and (end := html.find("-->", start + 4)) >= 0:
        kept.append(html[at:start])
        at = end + len("-->")
    return "".join([*kept, html[at:]])


def _figure(found):
    given, inner = found[1], found[2]
    picture = _PICTURE.search(inner)
    if not picture:
        return inner
    named = re.search(r"""caption=["']([^"']{0,2000})["']""", given)
    caption = (named[1] if named else "") or inner[picture.end() :].strip()
    return f"<figure>{picture[0]}<figcaption>{caption}</figcaption></figure>"


def _address_of(found):
    address = _ADDRESS.search(found[1])
    return f"\n\n{escape(address[0], quote=False)}\n\n" if address else ""
