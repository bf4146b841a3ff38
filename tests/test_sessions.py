"""Sessions: renewed by work, ended for good after a week, listed and ended one by one."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as configured
from django.test import Client
from django.utils import timezone

from liveblog import sessions
from tests import cast

pytestmark = pytest.mark.django_db


def sign_in(user):
    client = Client(headers={"user-agent": "Firefox"})
    client.force_login(user, backend=configured.AUTHENTICATION_BACKENDS[-1])
    return client


def is_signed_in(client) -> bool:
    return client.get("/admin/session/").status_code == 200


def test_work_renews_a_session_and_a_week_ends_it():
    client, start = sign_in(cast.make_editor()), timezone.now()

    for hours in range(10, 168, 10):
        with time_machine.travel(start + timedelta(hours=hours)):
            assert client.get("/admin/").status_code == 200, hours

    with time_machine.travel(start + timedelta(hours=169)):
        assert client.get("/admin/").status_code == 302


def test_a_session_without_work_ends_after_twelve_hours():
    client = sign_in(cast.make_editor())

    with time_machine.travel(timezone.now() + timedelta(hours=12, minutes=1)):
        assert not is_signed_in(client)


def test_sessions_are_of_one_person_and_end_one_by_one():
    edith, ron = cast.make_editor(), cast.make_reporter()
    first, second, other = sign_in(edith), sign_in(edith), sign_in(ron)
    assert {each.key for each in sessions.of_user(edith)} == {
        first.session.session_key,
        second.session.session_key,
    }
    gone = next(each for each in sessions.of_user(edith) if each.key == first.session.session_key)

    assert sessions.end(edith, id=gone.id) == 1

    assert [is_signed_in(each) for each in (first, second, other)] == [False, True, True]


def test_all_sessions_but_one_end():
    edith = cast.make_editor()
    first, second = sign_in(edith), sign_in(edith)

    sessions.end(edith, but=second.session.session_key)

    assert [is_signed_in(each) for each in (first, second)] == [False, True]
