"""Where an address is shared by a plain link: no script of a service, and no picture."""

from urllib.parse import quote, urlencode

from django.utils.translation import gettext


def share_links(title: str, address: str) -> list[dict]:
    """Return each service's name and the address that opens its own form, filled in."""
    text = f"{title} {address}"
    return [
        _service("WhatsApp", "https://wa.me/", text=text),
        _service("Telegram", "https://t.me/share/url", url=address, text=title),
        _service("Bluesky", "https://bsky.app/intent/compose", text=text),
        _service("Facebook", "https://www.facebook.com/sharer/sharer.php", u=address),
        _service("X", "https://x.com/intent/post", text=title, url=address),
        {**_service(gettext("E-mail"), "mailto:", subject=title, body=address), "opens": False},
    ]


def _service(name, form, **fields):
    return {"name": name, "address": f"{form}?{urlencode(fields, quote_via=quote)}", "opens": True}
