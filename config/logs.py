"""What the log leaves out."""

import logging


class OneLineRefusals(logging.Filter):
    """Log a refused request (a foreign Host, a missing right) without the traceback.

    Anybody may cause them, as often as they like; only an error of ours is worth its traceback.
    """

    def filter(self, record):
        if getattr(record, "status_code", 500) < 500:
            record.exc_info = record.exc_text = None
        return True
