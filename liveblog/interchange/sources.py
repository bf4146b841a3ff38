"""Whom a text cites: agencies and outlets by name, others by the phrase; no Django."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

REPORTED_BY, QUOTED = "reported_by", "quoted"

AGENCIES = {
    "Efe": ("Efe", "EFE", "Agencia Efe", "EFE Agency"),
    "AFP": ("Afp", "AFP", "Agence France-Presse", "Agence France Presse"),
    "AP": ("AP", "Associated Press", "The Associated Press"),
    "Reuters": ("Reuters", "Reuter"),
    "dpa": ("dpa", "DPA", "Deutsche Presse-Agentur"),
    "ANSA": ("ANSA", "Ansa"),
    "Lusa": ("Lusa", "LUSA"),
    "Europa Press": ("Europa Press",),
    "Bloomberg": ("Bloomberg", "Bloomberg News"),
    "UPI": ("UPI", "United Press International"),
    "PA Media": ("PA Media", "PA", "Press Association"),
    "TASS": ("TASS", "Tass", "ТАСС"),
    "Interfax": ("Interfax", "Интерфакс"),
    "Interfax-Ukraine": ("Interfax-Ukraine", "Інтерфакс-Україна"),
    "RIA Novosti": ("RIA Novosti", "RIA", "Ria Novosti", "РИА Новости"),
    "Ukrinform": ("Ukrinform", "Укрінформ"),
    "UNIAN": ("UNIAN", "УНІАН"),
    "Xinhua": ("Xinhua",),
    "Yonhap": ("Yonhap",),
    "Kyodo": ("Kyodo", "Kyodo News"),
    "KCNA": ("KCNA",),
    "Anadolu": ("Anadolu", "Anadolu Agency"),
    "PTI": ("PTI", "Press Trust of India"),
    "BELTA": ("BELTA", "BelTA"),
    "Getty Images": ("Getty Images", "Getty"),
    "EPA": ("EPA", "European Pressphoto Agency"),
}
OUTLETS = {
    "El País": ("El País", "El Pais"),
    "El Mundo": ("El Mundo",),
    "La Vanguardia": ("La Vanguardia",),
    "BBC": ("BBC", "BBC News"),
    "CNN": ("CNN",),
    "NBC News": ("NBC News", "NBC"),
    "CBS News": ("CBS News", "CBS"),
    "ABC News": ("ABC News", "ABC"),
    "Fox News": ("Fox News",),
    "Sky News": ("Sky News",),
    "Al Jazeera": ("Al Jazeera", "Al-Jazeera"),
    "The Guardian": ("The Guardian", "Guardian"),
    "The New York Times": ("The New York Times", "New York Times"),
    "The Washington Post": ("The Washington Post", "Washington Post"),
    "The Wall Street Journal": ("The Wall Street Journal", "Wall Street Journal"),
    "Financial Times": ("Financial Times", "The Financial Times"),
    "The Times": ("The Times",),
    "The Economist": ("The Economist", "Economist"),
    "The Kyiv Independent": ("The Kyiv Independent", "Kyiv Independent"),
    "Ukrainska Pravda": ("Ukrainska Pravda", "Українська правда"),
    "Suspilne": ("Suspilne", "Суспільне"),
    "Le Monde": ("Le Monde",),
    "Le Figaro": ("Le Figaro",),
    "Der Spiegel": ("Der Spiegel", "Spiegel"),
    "Bild": ("Bild",),
    "Die Zeit": ("Die Zeit",),
    "Corriere della Sera": ("Corriere della Sera",),
    "La Repubblica": ("La Repubblica", "Repubblica"),
    "Politico": ("Politico", "POLITICO"),
    "Axios": ("Axios",),
    "Meduza": ("Meduza",),
    "NPR": ("NPR",),
    "DW": ("DW", "Deutsche Welle"),
    "Radio Free Europe": ("Radio Free Europe", "Radio Liberty", "RFE/RL"),
    "NHK": ("NHK",),
}


@dataclass(frozen=True)
class Cited:
    """A source as a text cites it: `kind` and `role` by the names that the models use."""

    name: str
    kind: str
    role: str = REPORTED_BY


def _fold(name: str) -> str:
    return " ".join(name.split()).casefold()


_KNOWN = {
    _fold(spelling): Cited(name, kind)
    for kind, table in (("agency", AGENCIES), ("outlet", OUTLETS))
    for name, spellings in table.items()
    for spelling in spellings
}

_NAME = (
    r"(?:[^\W\d_a-zа-яіїєґ][\w'’&./-]*\w|[^\W\d_a-z])"
    r"(?:\s(?:(?:of|de|del|la|della|le|for|y|&)\s(?:the\s|la\s)?)?[^\W\d_a-zа-яіїєґ][\w'’&/-]*)*"
)
_KNOWN_NAME = "|".join(
    re.escape(spelling).replace(r"\ ", r"\s")
    for table in (AGENCIES, OUTLETS)
    for spelling in sorted(
        (each for names in table.values() for each in names), key=len, reverse=True
    )
)
_WHAT = r"(?:state\s)?(?:news\sagency|newspaper|broadcaster|agency|daily|network|channel|magazine)"
_LEAD = rf"(?P<the>[Tt]he\s)?(?P<what>(?:\w+\s)?{_WHAT}\s)?"
_BEFORE = re.compile(
    r"\b(?P<verb>reported\sby|according\sto|[Aa]ccording\sto|told|quoted\sby|said\sto|"
    r"[Ss]egún|informa|informó|за\sданими|повідомляє|повідомив|пише|selon|laut)\s"
    rf"{_LEAD}(?P<name>{_NAME})"
)
_AFTER = re.compile(
    rf"\b(?P<name>{_KNOWN_NAME})(?:\snews\sagency)?\s(?:reports|reported|has\sreported|writes|informs)\b"
)
_CLOSING = re.compile(rf",\s(?:the\s)?(?P<name>{_NAME})\s(?:reports|reported)(?=[.,;”\"]|\Z)")
_ALSO = re.compile(rf"(?:,\s|\sand\s|\sy\s|\sand\sthe\s)(?P<name>{_KNOWN_NAME})(?!\w)")
_OUTLET_WORD = re.compile(
    r"\b(?:News|Times|Post|Radio|TV|Television|Press|Journal|Gazeta|Gazette|Diario|Daily|Herald|"
    r"Tribune|Channel|Magazine|Agency|Agencia|Media|Telegraph|Observer|Broadcasting|Network|Today)\b"
)
_ADJECTIVE_BEFORE = re.compile(
    r"\s(?!(?:on|in|at|that|which|who|said|says|as|and|but|or|has|had|have|is|was|are|were|for|to|by|"
    r"from|after|before|late|early|earlier|today|yesterday|this|last|with|when|while|it|the|he|she|"
    r"they|will|would|y|en|el|que|ha|reports|reported)\b)[a-zà-ÿ]"
)
_MONTHS_AND_DAYS = re.compile(
    r"\s(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|"
    r"May|June|July|August|September|October|November|December)\Z"
)


def find_sources(paragraphs: Iterable[str]) -> list[Cited]:
    """Return whom the paragraphs cite, in the order of first mention, each once per role."""
    found: dict[tuple[str, str], Cited] = {}
    for paragraph in paragraphs:
        for cited in _find_in(paragraph):
            spelled = next((each.name for each in found.values() if _is_same(each, cited)), None)
            key = (_fold(cited.name), cited.role)
            found.setdefault(key, Cited(spelled or cited.name, cited.kind, cited.role))
    return list(found.values())


def name_credit(credit: str) -> Cited:
    """Name the source of a picture from its printed credit."""
    known = _KNOWN.get(_fold(credit))
    if known:
        return known
    parts = [part.strip() for part in re.split(r"[/|,(]| via ", credit)]
    kinds = [_KNOWN[_fold(part)].kind for part in parts if _fold(part) in _KNOWN]
    return Cited(credit, kinds[-1] if kinds else "outlet")


def _is_same(one: Cited, other: Cited) -> bool:
    return _fold(one.name) == _fold(other.name)


def _find_in(paragraph: str) -> list[Cited]:
    mentions: list[tuple[int, Cited]] = []
    for found in _BEFORE.finditer(paragraph):
        cited = _judge(found, paragraph[found.end() :])
        if cited:
            mentions.append((found.start("name"), cited))
            mentions += _others(paragraph, found.start("name") + len(_trim(found["name"])), cited)
    for pattern in (_AFTER, _CLOSING):
        for found in pattern.finditer(paragraph):
            name = _trim(found["name"])
            known = _KNOWN.get(_fold(name))
            mentions.append((found.start("name"), known or Cited(name, "outlet")))
    return [cited for _place, cited in sorted(mentions, key=lambda each: each[0])]


def _others(paragraph, place, first):
    """Find the known names that follow the first: “by Efe, AFP and Reuters”."""
    if first.role != REPORTED_BY:
        return []
    others = []
    while found := _ALSO.match(paragraph, place):
        others.append((found.start("name"), _KNOWN[_fold(found["name"])]))
        place = found.end()
    return others


def _judge(found: re.Match, after: str) -> Cited | None:
    """Decide what a name behind “according to”, “told” … is; None where it is no source."""
    name, verb = _trim(found["name"]), " ".join(found["verb"].lower().split())
    known = _KNOWN.get(_fold(name)) or (found["the"] and _KNOWN.get(_fold(f"the {name}")))
    known = known or _longest_known(name)
    if known:
        return known
    if found["what"]:
        return Cited(name, "agency" if "agency" in found["what"] else "outlet")
    if verb in {"told", "said to"}:
        return Cited(name, "outlet") if _OUTLET_WORD.search(name) else None
    if found["the"]:
        is_adjective = name == found["name"] and _ADJECTIVE_BEFORE.match(after)
        speaks = verb == "according to" and not is_adjective
        return Cited(name, "official", QUOTED) if speaks else None
    if verb in {
        "reported by",
        "quoted by",
        "informa",
        "informó",
        "повідомляє",
        "повідомив",
        "пише",
    }:
        return Cited(name, "outlet")
    if name == found["name"] and _ADJECTIVE_BEFORE.match(after):
        return None
    if _OUTLET_WORD.search(name):
        return Cited(name, "outlet")
    return Cited(name, "person" if " " in name else "official", QUOTED)


def _longest_known(name):
    """Find a known name at the start of a run that went on too far: “Efe Monday”."""
    words = name.split()
    for count in range(len(words) - 1, 0, -1):
        known = _KNOWN.get(_fold(" ".join(words[:count])))
        if known:
            return known
    return None


def _trim(name: str) -> str:
    name = re.sub(r"['’]s\Z", "", name.rstrip(".,;:/-'’"))
    return _MONTHS_AND_DAYS.sub("", name)
