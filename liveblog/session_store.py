"""Sessions as Django stores them, read by plain SQL: every request of an editor reads one."""

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

READ = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """Named as Django's, which signs sessions with the name of the class."""

    def load(self) -> dict:
        if "\0" in self.session_key:  # a cookie may be quoted; PostgreSQL takes NUL in no text
            self._session_key = None
            return {}
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(READ, [self.session_key, now])
            row = cursor.fetchone()
        if row:
            return self.decode(row[0])
        self._session_key = None
        return {}
