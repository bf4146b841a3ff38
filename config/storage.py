"""Where static files lie in production."""

from servestatic.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Files under names of their content, and the modules that they import under theirs.

    Else a page of today's release could get a module of yesterday's from a cache.
    """

    support_js_module_import_aggregation = True
