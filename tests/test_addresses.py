"""Addresses that are worked out once are those of the routes."""

import uuid

import pytest
from django.urls import reverse

from liveblog.addresses import address_of


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("front", []), ("story", ["a-b"]), ("story", ["c"]), ("update", ["a-b", uuid.uuid4()])],
)
def test_an_address_is_that_of_its_route(name, arguments):
    assert address_of(name, *arguments) == reverse(name, args=arguments)
    assert address_of(name, *arguments) == reverse(name, args=arguments)
