"""The changelog has an entry for the version that is built."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.any_database


def test_newest_entry_is_this_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    entries = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)

    newest = next(entry for entry in entries if entry != "Unreleased")

    assert newest == project["version"]
