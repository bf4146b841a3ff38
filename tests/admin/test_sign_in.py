"""Signing in: second factor, where it leads, and no answer that gives a name away."""

import io
import re
from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from liveblog import second_factor
from liveblog.admin.sign_in import leads_to_a_page
from liveblog.checks import check_second_factor
from liveblog.desk import visitor
from liveblog.models import AuditEntry
from tests import cast

from . import walk

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"
PAGE = "/admin/second-factor/"


@pytest.fixture
def chiara(settings):
    settings.REQUIRE_SECOND_FACTOR = ["Chief editor"]
    return with_password(cast.make_chief())


def with_password(user):
    user.set_password(PASSWORD)
    user.save()
    return user


def give_password(client, user, password=PASSWORD, **more):
    form = {"username": user if isinstance(user, str) else user.username, "password": password}
    return client.post("/admin/login/", form | more)


def code_of(user) -> str:
    device = TOTPDevice.objects.get(user=user)
    return f"{TOTP(device.bin_key, drift=device.drift).token():06}"


def set_up(client, user) -> list[str]:
    """Sign in for the first time; returns the recovery codes. The next code comes in 30 s."""
    give_password(client, user)
    client.get(PAGE)
    response = client.post(PAGE, {"code": code_of(user)}).text
    return re.findall(r"<li><code>(\w+)</code>", response)


def give_second_factor(client):
    session = client.session
    second_factor.note_given(session)
    session.save()


def is_signed_in(client) -> bool:
    return client.get("/admin/session/").status_code == 200


def later(**time):
    return time_machine.travel(timezone.now() + timedelta(**time))


def test_a_role_that_needs_it_sets_a_second_factor_up_at_the_first_sign_in(client, chiara):
    response = give_password(client, chiara, next="/admin/liveblog/story/")
    assert response.headers["Location"] == PAGE
    assert not is_signed_in(client)
    page = client.get(PAGE).text
    assert "data:image/svg+xml" in page

    refused = client.post(PAGE, {"code": "000000"})
    assert "form-row" in refused.text
    assert not is_signed_in(client)


def test_the_right_code_signs_in_and_shows_recovery_codes_once(client, chiara):
    codes = set_up(client, chiara)

    assert len(set(codes)) == 10
    assert is_signed_in(client)
    assert client.get(PAGE).status_code == 302
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"second_factor_added", "recovery_codes_made", "sign_in"} <= actions


def test_a_second_factor_is_asked_for_again_and_a_code_is_good_once(client, chiara):
    set_up(client, chiara)
    with later(minutes=5):
        code = code_of(chiara)
        for sender, is_in in ((Client(), True), (Client(), False)):
            give_password(sender, chiara)
            sender.post(PAGE, {"code": f"{code[:3]} {code[3:]}"})
            assert is_signed_in(sender) is is_in


def test_a_recovery_code_signs_in_once(client, chiara):
    code = set_up(client, chiara)[0]

    for sender, is_in in ((Client(), True), (Client(), False)):
        give_password(sender, chiara)
        sender.post(PAGE, {"code": code.upper()})
        assert is_signed_in(sender) is is_in


def test_a_recovery_code_of_digits_alone_signs_in(client, chiara):
    set_up(client, chiara)
    code = StaticToken.objects.filter(device__user=chiara).first()
    StaticToken.objects.filter(pk=code.pk).update(token="23456723")
    sender = Client()
    give_password(sender, chiara)

    sender.post(PAGE, {"code": "23456723"})

    assert is_signed_in(sender)


def test_a_key_that_was_shown_elsewhere_is_worthless(client, chiara):
    """Whoever has the password may see a key before its owner does."""
    give_password(client, chiara)
    shown = client.get(PAGE).context["key"]
    code = code_of(chiara)
    other = Client()
    give_password(other, chiara)

    assert other.get(PAGE).context["key"] != shown
    client.post(PAGE, {"code": code})
    assert not is_signed_in(client)
    assert not second_factor.is_set_up(chiara)


def test_a_key_stays_the_same_while_it_is_set_up(client, chiara):
    give_password(client, chiara)

    shown = [client.get(PAGE).context["key"], client.post(PAGE, {"code": "1"}).context["key"]]

    assert shown[0] == shown[1]


def test_nobody_reaches_a_page_between_password_and_code(client, chiara):
    give_password(client, chiara)

    for path in ("/admin/", "/admin/password_change/", "/admin/auth/user/", "/admin/session/"):
        assert client.get(path).headers["Location"].startswith("/admin/login/"), path


def test_the_password_given_is_good_for_ten_minutes_and_while_it_is_the_same(client, chiara):
    give_password(client, chiara)
    with later(minutes=11):
        assert client.get(PAGE).headers["Location"] == "/admin/login/"

    give_password(client, chiara)
    chiara.set_password("something else again")
    chiara.save()
    assert client.get(PAGE).headers["Location"] == "/admin/login/"


def widen(settings, user):
    settings.REQUIRE_SECOND_FACTOR = ["Chief editor", "Editor"]


def make_superuser(settings, user):
    type(user).objects.filter(pk=user.pk).update(is_superuser=True)


