"""Which language a text is in: by its script, else by its short words and letters."""

import re
from collections import Counter
from functools import cache

from . import vocabulary

_LOOKED_AT = 6000  # characters
_LEAST_WORDS = 3
_WORD = re.compile(r"[^\W\d_]+")
_ARABIC = re.compile("[\u0620-\u06ff]")
_URDU = re.compile("[ٹڈڑے]")
_PERSIAN = re.compile("[پچژگ]")
_SCRIPTS = {
    "ja": re.compile("[\u3040-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "hy": re.compile("[\u0530-\u058f]"),
    "ka": re.compile("[\u10a0-\u10ff]"),
    "el": re.compile("[\u0370-\u03ff]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
}


def guess_language(text: str) -> str:
    """Return the language's code, or nothing where the text is short or could be of several."""
    text = text[:_LOOKED_AT]
    letters = sum(map(str.isalpha, text))
    for language, script in _SCRIPTS.items():
        found = len(script.findall(text))
        if found > (letters / 10 if language == "ja" else letters / 3) and found > _LEAST_WORDS:
            return language
    if len(_ARABIC.findall(text)) > letters / 3:
        return "ur" if _URDU.search(text) else "fa" if _PERSIAN.search(text) else "ar"
    words = Counter(vocabulary.fold(word) for word in _WORD.findall(text))
    signs = Counter(text.casefold())
    counts = Counter(
        {
            name: sum(words[word] for word in common) + sum(signs[each] for each in letters)
            for name, (common, letters) in _signs().items()
        }
    )
    (best, count), (_, second) = counts.most_common(2)
    return best if count >= _LEAST_WORDS and count > second * 1.1 else ""


@cache
def _signs():
    """Return each language's frequent words, and the letters that it alone has."""
    return {
        name: (
            frozenset(map(vocabulary.fold, tables["common"].split())),
            frozenset(tables.get("letters", "").split()),
        )
        for name, tables in vocabulary.languages().items()
        if tables.get("common")
    }
