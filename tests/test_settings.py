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

pytestmark = [pytest.mark.any_database, pytest.mark.server]


def start(code="import config.asgi", **environment):
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "config.settings",
            **environment,
        },
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

    result = start(**settings)

    assert result.returncode != 0
    assert missing in result.stderr


def test_a_secret_key_alone_switches_debug_off():
    assert "ALLOWED_HOSTS" in start(SECRET_KEY=SAFE["SECRET_KEY"], SITE_URL="https://x.org").stderr


UNSAFE = {
    "liveblog.E010": [
        {"SECRET_KEY": "short"},
        {"SECRET_KEY": "k" * 60},
        {"SECRET_KEY": "django-insecure-0123456789-0123456789-0123456789-abc"},
        {"SECRET_KEY": "demo-only-key-for-this-machine-never-for-production"},
    ],
    "liveblog.E011": [{"ALLOWED_HOSTS": "live.example.org,*"}],
    "liveblog.E012": [{"SITE_URL": "http://live.example.org"}, {"SITE_URL": "http://192.0.2.7"}],
    "liveblog.E013": [
        {"DEBUG": "1"},
        {"DEBUG": "1", "ALLOWED_HOSTS": "8.8.8.8", "SITE_URL": "http://127.0.0.1"},
    ],
    "liveblog.E014": [
        {"FORWARDED_ALLOW_IPS": "*"},
        {"FORWARDED_ALLOW_IPS": "10.0.0.1,0.0.0.0/0"},
        {"FORWARDED_ALLOW_IPS": "10.0.0.1, ::/0"},
    ],
    "liveblog.E015": [{"GRIP_URL": "http://127.0.0.1:5561"}],
}
CASES = [(id, settings) for id, cases in UNSAFE.items() for settings in cases]


@pytest.mark.parametrize(("id", "unsafe"), CASES)
def test_the_server_refuses_to_start_with(id, unsafe):
    result = start(**SAFE | unsafe)

    assert result.returncode != 0
    assert id in result.stderr
    assert "HINT" in result.stderr


@pytest.mark.parametrize(
    "configured",
    [
        SAFE,
        SAFE | {"SITE_URL": "http://127.0.0.1:8000", "ALLOWED_HOSTS": "127.0.0.1"},
        {"ALLOWED_HOSTS": "newsroom.local,192.168.1.7,[::1]"},  # the demo, on a network of ours
        SAFE | {"FORWARDED_ALLOW_IPS": "127.0.0.1,10.0.0.0/8"},
    ],
)
def test_the_server_starts_with(configured):
    result = start(**configured)

    assert result.returncode == 0, result.stderr


def test_secrets_come_from_files(tmp_path):
    (tmp_path / "key").write_text(SAFE["SECRET_KEY"] + "\n")
    (tmp_path / "url").write_text("postgresql://liveblog:s3cret@db/liveblog")
    files = {"SECRET_KEY_FILE": f"{tmp_path}/key", "DATABASE_URL_FILE": f"{tmp_path}/url"}
    code = "from config import settings as s; print(s.SECRET_KEY, s.DATABASES, s.DEBUG)"

    result = start(code, **{**SAFE, "SECRET_KEY": ""}, **files)

    assert SAFE["SECRET_KEY"] + " " in result.stdout, result.stderr
    assert "'s3cret'" in result.stdout
    assert result.stdout.endswith("False\n")


@pytest.mark.parametrize(
    ("content", "also", "said"),
    [
        (None, {}, "can't be read"),
        ("", {}, "is empty"),
        ("\n", {}, "is empty"),
        ("x" * 60, {"SECRET_KEY": "y" * 60}, "not both"),
    ],
)
def test_a_file_that_holds_no_secret_is_refused(tmp_path, content, also, said):
    path = tmp_path / "key"
    if content is not None:
        path.write_text(content)

    result = start(SECRET_KEY_FILE=str(path), **also)

    assert result.returncode != 0
    assert "SECRET_KEY" in result.stderr
    assert said in result.stderr
    assert "y" * 60 not in result.stderr
