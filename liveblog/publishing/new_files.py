"""The files that an import stores: deleted again if it fails."""

from contextlib import ExitStack


class NewFiles(ExitStack):
    """Deletes files on failure; a part hands its files on to its whole."""

    def __init__(self, whole: "NewFiles | None" = None):
        super().__init__()
        self.whole = whole

    def __exit__(self, kind, error, trace):
        if kind is None:
            kept = self.pop_all()
            if self.whole is not None:
                self.whole.push(kept)
        return super().__exit__(kind, error, trace)
