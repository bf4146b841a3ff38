"""Passwords: how they are hashed, and which are too easy to guess."""

import threading

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

# zxcvbn tries all pieces of a text; what is longer than this is judged by its beginning.
MOST_JUDGED = 64
STRONG = 3  # of 4: more than 10^8 guesses
_hashing = threading.BoundedSemaphore(2)


class NewsroomPasswordHasher(Argon2PasswordHasher):
    """OWASP's parameters (Password Storage Cheat Sheet): 46 MiB, one pass, one thread.

    Django's default (PBKDF2) takes five times the processor's time: forty editors who sign in
    together would wait for each other, and readers for them. Two at a time are hashed in a
    process, so that a crowd that signs in takes neither its processors nor its memory.
    """

    memory_cost, time_cost, parallelism = 47104, 1, 1

    def encode(self, password, salt):
        with _hashing:
            return super().encode(password, salt)

    def verify(self, password, encoded):
        with _hashing:
            return super().verify(password, encoded)


class GuessablePasswordValidator:
    """Refuse a password that is a common word, a sequence, a repetition or the person's name."""

    def validate(self, password, user=None):
        names = _names_of(user)
        judged = zxcvbn(password[:MOST_JUDGED] or " ", user_inputs=names)  # fails on none
        if judged["score"] < STRONG or _is_decorated(password, names):
            raise ValidationError(
                _("This password is too easy to guess: take four words without a connection."),
                code="password_guessable",
            )

    def get_help_text(self):
        return _("No name, no sequence, no repetition: four words without a connection.")


def _names_of(user) -> list[str]:
    values = [getattr(user, name, "") for name in ("username", "first_name", "last_name", "email")]
    pieces = {piece for value in values for piece in value.lower().replace("@", ".").split(".")}
    return sorted({*map(str.lower, values), *pieces} - {""})


def _is_decorated(password, names) -> bool:
    """Return whether a name with digits and signs around it is all that there is."""
    rest = password.lower()
    for name in sorted(names, key=len, reverse=True):
        rest = rest.replace(name, "") if len(name) >= 4 else rest
    return rest != password.lower() and sum(each.isalpha() for each in rest) < 4
