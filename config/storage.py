"""Where static files lie in production."""

import re

from django.conf import settings
from servestatic.compress import Compressor
from servestatic.storage import CompressedManifestStaticFilesStorage

READERS = re.compile(r"/liveblog/(live/[\w.-]+\.js|[\w.-]+\.css)$")


class LighterFiles(Compressor):
    """Leaves comments and indentation out of what readers' scripts and styles weigh on their way.

    What others made, the editor's scripts say, travels as it came.
    """

    def __init__(self, **options):
        super().__init__(**options)
        self.lighter = Compressor(**options | {"minify": True})

    def compress(self, path):
        is_readers = READERS.search(path)
        return self.lighter.compress(path) if is_readers else super().compress(path)


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Files under names of their content, and the modules that they import under theirs.

    Else a page of today's release could get a module of yesterday's from a cache.
    """

    support_js_module_import_aggregation = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._urls: dict[str, str] = {}

    def url(self, name, force=False):
        """Return a file's address, worked out once: every page names a dozen of them."""
        if force or settings.DEBUG:
            return super().url(name, force)
        if name not in self._urls:
            self._urls[name] = super().url(name)
        return self._urls[name]

    def create_compressor(self, **options):
        return LighterFiles(**options)
