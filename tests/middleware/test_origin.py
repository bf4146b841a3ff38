"""Where requests come from: an id for each, an address for editors and programs alone."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from liveblog import origin
from liveblog.middleware.origin import OriginMiddleware

pytestmark = pytest.mark.any_database
ADDRESS = "203.0.113.9"


def ask(path, sender=ADDRESS, **headers):
    """Return the origin that a view of this path sees, and the response."""
    seen = []

    def view(request):
        seen.append(origin.current.get())
        return HttpResponse()

    request = RequestFactory(REMOTE_ADDR=sender).get(path, headers=headers)
    response = OriginMiddleware(view)(request)
    return seen[0], response


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/live/bridge/", None),
        ("/", None),
        ("/media/a.jpg", None),
        ("/admin/", ADDRESS),
        ("/api/v1/me", ADDRESS),
    ],
)
def test_no_address_of_a_reader_is_noted(path, address):
    assert ask(path)[0].address == address


@pytest.mark.parametrize(
    ("sender", "address"),
    [("<script>", None), ("1.2.3.4.5", None), ("", None), ("fe80::1%eth0", "fe80::1")],
)
def test_an_address_is_one_that_every_database_takes(sender, address):
    assert ask("/admin/", sender)[0].address == address


def test_each_request_has_an_id_of_its_own_and_it_ends_with_the_request():
    first, second = ask("/admin/")[0], ask("/admin/")[0]

    assert first.request_id != second.request_id
    assert origin.current.get() == origin.UNKNOWN


def test_a_proxys_id_is_used_and_told():
    seen, response = ask("/admin/", X_Request_ID="abc-123-def")

    assert seen.request_id == response.headers["X-Request-ID"] == "abc-123-def"


@pytest.mark.parametrize("sent", ["short", "x" * 65, 'a"quote"quote', "line\nbreaks-here"])
def test_an_id_that_would_forge_a_line_is_replaced(sent):
    assert ask("/admin/", X_Request_ID=sent)[0].request_id != sent


def test_readers_responses_carry_no_id_for_they_are_cached():
    assert "X-Request-ID" not in ask("/live/bridge/")[1].headers
