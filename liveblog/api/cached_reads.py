"""Published updates from memory: the token is checked once a second, the answer made once.

Whatever is not a plain read by a token that is known to be good goes to Django, which
says what is wrong.
"""

import asyncio
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from urllib.parse import parse_qsl

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection

from liveblog import origin
from liveblog.models import ApiToken
from liveblog.publishing import use_token

from .auth import may_act, read_token, stories_of
from .problems import explain
from .problems import render as render_problem
from .published import DEFAULT_LIMIT, MOST_LIMIT, Position, published_updates

ADDRESS = re.compile(r"/api/v1/stories/([-\w]+)/updates\Z", re.ASCII)
LIMITS = {str(number): number for number in (DEFAULT_LIMIT, MOST_LIMIT)}
LONGEST = 300  # bytes of an address and its parameters
TRUSTED_FOR = 1.0  # seconds; a revocation in another process is known by then, and in this at once
MOST_TOKENS = 1000
MOST_STORIES, MOST_ADDRESSES = 20, 1000  # of a token

# A check writes, and may wait long for another writer: nothing of the readers waits behind it.
_checks = ThreadPoolExecutor(2, thread_name_prefix="tokens")


@dataclass
class Grant:
    """What a token may read, as it was a moment ago; story ids by the slugs asked for.

    `callers` are the IP addresses from which the audit trail knows it to be used on `day`.
    """

    checked_at: float
    left: int  # requests of this minute
    stories: dict[str, int] = field(default_factory=dict)
    uncounted: int = 0
    day: date | None = None
    callers: set[str | None] = field(default_factory=set)


class CachedReads:
    """Answers `GET /api/v1/stories/<slug>/updates` from `cache`; `app` answers all else."""

    def __init__(self, app, cache):
        self.app, self.cache = app, cache
        self.grants: OrderedDict[str, Grant] = OrderedDict()
        self._refused: dict[str, float] = {}  # tokens that Django is to refuse, and since when
        self._asking: dict[tuple, asyncio.Task] = {}

    async def __call__(self, scope, receive, send):
        asked = _read(scope["path"], scope["query_string"]) if scope["method"] == "GET" else None
        token = asked and read_token(_authorization(scope))
        story_id = await self._find_story(token, asked[0], _caller(scope)) if token else None
        if story_id is None:
            await self.app(scope, receive, send)
            return
        _slug, after, limit = asked
        key = f"api {story_id} {after} {limit}"
        render = partial(_in_thread, None, _render, story_id, after, limit)
        await self.cache.serve(key, render, scope, send)

    def forget(self, payload: str = "") -> None:
        """Trust no token any more without asking: one was revoked."""
        self.grants.clear()

    async def _find_story(self, token: str, slug: str, caller: str | None) -> int | None:
        """Return the story that an address names, if the token may read it; count the request."""
        if time.monotonic() - self._refused.get(token, -TRUSTED_FOR) < TRUSTED_FOR:
            return None
        grant = self.grants.get(token)
        is_stale = grant is None or time.monotonic() - grant.checked_at > TRUSTED_FOR
        # Django goes by what the database counted: it has to know of all before it refuses.
        is_spent = grant is not None and grant.left <= 0 and grant.uncounted
        if is_stale or is_spent or slug not in grant.stories or caller not in grant.callers:
            grant = await self._ask_once(token, slug, caller)
        if grant is None or grant.left <= 0 or slug not in grant.stories:
            return None
        grant.left -= 1
        grant.uncounted += 1
        return grant.stories[slug]

    async def _ask_once(self, token, slug, caller) -> Grant | None:
        """Ask the database; many requests at the same time wait for one answer."""
        key = (token, slug, caller)
        if key not in self._asking:
            task = asyncio.ensure_future(self._ask(token, slug, caller))
            self._asking[key] = task
            task.add_done_callback(lambda _: self._asking.pop(key, None))
        return await asyncio.shield(self._asking[key])

    async def _ask(self, token, slug, caller) -> Grant | None:
        before = self.grants.pop(token, None)
        try:
            grant = await _in_thread(_checks, _check, token, slug, caller, before)
        except DatabaseError:
            return None  # Django answers that the database is away
        if grant:
            self._remember(token, grant)
        else:
            self._remember_refusal(token)
        return grant

    def _remember(self, token, grant):
        self.grants[token] = grant
        while len(self.grants) > MOST_TOKENS:
            self.grants.popitem(last=False)

    def _remember_refusal(self, token):
        if len(self._refused) >= MOST_TOKENS:
            self._refused.clear()
        self._refused[token] = time.monotonic()


def _check(text: str, slug: str, caller: str | None, before: Grant | None) -> Grant | None:
    today = datetime.now(UTC).date()
    with origin.coming_from("", caller):
        token = use_token(text, count=before.uncounted if before else 0)
    if token is None or not may_act(token.person) or ApiToken.Scope.READ not in token.scopes:
        return None
    left = settings.API_RATE - token.requests_in_minute
    grant = Grant(time.monotonic(), left, day=today, callers={caller})
    if before and before.day == today and len(before.callers) < MOST_ADDRESSES:
        grant.callers |= before.callers
    known = set(before.stories) if before else set()
    for each in [slug, *(known - {slug})][:MOST_STORIES]:
        story = stories_of(token).at_address(each).first()
        if story and story.is_public:
            grant.stories[each] = story.pk
    return grant


def _render(story_id, after, limit) -> tuple[int, list, bytes]:
    try:
        response = published_updates(story_id, after, limit)
    except DatabaseError as error:
        response = render_problem(explain(error))
    headers = [
        (name.lower().encode("latin-1"), value.encode("latin-1"))
        for name, value in {**response.headers, **HEADERS}.items()
    ]
    return response.status_code, headers, response.content


# What Django's middleware adds to answers that go through it.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
}


async def _in_thread(pool: ThreadPoolExecutor | None, work: Callable, *arguments):
    def run():
        try:
            return work(*arguments)
        finally:
            connection.close()

    return await asyncio.get_running_loop().run_in_executor(pool, run)


def _read(path: str, query: bytes) -> tuple[str, str, int] | None:
    """Return slug, cursor and limit of an address; None where Django is to look at it."""
    return _parse(path, query) if len(path) + len(query) <= LONGEST else None


@lru_cache(1000)
def _parse(path, query):
    """Read what programs ask for: other cursors and limits would crowd out readers' pages."""
    found = ADDRESS.match(path)
    if not found:
        return None
    pairs = dict(parse_qsl(query.decode("latin-1"), keep_blank_values=True))
    after, limit = pairs.get("after", "0"), LIMITS.get(pairs.get("limit", str(DEFAULT_LIMIT)))
    return (found[1], after, limit) if limit and Position.parse(after).cursor else None


def _caller(scope) -> str | None:
    return origin.address_of((scope.get("client") or ("",))[0])


def _authorization(scope) -> str:
    values = [value for name, value in scope["headers"] if name == b"authorization"]
    return values[0].decode("latin-1") if len(values) == 1 else ""
