"""Which release this process serves: is the markup of an open page its own, and the script?"""

from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings

HERE = Path(__file__).parent
MARKUP = (HERE / "static/liveblog", HERE / "rendering", HERE / "locale")
ENDINGS = {".html", ".css", ".js", ".py", ".mo", ".svg"}


@cache
def release() -> str:
    """Return a digest of all that readers' pages are made of; read once in a process's life."""
    folders = [*MARKUP, *(Path(each) for each in settings.TEMPLATES[0]["DIRS"])]
    digest = blake2b(digest_size=6)
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in ENDINGS and path.is_file():
                digest.update(str(path.relative_to(folder)).encode() + b"\0")
                digest.update(path.read_bytes())
    return digest.hexdigest()
