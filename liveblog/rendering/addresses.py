"""Addresses as other sites need them: absolute, under the site's own."""

from urllib.parse import urlencode

from django.conf import settings

from liveblog.addresses import address_of


def absolute(path: str) -> str:
    """Return the whole address of a path of this site; what is whole already stays as it is."""
    return path if path.startswith(("http://", "https://")) else settings.SITE_URL + path


def oembed_address(address: str) -> str:
    """Return where the oEmbed answer for a whole address of ours is found."""
    return absolute(f"{address_of('oembed')}?{urlencode({'url': address})}")
