"""Publish what is scheduled and due."""

from django.core.management.base import BaseCommand

from liveblog import publishing


class Command(BaseCommand):
    help = "Publish what is scheduled and due; the server's ticker does so by itself as well."

    def handle(self, **options):
        for update in publishing.publish_due():
            self.stdout.write(f"Published {update} in {update.story.slug}.")
