"""Requests to others: to public addresses alone, whatever names say, and never for ever."""

import socket
import threading
import time

import pytest

from liveblog.integrations import http
from liveblog.integrations.addresses import AddressRefused, check_url, resolve

PRIVATE = ["127.0.0.1", "10.1.2.3", "::1", "fe80::1", "fc00::1", "169.254.169.254", "0.0.0.0"]


@pytest.fixture(autouse=True)
def allow_private(settings):
    settings.WEBHOOKS_ALLOW_PRIVATE = False


@pytest.mark.parametrize("address", [*PRIVATE, "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::"])
def test_a_name_that_leads_inside_is_refused_when_it_is_connected_to(monkeypatch, address):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    answers = [
        (socket.AF_INET, 1, 6, "", ("93.184.216.34", 443)),
        (family, 1, 6, "", (address, 443)),
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: answers)

    with pytest.raises(AddressRefused):
        resolve("rebound.example", 443)
    outcome = http.post("https://rebound.example/", b"{}", {})
    assert (outcome.status, outcome.is_received) == (None, False)


def test_it_connects_to_the_very_address_that_was_checked(monkeypatch):
    asked, connected = [], []
    answers = [(socket.AF_INET, 1, 6, "", ("93.184.216.34", 443))]

    def getaddrinfo(*args, **kwargs):
        asked.append(args)
        return answers

    def create_connection(address, **kwargs):
        connected.append(address)
        raise OSError("no network in tests")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(socket, "create_connection", create_connection)
    http.post("https://public.example/", b"{}", {})

    assert len(asked) == 1
    assert connected == [("93.184.216.34", 443)]


@pytest.mark.parametrize(
    "url", ["http://a.example/", "https:///x", "https://a.example:99999/", "x"]
)
def test_what_is_no_public_address_is_refused(url):
    with pytest.raises(AddressRefused):
        check_url(url)


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "0.0.0.0", "0"),
        *("localhost", "LOCALHOST", "a.localhost", "169.254.169.254", "10.0.0.1", "100.64.0.1"),
        *("[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]"),
        *("[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[fd00:ec2::254]"),
        *("[fe80::1%25lo]", "224.0.0.1", "255.255.255.255", "user@93.184.216.34", "１２７.0.0.1"),
    ],
)
def test_no_spelling_of_an_inner_address_is_taken(host):
    with pytest.raises(AddressRefused):
        check_url(f"https://{host}/")


def test_a_name_with_a_final_stop_leads_inside_no_more_than_without(monkeypatch):
    monkeypatch.setattr(socket, "create_connection", lambda *args, **kwargs: pytest.fail("asked"))

    outcome = http.post("https://localhost./", b"{}", {})

    assert outcome.status is None


def test_a_receiver_that_drips_is_cut(settings, monkeypatch):
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    monkeypatch.setattr(http, "DEADLINE", 0.6)
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_drip, args=[server], daemon=True).start()
        begun = time.monotonic()
        outcome = http.post(f"http://127.0.0.1:{server.getsockname()[1]}/", b"{}", {})

    assert outcome.status is None
    assert time.monotonic() - begun < 4


def _drip(server):
    line, _ = server.accept()
    with line:
        try:
            for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 200:
                line.send(bytes([byte]))
                time.sleep(0.05)
        except OSError:
            return


def test_nobody_there_is_a_failure_with_its_reason(settings):
    settings.WEBHOOKS_ALLOW_PRIVATE = True

    outcome = http.post("http://127.0.0.1:9/", b"{}", {})

    assert outcome.status is None
    assert "ConnectionRefusedError" in outcome.error
