"""The project refuses to start unsafe."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SAFE = {
    "DEBUG": "0",
    "SECRET_KEY": "a-long-random-text-for-this-test-alone-0123456789-abcdefgh",
    "ALLOWED_HOSTS": "live.example.org",
    "SITE_URL": "https://live.example.org",
    "SITE_NAME": "Example",
}

pytestmark = pytest.mark.any_database


def start(**environment):
    return subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
    )


def test_starts_as_the_demo_without_settings():
    assert start().returncode == 0


def test_starts_with_safe_settings():
    assert start(**SAFE).returncode == 0


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "SITE_NAME"])
def test_refuses_to_start_without(missing):
    settings = {name: value for name, value in SAFE.items() if name != missing}

    told = start(**settings)

    assert told.returncode != 0
    assert missing in told.stderr


def test_a_secret_key_alone_switches_debug_off():
    assert "ALLOWED_HOSTS" in start(SECRET_KEY=SAFE["SECRET_KEY"], SITE_URL="https://x.org").stderr
