"""Text that went through an encoding once too often, and names of emoji."""

import re
from html import unescape

import emoji
import ftfy

_ENCODED_TAG = re.compile(r"&(?:amp;)?lt;/?(?:p|br|strong|em|b|i|a|ul|ol|li|div|span|img|h[1-6])\b")
_ENCODED_AGAIN = re.compile(r"&amp;(#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-z]{2,8});")
_MOJIBAKE = re.compile("[ÂÃâÐÑ][\x80-\xbf\u2018-\u201e€†‡…‰‹›ŒœŠšŽžŸƒˆ˜–—•™¡-¿]")


def decode_again(text: str) -> str:
    """Decode what went through the same encoding twice."""
    for _ in range(2):
        if "<" in text or not _ENCODED_TAG.search(text):
            break
        text = unescape(text)
    return _ENCODED_AGAIN.sub(r"&\1;", text)


def mend_words(text: str) -> str:
    """Read UTF-8 that was taken for Latin-1, and names of emoji."""
    if _MOJIBAKE.search(text):
        text = ftfy.fix_encoding(text)
    return emoji.emojize(text, language="alias") if text.count(":") > 1 else text
