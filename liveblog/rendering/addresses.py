"""Addresses as other sites need them: absolute, under the site's own."""

from django.conf import settings


def absolute(path: str) -> str:
    """Return the whole address of a path of this site; what is whole already stays as it is."""
    return path if path.startswith(("http://", "https://")) else settings.SITE_URL + path
