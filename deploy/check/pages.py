"""Every page that links lead to from the front page, through nginx, as JSON.

    python -m deploy.check.pages EPOCH … > FILE

A restored story has another epoch, on purpose: all of them are taken out of the pages.
"""

import hashlib
import json
import re
import sys
import time
from http import HTTPStatus
from urllib.parse import urldefrag, urljoin

from .editor import SITE, client

LINK = re.compile(r'(?:href|src|srcset)="([^"]+)"|<(?:loc|link|id)>([^<]+)<')
FIRST = ("/", "/sitemap.xml", "/robots.txt", "/front.json", "/feeds/rss.xml", "/search?q=update")
MOST = 1000


def main(*epochs: str) -> None:
    epoch = re.compile("|".join(map(re.escape, epochs)))
    with client() as reader:
        _read_all(reader, epoch)  # nginx may show what was right 25 s ago while it asks anew
        json.dump(_read_all(reader, epoch), sys.stdout)


def _read_all(reader, epoch) -> dict[str, list]:
    waiting, seen, found = [SITE + path for path in FIRST], set(), {}
    while waiting and len(seen) < MOST:
        address = waiting.pop()
        seen.add(address)
        answer = _get(reader, address)
        text = epoch.sub("EPOCH", answer.content.decode("latin-1"))
        digest = hashlib.sha256(text.encode()).hexdigest()
        found[epoch.sub("EPOCH", address)] = [answer.status_code, digest]
        waiting += {*_links(address, answer)} - seen - {*waiting}
    return found


def _get(reader, address):
    """Ask again where nginx has one address wait, as one that asks for a page every 10 ms is."""
    while (answer := reader.get(address)).status_code == HTTPStatus.TOO_MANY_REQUESTS:
        time.sleep(1)
    return answer


def _links(address, answer):
    """Return the addresses of this site that a page names; the admin is not for readers."""
    if not re.match(
        "text/html|application/(atom|rss)|application/xml", answer.headers["content-type"]
    ):
        return
    for one, other in LINK.findall(answer.text):
        for each in re.split(r",\s+", one or other):  # srcset
            link = urldefrag(urljoin(address, each.split()[0].replace("&amp;", "&"))).url
            if link.startswith(f"{SITE}/") and not link.startswith(
                (f"{SITE}/admin", f"{SITE}/api")
            ):
                yield link


if __name__ == "__main__":
    main(*sys.argv[1:])
