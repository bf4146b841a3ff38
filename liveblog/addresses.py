"""Addresses of this site's pages, each worked out once: a page names dozens of them."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(10_000)
def address_of(name: str, *arguments) -> str:
    """Return the path of a page by the name of its route and its values."""
    return reverse(name, args=arguments)
