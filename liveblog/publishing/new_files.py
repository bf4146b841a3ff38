"""The files that an import stores: kept if all of it succeeds, else taken away again."""

from contextlib import ExitStack


class NewFiles(ExitStack):
    """Holds what takes files away again; those of a part wait for its whole."""

    def __init__(self, whole: "NewFiles | None" = None):
        super().__init__()
        self.whole = whole

    def __exit__(self, kind, error, trace):
        if kind is None:
            kept = self.pop_all()
            if self.whole is not None:
                self.whole.push(kept)
        return super().__exit__(kind, error, trace)
