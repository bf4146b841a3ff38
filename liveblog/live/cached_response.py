"""A cached response: bytes and headers made once, sent to any number of readers."""

import gzip
import hashlib
import time
from dataclasses import dataclass
from functools import lru_cache

STORY_HEADER = b"x-liveblog-story"  # `<id>:<cursor>` of the story shown; none: several
SMALLEST_GZIP = 400  # bytes
DROPPED = {b"content-length", b"etag", b"vary", b"set-cookie", STORY_HEADER}
OVERHEAD = 4096  # bytes that a response costs beside its body
REFUSED = {b"q=0", b"q=0.", b"q=0.0", b"q=0.00", b"q=0.000"}
NOTHING = {"type": "http.response.body", "body": b""}


@dataclass(frozen=True)
class Encoded:
    """A response in one encoding, as the messages that ASGI sends."""

    start: dict
    body: dict
    not_modified: dict


@dataclass
class CachedResponse:
    """A response as it goes out: in both encodings, with all of its headers.

    `made_at` and `asked_at` are monotonic moments.
    """

    status: int
    plain: Encoded
    zipped: Encoded | None
    etag: bytes
    size: int
    story_id: int | None
    cursor: str
    made_at: float
    asked_at: float
    may_keep: bool

    @classmethod
    def make(cls, status: int, headers: list, body: bytes) -> "CachedResponse":
        """Make a response of what Django answered. Gzipping takes a few milliseconds."""
        named, now = dict(headers), time.monotonic()
        story_id, _, cursor = named.get(STORY_HEADER, b"").decode().partition(":")
        etag = hashlib.blake2b(body, digest_size=12).hexdigest().encode()
        common = [each for each in headers if each[0] not in DROPPED]
        common.append((b"vary", b"accept-encoding"))
        small = gzip.compress(body, 5, mtime=0) if len(body) >= SMALLEST_GZIP else body
        has_gzip = len(small) < len(body)
        return cls(
            status=status,
            plain=_encode(status, common, body, etag),
            zipped=_encode(status, common, small, etag, b"gzip") if has_gzip else None,
            etag=etag,
            size=len(body) + (len(small) if has_gzip else 0) + OVERHEAD,
            story_id=int(story_id) if story_id else None,
            cursor=cursor,
            made_at=now,
            asked_at=now,
            may_keep=_may_keep(status, named),
        )

    async def serve(self, scope, send, *, is_alias: bool = False) -> None:
        """Answer one reader, in the encoding that they take; with 304 where they have it.

        `is_alias`: under an address that no shared cache is to keep an entry for.
        """
        encoded = self.plain
        if self.zipped and takes_gzip(header(scope, b"accept-encoding")):
            encoded = self.zipped
        has_it = self.status == 200 and _has_it(header(scope, b"if-none-match"), self.etag)
        start = encoded.not_modified if has_it else encoded.start
        await send(_for_this_reader(start) if is_alias else start)
        await send(NOTHING if has_it or scope["method"] == "HEAD" else encoded.body)


def _may_keep(status, headers) -> bool:
    """Take what is public, and what shows one story alone but must stay in this process.

    Not what visitors could make any number of: unknown addresses, redirects to no story.
    """
    policy, is_of_story = headers.get(b"cache-control", b""), STORY_HEADER in headers
    if status not in {200, 410} and not (status == 301 and is_of_story):
        return False
    return b"public" in policy or (policy == b"private, no-cache" and is_of_story)


def _for_this_reader(start) -> dict:
    headers = [each for each in start["headers"] if each[0] != b"cache-control"]
    return {**start, "headers": [*headers, (b"cache-control", b"private, max-age=5")]}


def _encode(status, common, body, etag, coding=b"") -> Encoded:
    headers = list(common)
    if status == 200:
        headers.append((b"etag", b'"%s%s"' % (etag, b"-gz" if coding else b"")))
    full = [*headers, (b"content-length", b"%d" % len(body))]
    if coding:
        full.append((b"content-encoding", coding))
    return Encoded(
        start={"type": "http.response.start", "status": status, "headers": full},
        body={"type": "http.response.body", "body": body},
        not_modified={"type": "http.response.start", "status": 304, "headers": headers},
    )


def header(scope, wanted: bytes) -> bytes:
    """Return a request's header; one that came several times as one list."""
    values = [value for name, value in scope["headers"] if name == wanted]
    return values[0] if len(values) == 1 else b", ".join(values)


def _has_it(asked: bytes, etag: bytes) -> bool:
    """Compare weakly (RFC 9110, 13.1.2): either encoding of the same bytes is the same."""
    if not asked or asked == b'"%s"' % etag:
        return bool(asked)
    tags = {tag.strip().removeprefix(b"W/").strip(b'"') for tag in asked.split(b",")}
    return not tags.isdisjoint((b"*", etag, etag + b"-gz"))


@lru_cache(256)
def takes_gzip(accepted: bytes) -> bool:
    """Read Accept-Encoding (RFC 9110, 12.5.3): gzip, named or by the star, and not refused."""
    offers = (offer.partition(b";") for offer in accepted.lower().replace(b" ", b"").split(b","))
    weights = {coding: weight for coding, _, weight in offers}
    weight = weights.get(b"gzip", weights.get(b"*"))
    return weight is not None and weight not in REFUSED
