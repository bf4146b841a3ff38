"""How the log is written: one line an event, with the request's id and nobody's address."""

import json
import logging
import re
from datetime import UTC, datetime

from liveblog import origin


class RequestId(logging.Filter):
    """Put the id of the request at hand into each record."""

    def filter(self, record):
        record.request_id = origin.current.get().request_id or "-"
        return True


class OneLineRefusals(logging.Filter):
    """Log a refused request (a foreign Host, a missing right) without the traceback.

    Anybody may cause them, as often as they like; only an error of ours is worth its traceback.
    """

    def filter(self, record):
        if getattr(record, "status_code", 500) < 500:
            record.exc_info = record.exc_text = None
        return True


class NoOneTimeLinks(logging.Filter):
    """Leave the secret of a link to set a password out: Django logs the paths that it refuses."""

    LINK = re.compile(r"(/admin/welcome/)[^/\s]+/[^\s\"']+")

    def filter(self, record):
        message = record.getMessage()
        if self.LINK.search(message):
            record.msg, record.args = self.LINK.sub(r"\1…", message), ()
        return True


class Line(logging.Formatter):
    """For people: `2024-10-25 08:30:00,123 INFO liveblog.requests [id]: …`; a traceback follows it.

    What a request brought can't begin a line of its own.
    """

    def __init__(self):
        super().__init__("{asctime} {levelname} {name} [{request_id}]: {message}", style="{")

    def formatMessage(self, record):  # noqa: N802 (logging's name)
        return super().formatMessage(record).replace("\r", "\\r").replace("\n", "\\n")


class JsonLine(logging.Formatter):
    """For machines: one JSON object a line, a traceback in it as one text."""

    def format(self, record):
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": record.request_id,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
