"""Who is editing an update: kept in the cache, never in the database.

Each open form beats every few seconds. With Django's default cache that is memory of
this process, so one process knows everybody. Several processes know only of those who
beat at them, until CACHES names a cache that they share; a stale save is refused
by the database in any case.
"""

import time

from django.core.cache import cache

BEAT = 4  # seconds between a form's beats
GONE_AFTER = 12  # three beats missed


def beat(update_id, user) -> list[str]:
    """Note that the user has the update open; return the names of the others who do."""
    key, now = f"editing:{update_id}", time.time()
    people = {
        pk: (name, at) for pk, (name, at) in cache.get(key, {}).items() if now - at < GONE_AFTER
    }
    others = sorted(name for pk, (name, _at) in people.items() if pk != user.pk)
    people[user.pk] = (user.get_full_name() or user.get_username(), now)
    cache.set(key, people, GONE_AFTER)
    return others
