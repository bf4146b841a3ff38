"""What a story keeps for readers who come back: as much as is bounded, whatever they ask for."""

import pytest

from liveblog.live import channel as channel_module
from liveblog.live.channel import Channel
from liveblog.live.queries import Batch
from liveblog.live.sse import Revision
from liveblog.models import Story
from liveblog.queries.changes import Cursor

pytestmark = pytest.mark.any_database


def batch(size: int) -> Batch:
    events = b"x" * size
    return Batch(1, "bridge", "a", "live", 0, 9, [Revision(9, events, events)])


def test_what_readers_at_many_cursors_missed_is_bounded(monkeypatch):
    monkeypatch.setattr(channel_module, "CAUGHT_UP_BYTES", 1000)
    channel = Channel(Story(pk=1, slug="bridge"))

    for number in range(50):
        channel.keep(Cursor("a", number), batch(100))

    assert sum(each.size for each in channel.caught_up.values()) <= 1000
    assert Cursor("a", 49) in channel.caught_up


def test_the_newest_is_kept_however_long_it_is(monkeypatch):
    monkeypatch.setattr(channel_module, "CAUGHT_UP_BYTES", 1000)
    channel = Channel(Story(pk=1, slug="bridge"))

    channel.keep(Cursor("a", 1), batch(5000))

    assert list(channel.caught_up) == [Cursor("a", 1)]
