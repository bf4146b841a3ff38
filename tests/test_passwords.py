"""Passwords: hashed by Argon2id, and older hashes go on and are renewed at the next sign-in."""

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import make_password

from config import settings as configured
from tests import cast


@pytest.fixture(autouse=True)
def shipped_hashers(settings, quick_passwords):
    settings.PASSWORD_HASHERS = configured.PASSWORD_HASHERS


def test_new_passwords_are_hashed_by_argon2id():
    assert make_password("newsroom-pass").startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$")


def test_a_hash_of_djangos_default_goes_on_and_is_renewed(db, rf):
    user = cast.make_editor()
    user.password = make_password("newsroom-pass", hasher="pbkdf2_sha256")
    user.save()

    request = rf.post("/admin/login/")
    assert authenticate(request, username="edith", password="wrong") is None
    assert authenticate(request, username="edith", password="newsroom-pass") == user

    user.refresh_from_db()
    assert user.password.startswith("argon2$")
