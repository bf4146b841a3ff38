"""Make a fresh machine ready to try Liveblog: the Kursk live blog and two accounts."""

import json
import secrets
import socket

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from liveblog.models import Story

STORY = "ukraine-kursk"
ACCOUNTS = {"chief@localhost": "Chief editor", "reporter@localhost": "Reporter"}


class Command(BaseCommand):
    help = "Load the demo where it is absent, make the local accounts, and say how to begin."

    def handle(self, **options):
        if not settings.DEBUG:
            raise CommandError("The demo and its accounts are for one machine: DEBUG is off.")
        _require_free_port()
        if not Story.objects.at_address(STORY).exists():
            call_command("loaddata", "ukraine_kursk", verbosity=0)
        self.stdout.write(_welcome(_make_accounts()))


def _require_free_port():
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", settings.PORT))
        except OSError as error:
            free = settings.PORT + 1
            raise CommandError(f"Port {settings.PORT} is taken: PORT={free} make run") from error


def _make_accounts() -> dict[str, str]:
    """Return the passwords; made at random once, and kept in a file of this machine alone."""
    path = settings.LOCAL_DIR / "accounts.json"
    known = json.loads(path.read_text()) if path.exists() else {}
    for name, role in ACCOUNTS.items():
        known.setdefault(name, secrets.token_urlsafe(12))
        user, is_new = User.objects.get_or_create(username=name, defaults={"is_staff": True})
        if is_new:
            user.set_password(known[name])
            user.save()
            user.groups.set([Group.objects.get(name=role)])
        elif not user.check_password(known[name]):
            known[name] = "(the password that you chose)"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps(known, indent=2) + "\n")
    return known


def _welcome(passwords):
    site = settings.SITE_URL
    rows = [
        ("The live page", f"{site}/live/{STORY}/"),
        ("Write an update", f"{site}/admin/liveblog/story/"),
        *((f"Sign in as {name}", password) for name, password in passwords.items()),
    ]
    return "\n" + "\n".join(f"  {label + ':':<32}{value}" for label, value in rows) + "\n"
