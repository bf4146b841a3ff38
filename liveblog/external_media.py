"""Recognise addresses of external videos and posts: address → (provider, id).

Nothing is fetched. Hosts are compared whole, ids have the provider's own alphabet; an
address of any other shape is a link like every link.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlsplit

LONGEST = 500  # characters of an address
_ADDRESS = re.compile(r"https?://[!-~]+", re.ASCII)


@dataclass(frozen=True)
class ExternalMedia:
    provider: str
    id: str
    address: str


def find_external_media(address: str) -> ExternalMedia | None:
    """Recognise the address of a video or a post; None for every other text."""
    if len(address) > LONGEST or not _ADDRESS.fullmatch(address) or "\\" in address:
        return None
    try:
        parts = urlsplit(address)
        is_plain = parts.port is None and "@" not in parts.netloc
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    provider, read = PROVIDERS.get(host, ("mastodon", _read_mastodon))
    found = read(parts) if is_plain else None
    return ExternalMedia(provider, found, address) if found else None


def _by_path(*patterns: str) -> Callable[[SplitResult], str | None]:
    """Make a reader of ids: the groups of the first pattern that the whole path fits."""
    compiled = [re.compile(pattern, re.ASCII) for pattern in patterns]

    def read(parts: SplitResult) -> str | None:
        for pattern in compiled:
            fits = pattern.fullmatch(parts.path)
            if fits:
                return "/".join(filter(None, fits.groups()))
        return None

    return read


_VIDEO = re.compile(r"[\w-]{11}", re.ASCII)
_read_youtube_path = _by_path(r"/(?:embed|live|shorts)/([\w-]{11})/?")


def _read_youtube(parts):
    if parts.path != "/watch":
        return _read_youtube_path(parts)
    named = parse_qs(parts.query, max_num_fields=50).get("v", [""])[0]
    return named if _VIDEO.fullmatch(named) else None


_VIMEO_ID = r"(\d{4,12})(?:/([0-9a-f]{8,12}))?/?"  # the second part opens an unlisted video
_read_vimeo = _by_path(rf"/{_VIMEO_ID}", rf"/(?:channels/[\w-]+|video)/{_VIMEO_ID}")
_read_x = _by_path(r"/(?:\w{1,15}|i/web)/status/(\d{1,20})(?:/(?:photo|video)/\d)?/?")
_read_bluesky = _by_path(r"/profile/([\w.:-]{3,253})/post/([a-z2-7]{13})/?")
_read_telegram = _by_path(r"/(?:s/)?([A-Za-z]\w{3,31})/(\d{1,10})/?")
_read_post = _by_path(r"/(@\w{1,64}(?:@[\w.-]{1,253})?)/(\d{5,25})/?")


def _read_mastodon(parts):
    """Any host may be a Mastodon server, so the host is part of the id."""
    post = _read_post(parts)
    is_host = re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]+", parts.hostname or "")
    return f"{parts.hostname}/{post}" if post and is_host else None


PROVIDERS = {
    "youtube.com": ("youtube", _read_youtube),
    "m.youtube.com": ("youtube", _read_youtube),
    "youtube-nocookie.com": ("youtube", _read_youtube),
    "youtu.be": ("youtube", _by_path(r"/([\w-]{11})")),
    "vimeo.com": ("vimeo", _read_vimeo),
    "player.vimeo.com": ("vimeo", _read_vimeo),
    "x.com": ("x", _read_x),
    "twitter.com": ("x", _read_x),
    "mobile.twitter.com": ("x", _read_x),
    "bsky.app": ("bluesky", _read_bluesky),
    "t.me": ("telegram", _read_telegram),
    "telegram.me": ("telegram", _read_telegram),
}
