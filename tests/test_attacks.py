"""Attacks on the whole: what they ask for, and that they get nothing."""

import contextlib
import http.client
import secrets
import socket
from urllib.parse import urlsplit

import httpx
import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from liveblog.models import AuditEntry
from tests import cast
from tests.admin import walk
from tests.admin.conftest import _sign_in

EVIL = "https://evil.example"


@pytest.fixture
def chief(db):
    return _sign_in(cast.make_chief())


@pytest.fixture
def newsroom(chief):
    return walk.make_newsroom(cast.make_editor(), cast.make_reporter(), chief.user)


@pytest.mark.thorough
def test_no_address_of_the_admin_takes_a_form_without_its_token(chief, newsroom):
    """Another site can have a browser post, with its cookies; the token it can't know."""
    client = Client(enforce_csrf_checks=True)
    client.cookies.update(chief.cookies)
    before, answers = walk.dump(), {}

    for address, path in walk.addresses(newsroom).items():
        form = walk.form_for(address, newsroom)
        answers[address] = client.post(path, form, HTTP_ORIGIN=EVIL).status_code

    assert len(answers) > 100
    assert {address for address, status in answers.items() if status < 400} == set()
    assert walk.dump() == before


RANK = {
    "is_superuser": "on",
    "is_staff": "on",
    "user_permissions": ["1"],
    "groups": ["1", "2", "3"],
}


def test_no_field_of_a_form_raises_an_account_above_its_role(chief):
    form = {"username": "nora", "first_name": "N", "role": "Reporter", "is_active": "on"}
    form |= {"password": "correct horse battery", **RANK}
    chief.post("/admin/auth/user/add/", form)
    nora = User.objects.get(username="nora")

    chief.post(f"/admin/auth/user/{nora.pk}/change/", form)
    nora.refresh_from_db()

    assert not nora.is_superuser
    assert list(nora.groups.values_list("name", flat=True)) == ["Reporter"]
    assert not nora.user_permissions.exists()


def test_a_chief_editor_does_not_make_themselves_superuser(chief):
    form = {"username": "chiara", "first_name": "C", "role": "Chief editor", "is_active": "on"}

    chief.post(f"/admin/auth/user/{chief.user.pk}/change/", form | RANK)

    chief.user.refresh_from_db()
    assert not chief.user.is_superuser


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Client-IP"])
def test_nobody_names_their_own_address_to_django(client, header):
    form = {"username": "edith", "password": "wrong"}

    client.post("/admin/login/", form, headers={header: "203.0.113.66"}, REMOTE_ADDR="192.0.2.1")

    assert AuditEntry.objects.get().address == "192.0.2.1"


def test_a_proxy_is_believed_only_where_it_is_trusted(make_site):
    """The server is asked from 127.0.0.1, by somebody who claims to be a proxy."""
    site = make_site(FORWARDED_ALLOW_IPS="192.0.2.1,10.0.0.0/8")
    trusting = site.twin()
    trusting.environment["FORWARDED_ALLOW_IPS"] = "127.0.0.0/8"
    trusting.start()
    try:
        for server in (site, trusting):
            fail_to_sign_in(server, {"X-Forwarded-For": "203.0.113.66"})
    finally:
        trusting.stop()

    code = "from liveblog.models import AuditEntry; print(*AuditEntry.objects.order_by('pk')"
    said = site.shell(code + ".filter(action='sign_in_failed').values_list('address', flat=True))")
    assert said.split() == ["127.0.0.1", "203.0.113.66"]


def fail_to_sign_in(site, headers):
    with httpx.Client(base_url=site.url, headers=headers) as client:
        client.get("/admin/login/")
        token = {"csrfmiddlewaretoken": client.cookies["csrftoken"]}
        client.post("/admin/login/", data={**token, "username": "x", "password": "wrong"})


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/live/bridge/", "/admin/", "/admin/login/", "/api/v1/me"])
def test_other_sites_scripts_may_not_read_with_an_editors_cookies(client, path):
    editor = cast.make_editor()
    cast.make_live_story(editor, slug="bridge")
    client.force_login(editor, backend=settings.AUTHENTICATION_BACKENDS[-1])

    answer = client.get(path, headers={"Origin": EVIL})

    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert answer.headers.get("Access-Control-Allow-Origin") in {None, "*"}
    if path.startswith("/admin/"):
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
def test_an_editors_cookies_are_no_business_of_scripts_or_of_other_paths(client):
    user = cast.make_editor()
    user.set_password("staple horse")
    user.save()

    client.post("/admin/login/", {"username": "edith", "password": "staple horse"})

    session = client.cookies[settings.SESSION_COOKIE_NAME]
    assert (session["httponly"], session["samesite"], session["path"]) == (True, "Lax", "/admin/")
    assert client.cookies[settings.CSRF_COOKIE_NAME]["path"] == "/admin/"


