"""Remove old entries of the audit trail."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from liveblog.publishing import Refused, prune_trail


class Command(BaseCommand):
    help = "Removes entries of the audit trail that are older than AUDIT_DAYS; run it daily."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=settings.AUDIT_DAYS)

    def handle(self, *, days, **options):
        try:
            count = prune_trail(days=days)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{count} entries older than {days} days removed.")
