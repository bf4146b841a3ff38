"""Secrets from files, as containers and systemd give them: `SECRET_KEY_FILE=/run/secrets/key`."""

import os
from collections.abc import MutableMapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

SECRETS = (
    *("SECRET_KEY", "DATABASE_URL", "DATABASE_DIRECT_URL", "EMAIL_HOST_PASSWORD"),
    *("METRICS_TOKEN", "INDEXNOW_KEY", "GRIP_KEY", "S3_ACCESS_KEY", "S3_SECRET_KEY"),
)


def read_secret_files(environ: MutableMapping[str, str] = os.environ) -> None:
    """Set each secret from the file that `<NAME>_FILE` names, without its last line break.

    Raises `ImproperlyConfigured` where the file can't be read or is empty, and where the
    secret is set as well: nobody could say which of the two holds.
    """
    for name in SECRETS:
        path = environ.get(f"{name}_FILE")
        if not path:
            continue
        if environ.get(name):
            raise ImproperlyConfigured(f"Set {name} or {name}_FILE, not both.")
        environ[name] = _read(name, path)


def _read(name, path) -> str:
    try:
        text = Path(path).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name}_FILE: {path} can't be read: {error}") from error
    if not text:
        raise ImproperlyConfigured(f"{name}_FILE: {path} is empty.")
    return text
