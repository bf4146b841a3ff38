"""Sessions last twelve hours from the last page of work."""

import pytest

from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, time_machine):
    time_machine.move_to("2026-11-01T08:00:00Z", tick=False)
    client.force_login(cast.make_editor())
    client.get("/admin/")
    return client


def is_signed_in(client):
    return client.get("/admin/").status_code == 200


def test_session_ends_twelve_hours_after_the_last_page(signed_in, time_machine):
    for moment in ("2026-11-01T19:00:00Z", "2026-11-02T06:00:00Z"):
        time_machine.move_to(moment, tick=False)
        assert is_signed_in(signed_in)

    time_machine.move_to("2026-11-02T18:01:00Z", tick=False)

    assert not is_signed_in(signed_in)


def test_session_is_not_written_with_every_page(signed_in, time_machine):
    time_machine.move_to("2026-11-01T08:04:00Z", tick=False)
    assert "sessionid" not in signed_in.get("/admin/").cookies

    time_machine.move_to("2026-11-01T08:06:00Z", tick=False)
    assert "sessionid" in signed_in.get("/admin/").cookies


def test_readers_pages_set_no_cookie(signed_in, time_machine):
    time_machine.move_to("2026-11-01T09:00:00Z", tick=False)

    assert not signed_in.get("/").cookies
