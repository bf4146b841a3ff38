"""Uvicorn's HTTP protocol, with bounds on the head of a request: its length and its time.

The server itself has none: a head of megabytes, or one that never ends, is held for ever.
"""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD = 64 * 1024  # bytes, about: nginx passes on 32 KB
HEAD_DEADLINE = 30.0  # seconds
TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large"
TOO_SLOW = b"HTTP/1.1 408 Request Timeout"
REST = b"\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class BoundedHttpProtocol(HttpToolsProtocol):
    """For `uvicorn --http config.http:BoundedHttpProtocol`."""

    _is_in_head, _head_size, _timer = False, 0, None

    def connection_made(self, transport):
        super().connection_made(transport)
        self._start_timer()

    def data_received(self, data):
        super().data_received(data)
        if not self._is_in_head:
            return
        self._head_size += len(data)
        if self._head_size > MOST_HEAD:
            self._refuse(TOO_LARGE)
        elif self._timer is None:
            self._start_timer()

    def on_message_begin(self):
        super().on_message_begin()
        self._is_in_head, self._head_size = True, 0

    def on_headers_complete(self):
        self._is_in_head = False
        self._stop_timer()
        super().on_headers_complete()

    def connection_lost(self, exc):
        self._stop_timer()
        super().connection_lost(exc)

    def _start_timer(self):
        self._timer = self.loop.call_later(HEAD_DEADLINE, self._refuse, TOO_SLOW)

    def _stop_timer(self):
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _refuse(self, status):
        self._is_in_head = False
        if not self.transport.is_closing():
            self.transport.write(status + REST)
            self.transport.close()
