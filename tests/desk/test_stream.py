"""The stream of a desk: changes, presence and health, for whoever may see the story."""

import time

import httpx
import pytest

from tests.editor import Desk
from tests.sse import Subscriber

SETUP = """
editor = cast.make_editor()
cast.make_live_story(editor, "Bridge", slug="bridge")
"""
STORY = "from liveblog.models import Story; print(Story.objects.get(slug='bridge').pk)"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    from tests.server import Site

    site = Site(tmp_path_factory.mktemp("desk"))
    site.prepare(demo=False)
    site.shell(SETUP)
    site.story = int(site.shell(STORY))
    site.start()
    yield site
    site.stop()


@pytest.fixture
def sign_in(site):
    """Sign a person in, and open the stream of the desk as they would: `sign_in("chief")`."""
    opened = []

    def sign_in(name="chief"):
        person = Desk(site, f"{name}@localhost")
        person.address = f"/admin/liveblog/story/{site.story}/desk/"
        opened.append(person)
        return person

    yield sign_in
    for each in opened:
        each.close()


def _stream(site, person, after=""):
    cookies = "; ".join(f"{name}={value}" for name, value in person.cookies.items())
    address = f"{site.url}{person.address}stream" + (f"?after={after}" if after else "")
    return Subscriber(address, headers={"Cookie": cookies})


def _write(person, headline, verb="save_draft"):
    import uuid

    token = {"X-CSRFToken": person.cookies["csrftoken"], "Referer": str(person.base_url)}
    sent = {"verb": verb, "content": {"headline": headline, "body": "<p>Words.</p>"}}
    address = f"{person.address}updates/{uuid.uuid4()}/send"
    answer = person.post(address, json=sent, headers=token)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.alone
def test_a_colleagues_draft_comes_within_a_second(site, sign_in):
    chief, reporter = sign_in("chief"), sign_in("reporter")
    stream = _stream(site, chief)
    stream.wait_for("presence")
    begun = time.monotonic()

    answer = _write(reporter, "Ferries sail again")

    event = stream.wait_for("change")[0]
    assert time.monotonic() - begun < 1
    assert event.data["id"] == answer["id"]
    assert event.data["group"] == "drafts"
    assert "Ferries sail again" in event.data["html"]
    assert event.id == event.data["position"]


def test_what_was_missed_comes_after_a_position(site, sign_in):
    chief = sign_in("chief")
    position = chief.get(f"{chief.address}rows").json()["position"]
    answer = _write(chief, "Missed")

    stream = _stream(site, chief, position)

    change = stream.wait_for("change")[0].data
    assert (change["id"], change["status"]) == (answer["id"], answer["status"])


def test_a_rubbish_position_is_told_to_reload(site, sign_in):
    assert _stream(site, sign_in(), "rubbish").wait_for("reload")


def test_presence_is_streamed(site, sign_in):
    chief, reporter = sign_in("chief"), sign_in("reporter")
    stream = _stream(site, chief)
    other = _stream(site, reporter)
    other.wait_for("presence")

    def names():
        shown = [event for event in stream.events if event.name == "presence"]
        return {each["name"] for each in shown[-1].data["here"]} if shown else set()

    until = time.monotonic() + 5
    while "Reporter" not in names() and time.monotonic() < until:
        time.sleep(0.05)
    assert {"Chief editor", "Reporter"} <= names()


def test_health_is_streamed(site, sign_in):
    health = _stream(site, sign_in()).wait_for("health")[0].data

    assert health["readers"] == 0
    assert len(health["per_hour"]) == 12


def test_logging_out_ends_the_stream(site, sign_in):
    chief = sign_in("chief")
    stream = _stream(site, chief)
    stream.wait_for("presence")
    token = {"csrfmiddlewaretoken": chief.cookies["csrftoken"]}

    chief.post("/admin/logout/", data=token, headers={"Referer": str(chief.base_url)})

    stream.wait_for_end(5)
    assert stream.events[-1].name == "gone"


SESSION_ENDS = {
    "by the clock": "Session.objects.filter(pk=key).update(expire_date=timezone.now())",
    "in the list of sessions": "Session.objects.filter(pk=key).delete()",
    "with the account": "people.update(is_active=False)",
    "with the role's access": "people.update(is_staff=False)",
    "by a new password": "people.update(password='!')",
}
ENDING = """
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.utils import timezone
key, people = {key!r}, User.objects.filter(username="reporter@localhost")
before = people.values("is_active", "is_staff", "password").get()
print(repr(before))
{code}
"""
RESTORING = """
from django.contrib.auth.models import User
User.objects.filter(username="reporter@localhost").update(**{before})
"""


@pytest.mark.parametrize("how", SESSION_ENDS)
def test_the_stream_ends_with_the_session(site, sign_in, how):
    person = sign_in("reporter")
    stream = _stream(site, person)
    stream.wait_for("presence")

    key = person.cookies["sessionid"]
    before = site.shell(ENDING.format(key=key, code=SESSION_ENDS[how]))
    try:
        stream.wait_for_end(5)
    finally:
        site.shell(RESTORING.format(before=before))

    assert stream.events[-1].name == "gone"


def test_losing_the_right_ends_the_stream(site, sign_in):
    stream = _stream(site, sign_in("reporter"))
    stream.wait_for("presence")

    site.shell(
        "from liveblog.models import Story; from liveblog import publishing\n"
        "from django.contrib.auth.models import User\n"
        "chief = User.objects.get(username='chief@localhost')\n"
        "publishing.set_team(Story.objects.get(slug='bridge'), [chief], by=chief)"
    )
    stream.wait_for_end(5)
    site.shell(
        "from liveblog.models import Story; from liveblog import publishing\n"
        "from django.contrib.auth.models import User\n"
        "chief = User.objects.get(username='chief@localhost')\n"
        "publishing.set_team(Story.objects.get(slug='bridge'), [], by=chief)"
    )


@pytest.mark.parametrize("cookie", ["", "sessionid=rubbish"])
def test_nobody_else_gets_the_stream(site, cookie):
    address = f"{site.url}/admin/liveblog/story/{site.story}/desk/stream"

    answer = httpx.get(address, headers={"Cookie": cookie})

    assert (answer.status_code, answer.content) == (401, b"")


def test_a_page_made_for_somebody_else_gets_no_stream(site, sign_in):
    chief = sign_in("chief")

    assert chief.get(f"{chief.address}stream?person=999999").status_code == 401


def test_a_story_that_is_not_there_has_no_stream(site, sign_in):
    chief = sign_in("chief")

    assert chief.get("/admin/liveblog/story/9999/desk/stream").status_code == 404
    assert chief.post(f"{chief.address}stream").status_code == 405
