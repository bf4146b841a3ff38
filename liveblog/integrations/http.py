"""One HTTP request to somebody else's server: to a checked address, bounded, never redirected."""

import http.client
import socket
import ssl
import threading
import time
from urllib.parse import urlencode

from liveblog.publishing.delivery import Outcome

from .addresses import AddressRefused, check_url, resolve

CONNECT, DEADLINE = 5, 15  # seconds: to connect and between two packets; for everything
LONGEST = 30 + 3 * CONNECT + DEADLINE  # finding the address, two tries, TLS, and the rest
AGENT = "Liveblog"


def post(url: str, body: bytes, headers: dict[str, str]) -> Outcome:
    """Send a body and return the answer's status; what the answer says is not read."""
    begun = time.monotonic()
    try:
        status, error = _post(url, body, headers), ""
    except AddressRefused as refusal:
        status, error = None, str(refusal)
    except (OSError, http.client.HTTPException) as failure:
        status, error = None, f"{type(failure).__name__}: {failure}"
    return Outcome(status, error, round(1000 * (time.monotonic() - begun)))


def post_form(url: str, fields: dict[str, str]) -> Outcome:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return post(url, urlencode(fields).encode(), headers)


def _post(url, body, headers) -> int:
    scheme, host, port, target = check_url(url)
    connection = _connect(scheme, host, port)
    is_late = threading.Event()
    # A server that sends one byte now and then would hold us for ever.
    timer = threading.Timer(DEADLINE, _cut, [connection.sock, is_late])
    timer.daemon = True
    timer.start()
    try:
        connection.request("POST", target, body, {"User-Agent": AGENT, **headers})
        status = connection.getresponse().status
    finally:
        timer.cancel()
        connection.close()
    if is_late.is_set():  # what was read until then looks like a whole answer
        raise TimeoutError("no answer in time")
    return status


def _connect(scheme, host, port) -> http.client.HTTPConnection:
    """Connect to the very address that was checked: a second look-up might give another."""
    sock = _open(resolve(host, port), port)
    try:
        if scheme == "https":
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
    except BaseException:
        sock.close()
        raise
    kind = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
    connection = kind(host, port, timeout=CONNECT)
    connection.sock = sock
    return connection


def _open(addresses, port) -> socket.socket:
    failure = OSError("no address")
    for address in addresses[:2]:
        try:
            return socket.create_connection((address, port), timeout=CONNECT)
        except OSError as error:
            failure = error
    raise failure


def _cut(sock, is_late):
    is_late.set()
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # closed already
