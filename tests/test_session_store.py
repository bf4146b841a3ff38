"""Sessions read by plain SQL are those that Django stores."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from liveblog.session_store import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored():
    session = db.SessionStore()
    session["name"] = "Ольга"
    session.create()
    return session


def test_a_session_of_django_is_read(stored):
    session = SessionStore(stored.session_key)

    assert session["name"] == "Ольга"
    assert session.session_key == stored.session_key


def test_what_it_stores_django_reads(stored):
    session = SessionStore(stored.session_key)
    session["name"] = "Ana"
    session.save()

    assert db.SessionStore(stored.session_key)["name"] == "Ana"


@pytest.mark.parametrize("ends", ["expired", "unknown", "rubbish", "none"])
def test_none_is_read_and_its_key_is_not_used_again(stored, ends):
    key = {"unknown": "x" * 32, "rubbish": "x\0" * 16, "none": None}.get(ends, stored.session_key)
    if ends == "expired":
        Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    session = SessionStore(key)

    assert session.get("name") is None
    assert session.session_key is None
