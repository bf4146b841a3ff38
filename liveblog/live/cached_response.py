"""A ready answer: bytes and headers made once, told to any number of readers."""

import gzip
import hashlib
import time
from dataclasses import dataclass
from functools import lru_cache

STORY_HEADER = b"x-liveblog-story"  # `<id>:<cursor>` of the story shown; none: several
SMALLEST_GZIP = 400  # bytes
DROPPED = {b"content-length", b"etag", b"vary", b"set-cookie", STORY_HEADER}
KEPT_STATUS = {200, 301, 410}
REFUSED = {b"q=0", b"q=0.", b"q=0.0", b"q=0.00", b"q=0.000"}
NOTHING = {"type": "http.response.body", "body": b""}


@dataclass(frozen=True)
class Encoded:
    """An answer in one encoding, as the messages that ASGI sends."""

    start: dict
    body: dict
    not_modified: dict


@dataclass(frozen=True)
class CachedResponse:
    """A response as it goes out: ready in both encodings, with all of its headers."""

    status: int
    plain: Encoded
    zipped: Encoded | None
    etag: bytes
    size: int
    story_id: int | None
    cursor: str
    made_at: float
    may_keep: bool

    @classmethod
    def make(cls, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> "CachedResponse":
        """Make an answer of what Django said; takes milliseconds, for the gzip."""
        named = dict(headers)
        story_id, _, cursor = named.get(STORY_HEADER, b"").decode().partition(":")
        etag = hashlib.blake2b(body, digest_size=12).hexdigest().encode()
        common = [each for each in headers if each[0] not in DROPPED]
        common.append((b"vary", b"accept-encoding"))
        small = gzip.compress(body, 6, mtime=0) if len(body) >= SMALLEST_GZIP else body
        has_gzip = len(small) < len(body)
        return cls(
            status=status,
            plain=_encode(status, common, body, etag),
            zipped=_encode(status, common, small, etag, b"gzip") if has_gzip else None,
            etag=etag,
            size=len(body) + (len(small) if has_gzip else 0),
            story_id=int(story_id) if story_id else None,
            cursor=cursor,
            made_at=time.monotonic(),
            may_keep=status in KEPT_STATUS and _may_keep(named),
        )

    async def tell(self, scope, send) -> None:
        """Answer one reader, in the encoding that they take; with 304 where they have it."""
        encoded = self.plain
        if self.zipped and takes_gzip(header(scope, b"accept-encoding")):
            encoded = self.zipped
        if self.status == 200 and _has_it(header(scope, b"if-none-match"), self.etag):
            await send(encoded.not_modified)
            await send(NOTHING)
            return
        await send(encoded.start)
        await send(NOTHING if scope["method"] == "HEAD" else encoded.body)


def _may_keep(headers) -> bool:
    """What is public, and what shows one story alone but must not be kept beyond this process."""
    policy = headers.get(b"cache-control", b"")
    return b"public" in policy or (policy == b"private, no-cache" and STORY_HEADER in headers)


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
