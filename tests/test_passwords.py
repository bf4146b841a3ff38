"""Passwords: hashed by Argon2id, and older hashes go on and are renewed at the next sign-in."""

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

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


@pytest.mark.parametrize(
    "password",
    [
        *("123456789012", "aaaaaaaaaaaa", "qwertyuiop12", "Password1234!", "abcabcabcabc"),
        *("edith-2024-!!!", "Lindqvist20261128", "edithedithedith"),
    ],
)
def test_what_is_easy_to_guess_is_refused(password):
    person = User(username="edith", first_name="Edith", last_name="Lindqvist")

    with pytest.raises(ValidationError):
        validate_password(password, person)


@pytest.mark.parametrize(
    "password", ["correct horse battery", "lazy dogs sleep", "x" + "é§k9" * 30]
)
def test_phrases_are_accepted(password):
    validate_password(password, User(username="edith"))
