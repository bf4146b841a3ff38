"""Errors of verbs; each says what happened, what was saved and what to do."""


class PublishingError(Exception):
    """A verb failed and changed nothing."""


class Refused(PublishingError):
    """The person may not do this, or the row's state doesn't allow it."""


class Forbidden(Refused):
    """The person's role doesn't allow this in any state."""


class Invalid(PublishingError):
    """The content is invalid; `errors` maps field names to lists of messages."""

    def __init__(self, errors: dict[str, list[str]]):
        self.errors = errors
        super().__init__(
            "; ".join(f"{field}: {' '.join(problems)}" for field, problems in errors.items())
        )


class Conflict(PublishingError):
    """Somebody saved first: `current` is the row as it is now, `attempted` the refused content."""

    def __init__(self, message, *, current, attempted):
        self.current = current
        self.attempted = attempted
        super().__init__(message)


class Unstored(PublishingError):
    """A file could not be written: the disk is full or read-only."""


class Busy(PublishingError):
    """The story was locked for longer than the database's `lock_timeout`; try again."""
