"""Django's `dumpdata`, without the audit trail unless it is asked for by name."""

from django.core.management.commands import dumpdata

TRAIL = ["liveblog.auditentry", "liveblog.auditretention"]  # of this site, and no part of a story


class Command(dumpdata.Command):
    def handle(self, *labels, exclude=(), **options):
        asked = {label.lower() for label in labels}
        left_out = [model for model in TRAIL if model not in asked]
        super().handle(*labels, exclude=[*exclude, *left_out], **options)