def ask_raw(site, method, target, **headers):
    """Ask with a target as it is written; clients would put it straight."""
    connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=20)
    connection.putrequest(method, target, skip_host="Host" in headers)
    with contextlib.closing(connection):
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()


OUTSIDE = [
    *("/static/../config/settings.py", "/static/%2e%2e/config/settings.py"),
    *("/static/..%2f..%2fconfig/settings.py", "/static//etc/passwd", "/static/%2fetc/passwd"),
    *("/static/..%5c..%5cconfig%5csettings.py", "/static/%252e%252e/config/settings.py"),
    *("/media/../site.sqlite3", "/media/%2e%2e/site.sqlite3", "/media/..%2fsite.sqlite3"),
    *("/media/pictures/../../site.sqlite3", "/media/%2fetc/passwd", "/media/pictures/%00"),
    *("//etc/passwd", "/live/../../etc/passwd", "/..%c0%af..%c0%afetc/passwd"),
]


@pytest.mark.any_database
def test_no_path_leads_out_of_its_folder(make_site, tmp_path, request):
    """In production: the demo says in its page for errors where it looked."""
    site = make_site().twin()
    site.environment |= {
        "DEBUG": "0",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "SITE_NAME": "Example",
        "SITE_URL": "http://127.0.0.1",
        "ALLOWED_HOSTS": "127.0.0.1",
        "STATIC_ROOT": str(tmp_path),
    }
    unused = ("--ignore", "ckeditor", "--ignore", "admin/*", "--ignore", "ninja")
    site.manage("collectstatic", "--noinput", "--verbosity", "0", *unused)
    request.addfinalizer(site.stop)
    site.start()

    answers = {target: ask_raw(site, "GET", target) for target in OUTSIDE}

    statuses = {target: status for target, (status, _headers, _body) in answers.items()}
    assert {t: status for t, status in statuses.items() if status not in {301, 400, 404}} == {}
    bodies = b"".join(body for _status, _headers, body in answers.values())
    assert [each for each in (b"SECRET_KEY", b"root:", b"SQLite format") if each in bodies] == []


@pytest.mark.any_database
@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "DEBUG", "PROPFIND", "PUT"])
@pytest.mark.parametrize("target", ["/", "/admin/login/", "/live/ukraine-kursk/stream"])
def test_other_methods_do_nothing_and_echo_nothing(site, method, target):
    status, _headers, body = ask_raw(site, method, target, X_Marker="echoed-marker")

    assert status in {400, 403, 404, 405}
    assert b"echoed-marker" not in body


@pytest.mark.any_database
@pytest.mark.parametrize("target", ["/", "/admin/", "/api/v1/me", "/live/ukraine-kursk/stream"])
@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil.example"]
)
def test_no_page_is_made_for_another_sites_name(site, target, host):
    status, headers, body = ask_raw(site, "GET", target, Host=host)

    assert status == 400
    assert b"evil" not in body
    assert "evil" not in str(headers.items())


SPLITS = ["%0d%0aSet-Cookie:%20a=b", "%E5%98%8D%E5%98%8ASet-Cookie:%20a=b", "%0aLocation:%20//evil"]


@pytest.mark.any_database
@pytest.mark.parametrize("split", SPLITS)
@pytest.mark.parametrize(
    "place", ["/live/{}/", "/admin/{}", "/{}", "/live/ukraine-kursk/?order={}"]
)
def test_no_line_break_in_an_address_becomes_a_header(site, split, place):
    _status, headers, _body = ask_raw(site, "GET", place.format(split))

    assert "a=b" not in str(headers.get("Set-Cookie"))
    assert not (headers.get("Location") or "").startswith("//evil")


SMUGGLED = (
    b"POST / HTTP/1.1\r\nHost: %s\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"0\r\n\r\nGET /smuggled/ HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
)


@pytest.mark.any_database
def test_a_request_within_a_request_has_no_answer_of_its_own_unread(site):
    """RFC 9112, 6.3: both lengths is an attack; nothing good may come of it."""
    host = urlsplit(site.url).netloc
    with socket.create_connection(host.split(":"), timeout=20) as line:
        line.sendall(SMUGGLED % (host.encode(), host.encode()))
        answered = b""
        while piece := line.recv(65536):
            answered += piece

    assert answered.count(b"HTTP/1.1 200") == 0
    assert answered.startswith(b"HTTP/1.1 4")
