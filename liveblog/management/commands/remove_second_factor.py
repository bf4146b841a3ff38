"""Take a lost second factor away, so that its person sets up another at the next sign-in."""

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from liveblog import second_factor, sessions


class Command(BaseCommand):
    help = "Take away a colleague's second factor and recovery codes, and end their sessions."

    def add_arguments(self, parser):
        parser.add_argument("username", help="The name that the colleague signs in with.")

    def handle(self, *, username, **options):
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"Nobody signs in as “{username}”.")
        if not second_factor.remove(user):
            raise CommandError(f"{username} has no second factor.")
        ended = sessions.end(user, but=None)
        self.stdout.write(f"{username} has no second factor any more; sessions ended: {ended}.")
