"""Why a verb said no: each tells what happened, what was kept and what to do."""


class PublishingError(Exception):
    """A verb was not carried out, and changed nothing."""


class Refused(PublishingError):
    """The person may not do this, or the thing is not in a state to have it done."""


class Forbidden(Refused):
    """The person's role does not allow this, whatever state the thing is in."""


class Invalid(PublishingError):
    """The content is not fit to be kept; `errors` maps field names to lists of messages."""

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
    """A file could not be written: the disk is full, or not to be written on."""


class Busy(PublishingError):
    """The story was locked for longer than the database's `lock_timeout`; try again."""
