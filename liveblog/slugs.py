"""Make addresses from names and headlines."""

import re

from anyascii import anyascii

MAX_LENGTH = 60


def slugify(text: str, *, max_length: int = MAX_LENGTH) -> str:
    """Transliterate to lower-case ASCII words joined by hyphens.

    Cut on a word boundary at `max_length` characters; one longer word is cut
    inside. Empty where the text holds no letter or digit.
    """
    ascii_text = anyascii(re.sub(r"['’ʼ`´]", "", text)).lower()
    words = re.findall(r"[a-z0-9]+", ascii_text.replace("'", ""))
    slug = "-".join(words)
    if len(slug) <= max_length:
        return slug
    shortened, _, _ = slug[: max_length + 1].rpartition("-")
    return shortened or slug[:max_length]
