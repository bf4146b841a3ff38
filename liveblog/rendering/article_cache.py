"""Articles that were rendered before, kept until anything that they are made of changes.

An article is found by a digest of every value that its template prints, as it was just
read from the database: a renamed source, another caption, zone, language or address
makes another article, and nobody has to tell that the old one is stale. Only published
updates come in; of each the newest form is held, and a removal takes it out.
"""

from collections import OrderedDict
from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from threading import Lock
from uuid import UUID

from django.db.models import Model
from django.utils.safestring import SafeString

from liveblog.models import Update

MOST = 4000  # articles, of some 3 KB each; the least recently shown are dropped first

_articles: OrderedDict[tuple[UUID, bool], tuple[bytes, SafeString]] = OrderedDict()
_lock = Lock()


def keep(update: Update, *, is_line: bool, draw: Callable[[], SafeString]) -> SafeString:
    """Return an update's article as it was drawn before, if it would be drawn the same again."""
    if not update.is_published:
        return draw()
    place, content = (update.pk, is_line), _digest(update)
    found = _articles.get(place)
    html = found[1] if found and found[0] == content else draw()
    with _lock:
        _articles[place] = content, html
        _articles.move_to_end(place)
        while len(_articles) > MOST:
            _articles.popitem(last=False)
    return html


def forget(update: Update) -> None:
    """Drop what is held of an update that was taken down."""
    with _lock:
        for is_line in (True, False):
            _articles.pop((update.pk, is_line), None)


def _digest(update):
    """Sum up what `context_of` gives to the templates of an update; of the story these alone."""
    story = update.story
    content = [
        [story.slug, story.timezone, story.language],
        _values(update),
        [(_values(each), _values(each.source)) for each in update.attributions.all()],
        [_values(each.person) for each in update.bylines.all()],
        [(_values(each.picture), _values(each.picture.credit)) for each in update.pictures.all()],
        [_values(each) for each in update.corrections.all()],
    ]
    return blake2b(repr(content).encode(), digest_size=16).digest()


def _values(row: Model | None):
    return row and [row.__dict__.get(name) for name in _columns(type(row))]


@cache
def _columns(model):
    return [field.attname for field in model._meta.concrete_fields]
