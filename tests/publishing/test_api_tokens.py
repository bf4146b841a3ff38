"""Tokens: made and revoked by chief editors, counted at each use, worthless when dead."""

from datetime import timedelta

import pytest
from django.utils import timezone

from liveblog import origin, publishing
from liveblog.models import ApiToken, AuditEntry
from liveblog.publishing import api_tokens
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return cast.make_chief()


def make(chief, **more):
    values = {"name": "Wire", "person": chief, "scopes": ["write", "read"]}
    return publishing.create_token(by=chief, **{**values, **more})


def test_the_text_is_stored_nowhere(chief):
    token, text = make(chief)

    row = ApiToken.objects.values().get()
    assert text.startswith("lb_")
    assert not any(text in str(value) for value in row.values())
    assert token.scopes == ["read", "write"]


def test_each_use_is_counted_within_its_minute(chief):
    _, text = make(chief)

    publishing.use_token(text)
    used = publishing.use_token(text, count=5)
    assert used.requests_in_minute == 6
    assert used.last_used_at is not None

    ApiToken.objects.update(counted_minute=1)
    assert publishing.use_token(text).requests_in_minute == 1


def test_a_revoked_token_is_worthless_at_once(chief):
    token, text = make(chief)

    publishing.revoke_token(token, by=chief)

    assert publishing.use_token(text) is None
    assert ApiToken.objects.get().revoked_by == chief


def test_an_expired_token_is_worthless(chief):
    _, text = make(chief, expires_at=timezone.now() + timedelta(seconds=30))
    assert publishing.use_token(text)

    ApiToken.objects.update(expires_at=timezone.now())

    assert publishing.use_token(text) is None


def uses(token):
    """The uses of a token that the audit trail knows, oldest first."""
    rows = AuditEntry.objects.filter(action="use_token", object_id=str(token.pk)).order_by("id")
    return [(row.person, row.program, row.name, row.address) for row in rows]


def test_the_first_use_of_a_day_from_an_address_is_in_the_audit_trail(chief):
    token, text = make(chief)

    for address in ("192.0.2.1", "192.0.2.1", "2001:db8::1", "192.0.2.1"):
        with origin.coming_from("", address):
            publishing.use_token(text)

    who = (chief.username, "Wire", "Wire")
    assert uses(token) == [(*who, "192.0.2.1"), (*who, "2001:db8::1")]


def test_a_new_process_does_not_record_a_use_again(chief):
    token, text = make(chief)
    publishing.use_token(text)
    api_tokens._recorded.clear()

    publishing.use_token(text)

    assert len(uses(token)) == 1


def test_a_use_of_another_day_is_recorded_again(chief, monkeypatch):
    token, text = make(chief)
    publishing.use_token(text)
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)

    for _time in range(2):
        publishing.use_token(text)

    assert len(uses(token)) == 2


def test_a_token_that_is_refused_is_used_by_nobody(chief):
    token, text = make(chief)
    publishing.revoke_token(token, by=chief)

    publishing.use_token(text)

    assert uses(token) == []


@pytest.mark.parametrize("role", [cast.make_reporter, cast.make_editor])
def test_only_a_chief_editor_makes_and_revokes(chief, role):
    token, text = make(chief)
    person = role()

    for act in (lambda: make(person), lambda: publishing.revoke_token(token, by=person)):
        with pytest.raises(publishing.Forbidden):
            act()
    assert publishing.use_token(text)


def test_history_names_the_token_that_acted(chief):
    token, _ = make(chief)
    chief.api_token = token

    story = cast.make_story(chief)

    assert [version.token for version in story.versions.all()] == [token]


@pytest.mark.parametrize(
    ("more", "field"),
    [({"scopes": ["everything"]}, "scopes"), ({"expires_at": timezone.now()}, "expires_at")],
)
def test_a_senseless_token_is_refused(chief, more, field):
    with pytest.raises(publishing.Invalid) as refused:
        make(chief, **more)
    assert list(refused.value.errors) == [field]
