"""A receiver of webhooks, as somebody else would write it: a plain HTTP server on this machine."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver:
    """Remembers every request; `answer(request)` says the status, or status and headers."""

    def __init__(self, answer=lambda request: 204):
        self.requests, self.answer = [], answer
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                length = int(self.headers.get("Content-Length", 0))
                request = {
                    "path": self.path,
                    "headers": {name.lower(): value for name, value in self.headers.items()},
                    "body": self.rfile.read(length),
                }
                result = outer.answer(request)
                status, headers = result if isinstance(result, tuple) else (result, {})
                outer.requests.append({**request, "status": status})
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *arguments):
                """Nothing: tests read `requests`."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    @property
    def received(self):
        """The messages that were answered with success."""
        return [json.loads(each["body"]) for each in self.requests if each["status"] < 300]

    def wait_for(self, condition, seconds=20):
        """Wait until `condition(self)`; returns whether it came true."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if condition(self):
                return True
            time.sleep(0.02)
        return False
