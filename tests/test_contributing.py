"""CONTRIBUTING.md names files that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PLACES = ("", "liveblog", "liveblog/static/liveblog", "templates")
NAMED = re.compile(r"`([\w./*-]+(?:\.(?:py|js|css|html|md|toml|conf|po)|/))(?:: \w+)?`")

pytestmark = pytest.mark.any_database


def missing_in(text: str) -> list[str]:
    """Return the names that are no file; in one line a name may lack the folder of another."""
    return [name for line in re.split(r"\n(?:\||\n|\d\.)", text) for name in _missing_in(line)]


def _missing_in(line):
    names = NAMED.findall(line)
    paths = [ROOT / place / name for place in PLACES for name in names if "/" in name]
    folders = {path if path.is_dir() else path.parent for path in paths}
    folders |= {ROOT / place for place in PLACES}
    return [name for name in names if not any(_is_in(folder, name) for folder in folders)]


def _is_in(folder, name):
    return folder.is_dir() and any(True for _ in folder.glob(name))


def test_every_file_is_there():
    text = (ROOT / "CONTRIBUTING.md").read_text()

    assert len(NAMED.findall(text)) > 150
    assert missing_in(text) == []


def test_a_file_that_is_gone_is_found():
    text = "| `live/hub.py`, `sse.py` |\n| `live/bell.py`, `hub.py`, `models/hub.py` |"

    assert missing_in(text) == ["live/bell.py", "models/hub.py"]
