"""Readers and a program that publishes, while processes are restarted: every answer is counted.

    python -m deploy.check.load TOKEN FILE

Works until FILE is there; then says how many requests were made, and fails where one did.
"""

import itertools
import sys
import threading
import time
import uuid
from collections import Counter
from pathlib import Path

import httpx

from .editor import SITE, STORY, client, put

# Pages that nginx has, and others that it passes on each time: an escaped path, an unknown page.
READ = (f"/live/{STORY}/", f"/live/{STORY[:-1]}%65/", f"/live/{STORY}/feed.json", "/%73itemap.xml")
READERS, PAUSE = 4, 0.1


def main(token: str, end: Path) -> int:
    answers: Counter = Counter()
    threads = [threading.Thread(target=_read, args=(answers, end)) for _ in range(READERS)]
    threads.append(threading.Thread(target=_write, args=(answers, end, token)))
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    sys.stdout.write(f"{dict(answers)}\n")
    return int(set(answers) != {"read 200", "published"})


def _read(answers, end):
    with client() as reader:
        for path in itertools.cycle(READ):
            if end.exists():
                return
            try:
                answers[f"read {reader.get(SITE + path).status_code}"] += 1
            except httpx.HTTPError as error:
                answers[f"read: {error!r}"] += 1
            time.sleep(PAUSE)


def _write(answers, end, token):
    with client() as program:
        program.headers["Authorization"] = f"Bearer {token}"
        while not end.exists():
            try:
                put(program, uuid.uuid4(), "While a process restarts")
                answers["published"] += 1
            except httpx.HTTPError as error:
                answers[f"published: {error!r}"] += 1
            time.sleep(5 * PAUSE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
