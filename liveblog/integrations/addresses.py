"""Which addresses of others we send to: public ones by https, whatever a name resolves to."""

import ipaddress
import socket
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: holds an IPv4 address


class AddressRefused(ValueError):
    """We don't send there; says why."""


def check_url(url: str) -> tuple[str, str, int, str]:
    """Return scheme, host, port and target of an address; raises `AddressRefused`.

    A host that is a name is judged when it is connected to: its addresses may change.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressRefused(_("This is no address.")) from error
    schemes = ("https", "http") if settings.WEBHOOKS_ALLOW_PRIVATE else ("https",)
    if parts.scheme not in schemes:
        raise AddressRefused(_("The address must begin with https://."))
    if not parts.hostname or parts.username or parts.password or not url.isascii():
        raise AddressRefused(_("The address needs a host, and no user name or password."))
    host = parts.hostname
    if _is_literal(host) or host == "localhost" or host.endswith(".localhost"):
        require_public("127.0.0.1" if "localhost" in host else host)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, host, port or (443 if parts.scheme == "https" else 80), target


def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host; raises `AddressRefused` unless all are public."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(each[4][0] for each in found))
    for address in addresses:
        require_public(address)
    return addresses


def require_public(address: str) -> None:
    """Refuse private, loopback, link-local, multicast and reserved IP addresses."""
    ip = _inner(ipaddress.ip_address(address.partition("%")[0]))
    if settings.WEBHOOKS_ALLOW_PRIVATE:
        return
    if not ip.is_global or ip.is_multicast or ip.is_reserved:
        raise AddressRefused(_("The address leads into a private network."))


def _inner(ip):
    """Return the IPv4 address that an IPv6 address stands for, where it does."""
    if ip.version == 4:
        return ip
    if ip in NAT64:
        return ipaddress.ip_address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1]) or ip


def _is_literal(host):
    try:
        ipaddress.ip_address(host)
    except ValueError:
        # What a resolver would take for an IPv4 address too: 127.1, 0x7f.1, 2130706433.
        return False if not _is_odd_ipv4(host) else _refuse_odd()
    return True


def _is_odd_ipv4(host):
    last = host.rstrip(".").rpartition(".")[2]
    return last.isdigit() or last.lower().startswith("0x")


def _refuse_odd():
    raise AddressRefused(_("Write the host as a name."))
