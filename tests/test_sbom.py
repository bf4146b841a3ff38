"""The bill of materials: all that the lock installs, the same for the same lock."""

import json
import re
import subprocess
import sys
from pathlib import Path

import ckeditor
import pytest

pytestmark = pytest.mark.any_database
ROOT = Path(__file__).resolve().parent.parent


def write() -> str:
    return subprocess.check_output([sys.executable, "deploy/sbom.py"], cwd=ROOT, text=True)


@pytest.fixture(scope="module")
def components():
    return {each["name"]: each for each in json.loads(write())["components"]}


def test_every_package_of_the_lock_is_there_with_its_digests(components):
    lock = (ROOT / "requirements.lock").read_text()
    pinned = dict(re.findall(r"^([\w.-]+)==([^\s;\\]+)", lock, re.MULTILINE))

    listed = {name: each["version"] for name, each in components.items() if "purl" in each}

    assert listed == pinned
    assert all(components[name]["hashes"] for name in pinned)
    assert sum(len(components[name]["hashes"]) for name in pinned) == lock.count("--hash=sha256:")


def test_every_part_has_a_licence(components):
    assert [name for name, each in components.items() if not each.get("licenses")] == []


def test_the_same_lock_gives_the_same_bytes():
    assert write() == write()


def test_what_packages_bundle_is_named_as_it_is(components):
    script = Path(ckeditor.__file__).parent / "static/ckeditor/ckeditor/ckeditor.js"

    assert f'version:"{components["CKEditor"]["version"]}"' in script.read_text()
