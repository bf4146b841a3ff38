"""What readers are shown where we failed."""

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.urls import include, path

from tests.newsroom import make_story

pytestmark = pytest.mark.django_db


def fail(request):
    raise ZeroDivisionError


urlpatterns = [path("fail/", fail), path("", include("liveblog.public.urls"))]
handler500 = "liveblog.public.responses.server_error"


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
@pytest.mark.parametrize("address", ["/", "/front.json", "/live/s/", "/search?q=x", "/topics/"])
def test_readers_are_asked_back_where_the_database_is_away(client, address, error):
    make_story(slug="s")
    client.get(address)  # Django looks once what SQLite can do, and takes an error for a no

    def away(*arguments):
        raise error("connection refused at db.internal")

    with connection.execute_wrapper(away):
        answer = client.get(address)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "We are back in a moment" in answer.text
    assert "db.internal" not in answer.text


@pytest.fixture
def broken_site(client, settings):
    settings.ROOT_URLCONF = "tests.public.test_errors"
    client.raise_request_exception = False
    return client


def test_our_own_failure_has_a_page_without_the_database(
    broken_site, settings, django_assert_num_queries, assert_valid_html
):
    settings.LANGUAGE_CODE = "es"

    with django_assert_num_queries(0):
        answer = broken_site.get("/fail/")

    assert answer.status_code == 500
    assert answer.headers["Cache-Control"] == "no-store"
    assert '<html lang="es"' in answer.text
    assert_valid_html(answer.text)


def test_a_failing_error_page_is_a_plain_answer(broken_site, settings, tmp_path):
    (tmp_path / "liveblog").mkdir()
    (tmp_path / "liveblog" / "masthead.html").write_text("{% url 'nowhere' %}")
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path, *engine["DIRS"]]}]

    answer = broken_site.get("/fail/")

    assert answer.status_code == 500
    assert answer.text == "Something went wrong here. Try again in a moment."


@pytest.mark.parametrize("path", ["%0a", "live/s%0a", "live/s/%0d%0aSet-Cookie:a=b", "%00", "%ff"])
def test_an_address_with_control_characters_is_our_own_404(client, settings, path):
    settings.DEBUG = True

    answer = client.get(f"/{path}")

    assert answer.status_code == 404
    assert "max-age=5" in answer.headers["Cache-Control"]
    assert "URLconf" not in answer.text
