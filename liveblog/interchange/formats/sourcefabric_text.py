"""Items of a Sourcefabric post → HTML: quotes, embeds, and types that a newsroom designed."""

from html import escape

from liveblog.interchange.archive import one_line

from .files import as_text

MOST_LINES = 500  # of a post type that a newsroom made itself


def embed(meta: dict, text: str) -> str:
    address = as_text(meta.get("original_url")) or as_text(meta.get("url"))
    if address.startswith("http"):
        title = as_text(meta.get("title")) or as_text(meta.get("description"))
        words = f"<p>{escape(one_line(title, 500), quote=False)}</p>" if title else ""
        return f"<p>{escape(address, quote=False)}</p>{words}"
    return block(as_text(meta.get("html")) or text)


def quote(words: str, credit: str) -> str:
    who = f"<p>— {escape(one_line(credit), quote=False)}</p>" if credit else ""
    return f"<blockquote>{block(words)}{who}</blockquote>"


def free_type(meta: dict) -> str:
    """Words of a post type that a newsroom designed itself: its values, one a paragraph."""
    lines, waiting = [], [meta.get("data", meta)]
    while waiting and len(lines) < MOST_LINES:
        value = waiting.pop()
        if isinstance(value, dict | list):
            inner = list(value.values()) if isinstance(value, dict) else value
            waiting += inner[::-1]
        elif as_text(value).strip():
            lines.append(f"<p>{escape(one_line(as_text(value), 2000), quote=False)}</p>")
    return "".join(lines)


def block(html: str) -> str:
    is_block = html.lstrip().lower().startswith(("<p", "<div", "<ul", "<ol", "<h", "<blockquote"))
    return html if is_block or not html else f"<p>{html}</p>"
