"""Load the demo: the Kursk live blog and two accounts."""

import json
import os
import secrets
import socket

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from liveblog.accounts import LOCAL
from liveblog.models import Story

STORY = "ukraine-kursk"
ROLES = {f"chief{LOCAL}": "Chief editor", f"reporter{LOCAL}": "Reporter"}


class Command(BaseCommand):
    help = "Load the demo where it is absent, make the local accounts, and say how to begin."

    def add_arguments(self, parser):
        parser.add_argument(
            "--accounts-only", action="store_true", help="Leave the demo live blog out."
        )

    def handle(self, *, accounts_only, **options):
        if not settings.DEBUG:
            raise CommandError(
                "The demo and its accounts are for one machine, and DEBUG is off. "
                "Make accounts with: manage.py add_person NAME --role chief"
            )
        _require_free_port(settings.PORT)
        if not accounts_only and not Story.objects.at_address(STORY).exists():
            call_command("loaddata", "ukraine_kursk", verbosity=0)
        self.stdout.write(_welcome(_make_accounts()))


def _require_free_port(port):
    with socket.socket() as door:
        # As uvicorn binds: connections of a server just ended don't count.
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"Port {port} can't be used ({error.strerror}). Take another: "
                f"make run PORT={port + 1}"
            ) from error


def _make_accounts() -> dict[str, str | None]:
    """Create the accounts and return their passwords; None where one was changed since."""
    passwords = _passwords()
    for name, role in ROLES.items():
        user, is_new = User.objects.get_or_create(
            username=name, defaults={"is_staff": True, "first_name": role}
        )
        if is_new:
            user.set_password(passwords[name])
            user.save(update_fields=["password"])
            user.groups.set([Group.objects.get(name=role)])
        elif not user.check_password(passwords[name]):
            passwords[name] = None
    return passwords


def _passwords() -> dict[str, str]:
    """Read the random passwords, stored once in a file that only this user can read."""
    path = settings.LOCAL_DIR / "accounts.json"
    known = json.loads(path.read_text()) if path.exists() else {}
    passwords = {name: known.get(name) or secrets.token_urlsafe(12) for name in ROLES}
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        os.fchmod(file.fileno(), 0o600)
        json.dump(passwords, file, indent=2)
    return passwords


def _welcome(passwords) -> str:
    story = Story.objects.at_address(STORY).first()
    rows = []
    if story:
        path = reverse("desk:page", args=[story.pk])
        rows.append(("The live page", settings.SITE_URL + story.get_absolute_url()))
        rows.append(("Write an update", settings.SITE_URL + path))
    rows += [(f"Sign in as {name}", _told(name, each)) for name, each in passwords.items()]
    if "rehearse" in get_commands():
        rows.append(("A newsroom drill", "make rehearse (in a second terminal)"))
    width = max(len(label) for label, _ in rows)
    return "\n" + "\n".join(f"  {label:<{width}}  {value}" for label, value in rows) + "\n"


def _told(name, password) -> str:
    return password or f"with the password set since (another: manage.py changepassword {name})"
