"""What a line looks like: sentence, headline, quotation, credit, “Updated”."""

import re

MOST_IN_HEADLINE = 140
MOST_IN_CREDIT = 40

FULL_STOPS = ".…。।۔．｡"
_CLOSING = "\"'”’»›“‘«‹)]}」』）］】〉》"
_SPACES = " \t\xa0\u2009\u202f\u3000"
_QUOTES = {
    '"': '"',
    "'": "'",
    "“": "”",
    "‘": "’",
    "«": "»",
    "‹": "›",
    "„": "“”",
    "‚": "‘’",
    "»": "«",
    "”": "”",
    "’": "’",
    "「": "」",
    "『": "』",
}
# U.S., a.m., EE.UU., т.д.
_INITIALS = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}\.")
_ONE_LETTER = re.compile(r"[^\W\d_]\.")
# Case matters: “He said no.” ends a sentence.
_TITLES = {
    *("Mr.", "Mrs.", "Ms.", "Dr.", "Prof.", "St.", "Gen.", "Gov.", "Sen.", "Rep.", "Rev.", "Lt."),
    *("Col.", "Sgt.", "Capt.", "Maj.", "Adm.", "Hon.", "Sr.", "Sra.", "Dra.", "Sto.", "Sta."),
    *("Mt.", "Ft.", "Nos.", "vs.", "núm.", "pág.", "Ud.", "Uds.", "EE.", "вул.", "ім.", "св."),
}
_ABBREVIATIONS = _TITLES | {
    *("Inc.", "Ltd.", "Co.", "Corp.", "Bros.", "Jr.", "Cía.", "UU.", "etc.", "Ave.", "Blvd."),
    *("Dept.", "Jan.", "Feb.", "Apr.", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.", "млн.", "млрд."),
    *("тис.", "грн.", "approx.", "Calif.", "Pa.", "Fla."),
}

_UPDATED = re.compile(
    r"(?:last updated?|updated|actualizad[oa]|última actualización|mis à jour|aktualisiert"
    r"|aggiornato|atualizado|оновлено|обновлено)(?!\w)",
    re.IGNORECASE,
)
_OF_TIMES = re.compile(
    r"\d+(?:st|nd|rd|th|h|hrs?|am|pm|m|min|º)?|[A-Z]{2,5}"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}"
    r"|(?:mon|tues?|wed|wednes|thu|thurs|fri|sat|satur|sun)(?:day)?"
    r"|ene(?:ro)?|febrero|marzo|abr(?:il)?|mayo|junio|julio|ago(?:sto)?|septiembre|octubre"
    r"|noviembre|dic(?:iembre)?|at|on|of|and|the|am|pm|a|p|m|h|hrs?|hours?|mins?|minutes?|ago"
    r"|just|now|today|yesterday|local|time|las|los|el|de|del|hace|hoy|horas|minutos|um|uhr"
    r"|о|об|січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада"
    r"|грудня",
    re.IGNORECASE,
)
_ALONE = re.compile(r"\d|now|today|ago|hoy", re.IGNORECASE)


def ends_in_full_stop(text: str) -> bool:
    """Whether a sentence ends here, in or out of quotes; an abbreviation's stop is none."""
    return _last_stop(text) and not ends_in_abbreviation(text)


def ends_in_abbreviation(text: str) -> bool:
    """Whether the text ends in a stop that belongs to an abbreviation: `U.S.`, `8 p. m.`."""
    return _ends_in(text, _ABBREVIATIONS)


def is_headline(text: str) -> bool:
    """Whether one line may stand over an update, by its own look."""
    return (
        len(text) <= MOST_IN_HEADLINE
        and not text.rstrip(_SPACES).endswith((":", "："))
        and not ends_in_full_stop(text)
        and not is_quotation(text)
        and any(map(str.isalnum, text))
    )


def is_quotation(text: str) -> bool:
    """Whether one pair of quotation marks holds the whole text."""
    text = text.strip(_SPACES)
    closing = _QUOTES.get(text[:1], "")
    if len(text) < 2 or not closing or text[-1] not in closing:
        return False
    depth = 1
    for index in range(1, len(text) - 1):
        depth += _quote_step(text, index, closing)
        if depth == 0:
            return False
    return True


def split_credit(text: str) -> tuple[str, str] | None:
    """Part a caption from the credit glued to its end: `….AP` → (`….`, `AP`)."""
    text = text.rstrip(_SPACES)
    stop = max(text.rfind(mark) for mark in FULL_STOPS + "!?！？")
    credit = text[stop + 1 :].lstrip(_CLOSING)
    caption = text[: len(text) - len(credit)]
    if stop < 1 or not 1 <= len(credit) <= MOST_IN_CREDIT or not _is_capital(credit[0]):
        return None
    return None if _is_inside_word(text[: stop + 1], credit) else (caption, credit)


def is_updated(text: str) -> bool:
    """Whether this is the page's own `Updated`, with or without a moment."""
    match = _UPDATED.match(text)
    if not match or len(text) > 80:
        return False
    words = [word for word in re.split(r"[\s,:;.…\-–—/()|·+]+", text[match.end() :]) if word]
    rest = " ".join(words)
    return not words or bool(_ALONE.search(rest) and all(map(_OF_TIMES.fullmatch, words)))


def _last_stop(text):
    return text.rstrip(_CLOSING + _SPACES).endswith(tuple(FULL_STOPS))


def _ends_in(text, abbreviations):
    words = text[-60:].rstrip(_CLOSING + _SPACES).split()[-2:]
    words = [word.lstrip("([{\"'“‘«„¿¡") for word in words]
    if not words:
        return False
    return (
        words[-1] in abbreviations
        or _INITIALS.fullmatch(words[-1]) is not None
        or (len(words) == 2 and all(map(_ONE_LETTER.fullmatch, words)))
    )


def _quote_step(text, index, closing):
    """Return what the mark at `index` does to the number of open quotation marks."""
    mark = text[index]
    between_letters = text[index - 1].isalnum() and text[index + 1].isalnum()
    if mark in "'’‘" and between_letters:
        return 0
    if mark in closing:
        return -1
    return 1 if mark == text[0] else 0


def _is_capital(letter):
    return letter.isupper() or letter.istitle()


def _is_inside_word(before, after):
    """Whether the stop joins two parts of one word: `St.Petersburg`, `U.S.A`."""
    if before[-1] != ".":
        return False
    last = before[-60:].split()[-1]
    return last in _TITLES or (len(after) == 1 and re.search(r"(?:^|\W)\w\.$", last) is not None)
