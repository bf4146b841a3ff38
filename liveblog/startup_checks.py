"""What a server refuses to start with: each fault has an id, and a hint that mends it."""

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

KEY_LENGTH, KEY_CHARACTERS = 50, 5  # as Django's own check (security.W009)
NO_KEYS = ("demo-only-", "django-insecure-")  # how keys that anybody can read begin
NEW_KEY = 'python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
LOCAL_NAMES = (".localhost", ".local", ".internal", ".test", ".home.arpa")


def refuse_unsafe_settings() -> None:
    """Raise `ImproperlyConfigured` with all that the security checks find."""
    found = checks.run_checks(tags=[checks.Tags.security])
    serious = [each for each in found if each.is_serious() and not each.is_silenced()]
    if serious:
        raise ImproperlyConfigured("\n".join(map(str, serious)))


@checks.register(checks.Tags.security)
def check_secret_key(app_configs, **kwargs):
    key = settings.SECRET_KEY
    is_long = len(key) >= KEY_LENGTH and len(set(key)) >= KEY_CHARACTERS
    if settings.DEBUG or (is_long and not key.startswith(NO_KEYS)):
        return []
    return [
        checks.Error(
            "SECRET_KEY is short, or one that anybody can read: sessions could be forged.",
            hint=f"Make one that nobody else has: {NEW_KEY}",
            id="liveblog.E010",
        )
    ]


@checks.register(checks.Tags.security)
def check_hosts(app_configs, **kwargs):
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [
        checks.Error(
            "ALLOWED_HOSTS is *: anybody can have pages rendered under a name of theirs.",
            hint="Name the site's hosts: ALLOWED_HOSTS=live.example.org",
            id="liveblog.E011",
        )
    ]


@checks.register(checks.Tags.security)
def check_https(app_configs, **kwargs):
    site = urlsplit(settings.SITE_URL)
    if settings.DEBUG or site.scheme == "https" or _is_loopback(site.hostname or ""):
        return []
    return [
        checks.Error(
            f"SITE_URL is {settings.SITE_URL}: passwords and sessions would travel in the open.",
            hint="Put a proxy with a certificate in front, and write https:// in SITE_URL.",
            id="liveblog.E012",
        )
    ]


@checks.register(checks.Tags.security)
def check_debug(app_configs, **kwargs):
    if not settings.DEBUG:
        return []
    named = {*settings.ALLOWED_HOSTS, urlsplit(settings.SITE_URL).hostname or ""}
    return [
        checks.Error(
            f"DEBUG is on, and {host} is public: errors would show settings and code to readers.",
            hint="Set DEBUG=0 and a SECRET_KEY, or serve this machine alone.",
            id="liveblog.E013",
        )
        for host in sorted(named)
        if _is_public(host)
    ]


@checks.register(checks.Tags.security)
def check_proxies(app_configs, **kwargs):
    if settings.DEBUG:
        return []
    return [
        checks.Error(
            f"FORWARDED_ALLOW_IPS has {each}: anybody can write the address and scheme they "
            "come from.",
            hint="Name the proxies' addresses or networks: FORWARDED_ALLOW_IPS=10.0.0.0/8",
            id="liveblog.E014",
        )
        for each in settings.TRUSTED_PROXIES
        if _is_everybody(each.strip())
    ]


@checks.register(checks.Tags.security)
def check_grip(app_configs, **kwargs):
    if not settings.GRIP_URL or settings.GRIP_KEY:
        return []
    return [
        checks.Error(
            "GRIP_URL is set without GRIP_KEY: anybody could have streams held.",
            hint="Set GRIP_KEY to the proxy's sig_key.",
            id="liveblog.E015",
        )
    ]


def _is_everybody(proxy) -> bool:
    try:
        return ipaddress.ip_network(proxy, strict=False).prefixlen == 0
    except ValueError:
        return proxy == "*"


def _is_loopback(host) -> bool:
    address = _address(host)
    return address.is_loopback if address else host == "localhost" or host.endswith(".localhost")


def _is_public(host) -> bool:
    """Whether readers anywhere may reach a host; `.example.org` stands for all of its names."""
    address = _address(host)
    if address:
        return not (address.is_private or address.is_loopback)
    return "." in host and not host.endswith(LOCAL_NAMES)


def _address(host):
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None
