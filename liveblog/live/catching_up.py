"""Give a reader who comes with a cursor what they missed: from memory, or by one query."""

from collections.abc import Callable

from liveblog.queries.changes import Cursor

from .channel import Channel
from .queries import Batch, read_batch, read_missed, read_page
from .single_flight import single_flight
from .subscriber import Subscriber


async def catch_up(
    channel: Channel, reader: Subscriber, cursor: Cursor, *, refresh: Callable[[Channel], None]
) -> bool:
    """Queue all that a reader missed since `cursor`; False where they must load the page anew.

    `refresh` has the channel brought up to date, where the database is ahead of it.
    """
    if await _send_missed(channel, reader, cursor, refresh):
        return True
    return cursor.is_from_start and await _send_whole(channel, reader, cursor, refresh)


async def _send_missed(channel, reader, cursor, refresh):
    batches = channel.since(cursor.revision) if cursor.epoch == channel.epoch else None
    if batches is None:
        batch = await _read_missed(channel, cursor)
        if batch is None or batch.start is None or batch.epoch != channel.epoch:
            return False
        batches = [batch]
        if batch.end > channel.revision:  # the reader was quicker than the notification
            refresh(channel)
        elif batch.end < channel.revision:  # more came while the database was asked
            later = channel.since(batch.end)
            if later is None:
                return False
            batches += later
    reader.begin(cursor.revision, batches)
    return True


async def _send_whole(channel, reader, cursor, refresh):
    """Send a story that is too long for one batch, page by page as the reader takes it."""
    while cursor.is_from_start:
        page = await read_missed(read_page, channel.story_id, cursor)
        if page is None:
            return False
        data, cursor = page
        reader.push(data)
        await reader.drain()
    return await _send_missed(channel, reader, cursor, refresh)


async def _read_missed(channel, cursor) -> Batch | None:
    """Ask the database once for all readers at the same cursor, until the next change."""
    if cursor in channel.caught_up:
        return channel.caught_up[cursor]
    batch = await single_flight(
        channel.catching_up,
        cursor,
        lambda: read_missed(read_batch, channel.story_id, cursor),
    )
    if batch and batch.start is not None and batch.end == channel.revision:
        channel.keep(cursor, batch)
    return batch