@pytest.mark.parametrize("change", [widen, make_superuser])
def test_an_open_session_is_asked_for_a_factor_that_became_due(chiara, settings, change):
    edith = with_password(cast.make_editor())
    client = Client()
    give_password(client, edith)
    story = cast.make_live_story(edith)
    desk = f"/admin/liveblog/story/{story.pk}/desk/"
    stay = visitor.admit(headers_of(client), story.pk)

    change(settings, edith)

    assert client.get("/admin/").headers["Location"] == "/admin/login/?next=/admin/"
    assert client.get(f"{desk}changes").status_code == 401
    assert visitor.admit(headers_of(client), story.pk) == 401
    assert visitor.find_user_and_story(stay) is None
    assert "needs a second factor" in client.get("/admin/login/?next=/admin/").text
    assert give_password(client, edith).headers["Location"] == PAGE
    assert client.get(PAGE).status_code == 200


def headers_of(client) -> list[tuple[bytes, bytes]]:
    return [(b"cookie", f"sessionid={client.cookies['sessionid'].value}".encode())]


def test_a_session_with_a_factor_goes_on(client, chiara, settings):
    set_up(client, chiara)
    assert client.get("/admin/").status_code == 200

    with later(minutes=5):
        other = Client()
        give_password(other, chiara)
        other.post(PAGE, {"code": code_of(chiara)})
        settings.REQUIRE_SECOND_FACTOR = ["Chief editor", "Editor"]
        assert [each.get("/admin/").status_code for each in (client, other)] == [200, 200]


def test_a_new_second_factor_ends_all_other_sessions(client):
    edith = with_password(cast.make_editor())
    other = Client()
    for each in (client, other):
        give_password(each, edith)

    client.get("/admin/account/set-up/")
    client.post("/admin/account/set-up/", {"code": code_of(edith)})

    assert [is_signed_in(each) for each in (client, other)] == [True, False]


def test_roles_that_do_not_need_it_sign_in_by_password(client, chiara):
    give_password(client, with_password(cast.make_editor()))

    assert is_signed_in(client)


def test_a_lost_second_factor_is_taken_away_and_sessions_end(client, chiara):
    set_up(client, chiara)

    call_command("remove_second_factor", "chiara", stdout=io.StringIO())

    assert not second_factor.is_set_up(chiara)
    assert not is_signed_in(client)
    with pytest.raises(CommandError, match="has no second factor"):
        call_command("remove_second_factor", "chiara")
    with pytest.raises(CommandError, match="Nobody signs in"):
        call_command("remove_second_factor", "chiarra")


@pytest.mark.any_database
@pytest.mark.parametrize("length", [151, 256, 100_000])
def test_a_name_longer_than_any_is_a_wrong_name(client, length):
    """PostgreSQL would refuse to store it with the failure."""
    response = give_password(client, "n" * length, "wrong")

    assert response.status_code == 200
    assert "Please enter the correct" in response.text
    assert not AccessAttempt.objects.exists()


def test_known_and_unknown_names_get_the_same_answer(client, chiara):
    known, unknown = (give_password(Client(), name, "wrong") for name in ("chiara", "chiarx"))

    def plain(answer):
        text = re.sub(r'(csrfmiddlewaretoken" value=")\w+|chiar[ax]', "", answer.text)
        return answer.status_code, text

    assert plain(known) == plain(unknown)


def test_each_sign_in_takes_a_new_session_id(client):
    edith = with_password(cast.make_editor())
    seen = set()
    for _ in range(3):
        give_password(client, edith)
        seen.add(client.session.session_key)

    assert len(seen) == 3


@pytest.mark.parametrize(
    "address",
    [
        *("https://evil.example/", "//evil.example/", "/admin/nothing/here/", "/admin/logout/"),
        *(
            "/admin/login/",
            "/admin/session/",
            "/admin/second-factor/",
            "/live/nothing/",
        ),
        *("nonsense", "javascript:alert(1)", "/admin/language/", "/admin/home/", "/\\evil.example"),
    ],
)
def test_next_never_leads_nowhere(client, address):
    response = give_password(client, with_password(cast.make_editor()), next=address)

    assert response.headers["Location"] == "/admin/"


@pytest.mark.thorough
def test_next_never_leads_to_what_is_only_posted_to(chief, monkeypatch):
    # Pages need not be drawn to see which answer a GET with 405.
    monkeypatch.setattr("django.template.response.SimpleTemplateResponse.rendered_content", "")
    newsroom = walk.make_newsroom(cast.make_editor(), cast.make_reporter(), chief.user)
    posted_to = {
        path for path in walk.addresses(newsroom).values() if chief.get(path).status_code == 405
    }

    assert len(posted_to) > 10
    assert [path for path in posted_to if leads_to_a_page(path)] == []


@pytest.mark.parametrize("address", ["changes", "rows", "retract", "story"])
def test_next_never_leads_to_what_answers_the_desks_scripts(address):
    assert leads_to_a_page("/admin/liveblog/story/1/desk/")
    assert not leads_to_a_page(f"/admin/liveblog/story/1/desk/{address}")


@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/liveblog/story/?q=1", "/admin/liveblog/update/add/"]
)
def test_next_leads_to_a_page(client, address):
    response = give_password(client, with_password(cast.make_editor()), next=address)

    assert response.headers["Location"] == address


def test_a_misspelt_role_is_found(settings):
    assert check_second_factor(None) == []

    settings.REQUIRE_SECOND_FACTOR = ["Chief Editor"]

    assert [each.id for each in check_second_factor(None)] == ["liveblog.E020"]
