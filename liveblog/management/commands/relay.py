"""Run a relay of the streams; `python -m liveblog.relay` does so without Django."""

from django.core.management.base import BaseCommand

from liveblog import relay


class Command(BaseCommand):
    help = "Fan the streams of a site out to many readers, without a database."
    requires_system_checks = ()

    def add_arguments(self, parser):
        relay.add_arguments(parser)

    def handle(self, *, upstream, port, host, thin, **options):
        relay.run(upstream=upstream, port=port, host=host, thin=thin)
