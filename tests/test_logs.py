"""The log: one line an event, with the request's id, and nobody's address."""

import json
import logging
import sys

import httpx
import pytest

from config.logs import JsonLine, Line, NoOneTimeLinks, OneLineRefusals, RequestId
from liveblog import origin


def written(formatter, message, *values, error=None, **more) -> str:
    """Return a record as a handler with the settings' filters writes it."""
    record = logging.LogRecord("liveblog", logging.WARNING, __file__, 1, message, values, error)
    record.__dict__.update(more)
    for each in (RequestId(), OneLineRefusals(), NoOneTimeLinks()):
        each.filter(record)
    return formatter.format(record)


def failure():
    try:
        raise ValueError("broken\nin two")
    except ValueError:
        return sys.exc_info()


@pytest.fixture
def request_id():
    before = origin.current.set(origin.Origin("request-1", "203.0.113.9"))
    yield "request-1"
    origin.current.reset(before)


def test_an_event_is_one_json_object_with_the_requests_id(request_id):
    line = json.loads(written(JsonLine(), "Refused %s", "Ünicode", fields={"status": 409}))

    assert line.pop("at").endswith("+00:00")
    assert line == {
        "level": "WARNING",
        "logger": "liveblog",
        "request": request_id,
        "message": "Refused Ünicode",
        "status": 409,
    }


def test_a_traceback_is_part_of_its_line():
    line = written(JsonLine(), "Failed", error=failure())

    assert "\n" not in line
    assert "ValueError: broken\nin two" in json.loads(line)["traceback"]


@pytest.mark.any_database
@pytest.mark.parametrize("formatter", [Line(), JsonLine()])
def test_what_a_request_brought_begins_no_line(formatter):
    assert len(written(formatter, "Host %s", "a\r\n2024-01-01 INFO all is well").splitlines()) == 1


@pytest.mark.parametrize("formatter", [Line(), JsonLine()])
@pytest.mark.parametrize(("status", "is_ours"), [(400, False), (404, False), (500, True)])
def test_a_clients_mistake_has_no_traceback(formatter, status, is_ours):
    line = written(formatter, "Bad Request", error=failure(), status_code=status)

    assert ("Traceback" in line) == is_ours


def test_the_address_is_in_no_line(request_id):
    assert "203.0.113.9" not in written(Line(), "Words") + written(JsonLine(), "Words")


@pytest.mark.parametrize("formatter", [Line(), JsonLine()])
@pytest.mark.parametrize("end", ["/", "", "/more/"])
def test_a_one_time_link_is_in_no_line(formatter, end):
    line = written(formatter, "%s: %s", "Not Found", f"/admin/welcome/MQ/c5n-secret{end}")

    assert "Not Found: /admin/welcome/" in line
    assert "MQ" not in line
    assert "secret" not in line


def test_a_server_writes_json_from_its_first_line_on(make_site):
    site = make_site(LOG_FORMAT="json")
    site.shell("chief = cast.make_chief(); chief.set_password('staple horse'); chief.save()")
    with httpx.Client(base_url=site.url, headers={"X-Request-ID": "request-77"}) as client:
        client.get("/live/nowhere/")
        client.post("/admin/welcome/MQ/c5n-secret/")
        client.get("/admin/login/")
        form = {"csrfmiddlewaretoken": client.cookies["csrftoken"], "next": "/admin/"}
        answer = client.post(
            "/admin/login/", data={**form, "username": "chiara", "password": "staple horse"}
        )
    site.stop()

    lines = [json.loads(line) for line in site.log.splitlines()]
    assert answer.status_code == 302
    posts = [each for each in lines if each["logger"] == "liveblog.requests"]
    assert [(each["route"], each["status"], each["request"]) for each in posts] == [
        ("admin/login/", 302, "request-77")
    ]
    assert any("/live/nowhere/" in each["message"] for each in lines)
    assert any("/admin/welcome/" in each["message"] for each in lines)
    assert "c5n-secret" not in site.log
    assert "GET" not in site.log


def test_the_server_is_silent_about_its_own_start():
    """A newcomer is to see what `make run` says, and an operator what goes wrong."""
    server = logging.getLogger("uvicorn.error")

    assert server.isEnabledFor(logging.WARNING)
    assert not server.isEnabledFor(logging.INFO)
