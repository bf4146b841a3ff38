"""Receive webhooks: check the signature, remember the newest cursor, answer at once.

pip install standardwebhooks;  WEBHOOK_SECRET=whsec_… python webhook_receiver.py 8080
"""

import os
import sys
from wsgiref.simple_server import make_server

from standardwebhooks import Webhook, WebhookVerificationError

newest = {}  # story → cursor; another part of your program fetches what came after its own


def receive(environ, start_response):
    names = ("webhook-id", "webhook-timestamp", "webhook-signature")
    headers = {name: environ.get(f"HTTP_{name.upper().replace('-', '_')}", "") for name in names}
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    try:
        message = Webhook(os.environ["WEBHOOK_SECRET"]).verify(body, headers)
    except WebhookVerificationError:
        start_response("401 Unauthorized", [])
        return []
    newest[message["data"]["story"]] = message["data"]["cursor"]
    start_response("204 No Content", [])
    return []


if __name__ == "__main__":
    make_server("127.0.0.1", int(sys.argv[1]), receive).serve_forever()
