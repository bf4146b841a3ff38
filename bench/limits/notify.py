"""The limit of the hop between processes: bare LISTEN and NOTIFY.

`python -m bench.limits.notify listen` prints a moment for each notice; without `listen`
it commits one insert with a notification for each line that it reads, and prints when it
began: a notification may come before COMMIT returns.
"""

import json
import os
import sys
import time

import psycopg


def say(moment):
    sys.stdout.write(json.dumps({"at": moment}) + "\n")
    sys.stdout.flush()


with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
    if sys.argv[1:] == ["listen"]:
        connection.execute("LISTEN liveblog_limit")
        say(0)
        for _ in connection.notifies():
            say(time.monotonic())
    connection.execute("CREATE TABLE IF NOT EXISTS limit_of_notify (at double precision)")
    for _ in sys.stdin:
        begun = time.monotonic()
        with connection.transaction():
            connection.execute("INSERT INTO limit_of_notify VALUES (1)")
            connection.execute("SELECT pg_notify('liveblog_limit', '1:2')")
        say(begun)
