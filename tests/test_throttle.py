"""How often somebody may fail to sign in, from where, and whom that locks out."""

import pytest
from axes.models import AccessAttempt, AccessLog
from django.test import Client

from liveblog.models import AuditEntry
from tests import cast

from .admin.test_sign_in import (
    PAGE,
    PASSWORD,
    give_password,
    is_signed_in,
    later,
    set_up,
    with_password,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def chiara(settings):
    settings.REQUIRE_SECOND_FACTOR = ["Chief editor"]
    return with_password(cast.make_chief())


def test_wrong_codes_are_throttled_as_wrong_passwords_are(client, chiara, settings):
    settings.SIGN_IN_LIMITS = [3, 30, 100]
    set_up(client, chiara)
    other = Client()
    give_password(other, chiara)

    statuses = [other.post(PAGE, {"code": "123456"}).status_code for _ in range(4)]

    assert statuses[-1] == 429
    assert AuditEntry.objects.filter(action="second_factor_failed").exists()


@pytest.mark.parametrize("name", ["chiara", "nobody"])
@pytest.mark.parametrize(("limits", "address"), [([3, 99, 99], "10.0.0.1"), ([99, 3, 99], None)])
def test_failures_are_counted_by_name_and_address(chiara, settings, name, limits, address):
    settings.SIGN_IN_LIMITS = limits
    for number in range(4):
        sender = Client(REMOTE_ADDR=address or f"10.0.0.{number}")
        response = give_password(sender, name, "wrong")

    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) == 900
    assert "15 minutes" in response.text


def test_failures_are_counted_by_address_alone(chiara, settings):
    settings.SIGN_IN_LIMITS = [99, 99, 3]

    responses = [give_password(Client(), f"name{number}", "wrong") for number in range(4)]

    assert responses[-1].status_code == 429
    assert give_password(Client(REMOTE_ADDR="10.0.0.9"), chiara).status_code == 302


@pytest.mark.parametrize(
    ("sender", "other", "is_refused"),
    [
        ("2001:db8:1:2::{}", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::{}", "2001:db8:1:3::9", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("fe80::{}%eth0", "fe80::9", True),
    ],
)
def test_addresses_of_one_ipv6_network_count_as_one(settings, sender, other, is_refused):
    settings.SIGN_IN_LIMITS = [99, 99, 3]
    for number in range(3):
        give_password(Client(REMOTE_ADDR=sender.format(number)), f"name{number}", "wrong")

    response = give_password(Client(REMOTE_ADDR=other), "nina", "wrong")

    assert (response.status_code == 429) is is_refused


@pytest.mark.any_database
@pytest.mark.parametrize("address", ["<script>", "", "1.2.3.4.5"])
def test_what_a_proxy_calls_an_address_need_not_be_one(chiara, address):
    assert give_password(Client(REMOTE_ADDR=address), "nobody", "wrong").status_code == 200


def test_signing_in_forgets_no_failures_with_other_names(chiara, settings):
    settings.SIGN_IN_LIMITS = [99, 99, 4]
    edith = with_password(cast.make_editor())
    for name in ("a", "b", "c"):
        give_password(Client(), name, "wrong")

    give_password(Client(), edith)

    assert give_password(Client(), "d", "wrong").status_code == 429


def test_refused_attempts_neither_count_nor_are_recorded(chiara, settings):
    settings.SIGN_IN_LIMITS = [3, 6, 99]

    statuses = [give_password(Client(), chiara, "wrong").status_code for _ in range(9)]

    assert statuses == [200] * 2 + [429] * 7
    assert AuditEntry.objects.filter(action="sign_in_failed").count() == 3
    assert give_password(Client(REMOTE_ADDR="10.0.0.9"), chiara).status_code == 302


def test_a_lock_ends_although_somebody_goes_on_trying(client, settings):
    settings.SIGN_IN_LIMITS = [3, 3, 99]
    edith = with_password(cast.make_editor())
    for minutes in (0, 0, 0, 7, 14):
        with later(minutes=minutes):
            give_password(Client(), edith, "wrong")

    with later(minutes=16):
        give_password(client, edith)

        assert is_signed_in(client)


@pytest.mark.parametrize(
    ("home", "here", "is_in"),
    [
        ("10.0.0.9", "10.0.0.9", True),
        ("10.0.0.9", "10.0.0.8", False),
        ("2001:db8:1:2::1", "2001:db8:1:2::2", True),
    ],
)
def test_nobody_is_locked_out_where_they_signed_in_before(settings, home, here, is_in):
    settings.SIGN_IN_LIMITS = [3, 4, 99]
    edith = with_password(cast.make_editor())
    give_password(Client(REMOTE_ADDR=home), edith)
    for number in range(4):
        give_password(Client(REMOTE_ADDR=f"192.0.2.{number}"), edith, "wrong")
    sender = Client(REMOTE_ADDR=here)

    give_password(sender, edith)

    assert is_signed_in(sender) is is_in


def test_guesses_are_throttled_where_somebody_signed_in_before(settings):
    settings.SIGN_IN_LIMITS = [3, 2, 99]
    edith = with_password(cast.make_editor())
    give_password(Client(), edith)

    statuses = [give_password(Client(), edith, "wrong").status_code for _ in range(3)]

    assert statuses == [200, 200, 429]


def test_nothing_is_kept_of_what_was_sent(client):
    edith = with_password(cast.make_editor())
    give_password(client, edith)
    new = {"new_password1": "lazy dogs sleep", "new_password2": "lazy dogs sleep"}

    for _ in range(2):
        client.post("/admin/password_change/?a=lazy", {"old_password": "wrong", **new})

    kept = AccessAttempt.objects.get()
    assert kept.failures_since_start == 2
    assert (kept.get_data, kept.post_data) == ("", "")


def test_sign_ins_are_listed_in_the_audit_trail_alone():
    give_password(Client(), with_password(cast.make_editor()))

    assert not AccessLog.objects.exists()


def test_the_form_to_change_a_password_is_throttled_too(client, settings):
    settings.SIGN_IN_LIMITS = [3, 30, 100]
    edith = with_password(cast.make_editor())
    give_password(client, edith)
    new = {"new_password1": "lazy dogs sleep", "new_password2": "lazy dogs sleep"}

    for _ in range(3):
        client.post("/admin/password_change/", {"old_password": "wrong", **new})
    response = client.post("/admin/password_change/", {"old_password": PASSWORD, **new})

    assert response.status_code == 429
    edith.refresh_from_db()
    assert edith.check_password(PASSWORD)
