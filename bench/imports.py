"""Goal 15: a live blog of 10,000 entries comes in within a minute and 300 MB.

As a WordPress export, new and again, and as our own export into an empty database.
"""

import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from .newsroom import Newsroom
from .report import Row

ENTRIES = 10_000
SLUG = "ten-thousand-entries"
MOST_SECONDS, MOST_MB = 60, 300
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>Bench</title><wp:base_blog_url>https://bench.example</wp:base_blog_url>
<item><title>Ten thousand entries</title><wp:post_id>1</wp:post_id><wp:status>publish</wp:status>
<wp:post_type>post</wp:post_type>
<wp:postmeta><wp:meta_key>liveblog</wp:meta_key><wp:meta_value>archive</wp:meta_value></wp:postmeta>
"""
ENTRY = """<wp:comment><wp:comment_id>{id}</wp:comment_id>
<wp:comment_author>Ana Ruiz</wp:comment_author><wp:comment_date_gmt>{at}</wp:comment_date_gmt>
<wp:comment_content><![CDATA[<h3>Entry {id}</h3><p>{words}</p>]]></wp:comment_content>
<wp:comment_approved>liveblog</wp:comment_approved><wp:comment_type>liveblog</wp:comment_type>
</wp:comment>
"""
BEGUN = datetime(2024, 10, 25, tzinfo=UTC)
# Run beside the command: the most memory that it had, in KiB.
MEASURED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def measure(newsroom: Newsroom) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "export.xml")
        path.write_text("".join(_export()), encoding="utf-8")
        for named in ("a new story", "the same file again"):
            yield _row(named, path, newsroom.environment)
        own, empty = Path(folder, "export.json"), f"sqlite:///{folder}/empty.sqlite3"
        _manage(newsroom.environment, "export_story", SLUG, "--format", "liveblog", "-o", own)
        environment = {**newsroom.environment, "DATABASE_URL": empty}
        _manage(environment, "migrate")
        yield _row("our own export into an empty database", own, environment)


def _row(named, path, environment):
    begun = time.perf_counter()
    memory = _import(environment, path)
    seconds = time.perf_counter() - begun
    return Row(
        "15",
        f"import of {ENTRIES} entries, {named}",
        f"{seconds:.0f} s, {memory} MB",
        "",
        "",
        f"≤ {MOST_SECONDS} s, {MOST_MB} MB",
        seconds <= MOST_SECONDS and memory <= MOST_MB,
    )


def _export():
    yield HEAD
    words = " ".join(f"Word{number}" for number in range(120))
    for id in range(1, ENTRIES + 1):
        at = f"{BEGUN + timedelta(minutes=id):%Y-%m-%d %H:%M:%S}"
        yield ENTRY.format(id=id, at=at, words=words)
    yield "</item></channel></rss>"


def _manage(environment, *command):
    subprocess.run(
        [sys.executable, "manage.py", *command],
        env={**os.environ, **environment},
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _import(environment, path) -> int:
    """Import the file, and return the most memory that it took, in MB."""
    command = [sys.executable, "manage.py", "import_story", path, "--publish"]
    answer = subprocess.run(
        [sys.executable, "-c", MEASURED, *command],
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        text=True,
    )
    return int(answer.stdout) // 1024
