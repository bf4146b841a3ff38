"""What all tests share."""

import gc
import os

import pytest
from hypothesis import settings

from . import tools
from .markup import problems_in
from .server import Site

settings.register_profile("ci", deadline=None, derandomize=True)
settings.register_profile("dev", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_terminal_summary(terminalreporter):
    for line in sorted(tools.absent):
        terminalreporter.write_line(line, yellow=True)


SERVERS = {"site", "make_site", "database"}  # fixtures that start programs
DATABASES = {"db", "transactional_db"}
USERS = ("django_db", "server")  # markers of tests that use a database by other ways


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark the tests that start a server, and those that use no database."""
    for item in items:
        fixtures = set(item.fixturenames)
        if SERVERS & fixtures:
            item.add_marker("server")
        elif not DATABASES & fixtures and not any(map(item.get_closest_marker, USERS)):
            item.add_marker("any_database")


def pytest_collection_finish():
    """Keep what lives as long as the session from being searched for garbage again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory):
    """Give SQLite a real file: threads and processes meet in it as they do in use."""
    from django.db import connection

    if connection.vendor == "sqlite":
        path = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(path)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Let Django ask the database what it can do before any test counts queries."""
    from django.db import connection

    with django_db_blocker.unblock():
        assert connection.features.supports_json_field
        _let_tests_flush(connection)


def _let_tests_flush(connection):
    """Drop the trigger against emptying the audit trail: transactional tests empty all tables."""
    is_sqlite = connection.vendor == "sqlite"  # which deletes, where PostgreSQL truncates
    trigger = "liveblog_audit_delete" if is_sqlite else "liveblog_audit_truncate"
    with connection.cursor() as cursor:
        on = "" if is_sqlite else " ON liveblog_auditentry"
        cursor.execute(f"DROP TRIGGER {trigger}{on}")


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()


@pytest.fixture(autouse=True)
def middleware_as_served(settings):
    """As in `config.wsgi`: the async one for static files would cost each request a third more."""
    served = [each for each in settings.MIDDLEWARE if each != settings.STATIC_MIDDLEWARE]
    settings.MIDDLEWARE = served


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def checked_memory(settings, caplog):
    """Begin with nothing rendered, and render again whatever comes from memory."""
    from liveblog.rendering import article_cache, evict_story

    settings.CHECK_RENDERED = 1
    evict_story(None)
    yield
    behind = [each for each in caplog.get_records("call") if each.name == article_cache.__name__]
    assert not behind, [each.getMessage() for each in behind]


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The demo, as `make run` serves it: one for all tests, which leave it usable."""
    site = Site(tmp_path_factory.mktemp("site"))
    site.prepare(demo=True)
    site.start()
    yield site
    site.stop()


@pytest.fixture
def make_site(tmp_path_factory):
    """Start servers of a test's own, without the demo: `make_site(SITE_NAME="…")`."""
    made = []

    def make_site(**settings) -> Site:
        made.append(Site(tmp_path_factory.mktemp("site"), **settings))
        made[-1].prepare(demo=False)
        made[-1].start()
        return made[-1]

    yield make_site
    for site in made:
        site.stop()


@pytest.fixture
def assert_valid_html():
    """Fail on the first whole page that is not valid HTML: `assert_valid_html(page, …)`."""

    def check(*pages: str | bytes) -> None:
        problems = problems_in(*pages)
        assert not problems, "\n".join(problems)

    return check
