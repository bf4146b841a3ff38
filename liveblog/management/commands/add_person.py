"""Add a colleague's account from the command line: the first one, or any other."""

import getpass
import sys

from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from liveblog.accounts import one_time_link
from liveblog.models import AuditAction
from liveblog.publishing import record
from liveblog.publishing.policy import CHIEF_EDITOR, EDITOR, REPORTER

ROLES = {"reporter": REPORTER, "editor": EDITOR, "chief": CHIEF_EDITOR}


class Command(BaseCommand):
    help = (
        "Add a colleague with a role, and print a one-time link, good for three days, where they "
        "set their password. With --password-stdin the password is read from standard input."
    )

    def add_arguments(self, parser):
        parser.add_argument("username", help="The name to sign in with.")
        parser.add_argument("--role", choices=ROLES, default="reporter")
        parser.add_argument("--first-name", default="")
        parser.add_argument("--last-name", default="")
        parser.add_argument("--email", default="")
        parser.add_argument("--password-stdin", action="store_true")

    def handle(self, *, username, role, password_stdin, **options):
        fields = {name: options[name] for name in ("first_name", "last_name", "email")}
        user = User(username=username, is_staff=True, **fields)
        password = _read_password() if password_stdin else None
        _check(user, password)
        user.set_password(password)
        with transaction.atomic():
            user.save()
            user.groups.set([Group.objects.get(name=ROLES[role])])
            details = {"username": username, **fields, "roles": [ROLES[role]]}
            record(AuditAction.CREATE_ACCOUNT, on=user, details=details)
        self.stdout.write(f"{username} may sign in as {ROLES[role]}.")
        if password is None:
            self.stdout.write(
                f"To set the password, once and within three days, open:\n{one_time_link(user)}"
            )


def _read_password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("Password: ")
    return sys.stdin.readline().rstrip("\n")


def _check(user, password) -> None:
    """Raise `CommandError` with all that is wrong with an account and its password."""
    try:
        user.full_clean(exclude=["password"])
        if password is not None:
            validate_password(password, user)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
