"""Who says so: finds in prose the agencies, outlets, bodies and people that it rests on."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from liveblog.slugs import slugify

from .agencies import AGENCY, KNOWN, OFFICIAL, OUTLET, PERSON

REPORTED_BY, QUOTED = "reported_by", "quoted"
MOST_WORDS = 6
_WINDOW = 240  # characters after a cue that can hold the names

# After these comes any name; after `_TOLD` only one that is known: people are told things too.
_BY = re.compile(
    r"\b(?:(?P<said>according to|seg[uú]n(?: (?:informan?|recoge|publica|cuenta|informó))?"
    r"|de acuerdo con|selon|d['’]après|laut|nach Angaben von|за даними|за інформацією|по данным)"
    r"|reported (?:earlier |first )?by|cited by|quoted by|published by|recogido por"
    r"|publicado por|informado por|citado por|rapporté par|berichtet von)\s+",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:told|tells|telling|(?:interview|interviewed|speaking|spoke|talking|statement)"
    r" (?:with|by|to)|informan?|informó|ha informado|han informado|recoge|publica"
    r"|(?:dijo|declaró|contó|explicó|aseguró|afirmó|señaló|declaraciones) a|rapporte|a déclaré à"
    r"|повідомляє|повідомило|повідомив|повідомила|передає|пише|інформує|сообщает|передает|пишет)"
    r"\s+",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"(?<=\s)(?:(?:has|have|had|ha|a) )?(?:reports?|reported|reporting|says?|said|writes?|wrote"
    r"|quotes|quoted|cites|cited|confirmed|learned|understands|revealed|informa|informó|informado"
    r"|recoge|publica|publicó|berichtet|meldet|rapporte|indique"
    r"|повідомляє|повідомило|передає|пише|сообщает)\b"
)
_FILLER = re.compile(
    r"(?:(?P<the>the|el|la|los|las|le|les|die|der|das|l['’]|its|his|her|their)\s*\b)?"
    r"(?P<noun>(?:(?!\d)[\w’'-]+ ){0,3}?(?:(?:news|press) agency|agency|wire service|newspaper"
    r"|daily|weekly|magazine|broadcaster|channel|website|agencia|diario|periódico|cadena"
    r"|agence|journal|quotidien|Nachrichtenagentur|Zeitung|агентство|агентства|видання"
    r"|телеканал|газета|агентство новин)\s+)?(?P<quote>[\"“«„]?)",
    re.IGNORECASE,
)
_AGENCY_NOUNS = re.compile(r"agency|wire|agencia|agence|agentur|агентств", re.IGNORECASE)
_WORD = re.compile(r"[^\W_](?:[\w’'&./-]*\w)?")
_JOIN = re.compile(r"[”»\"]?(?:\s*,\s*|\s+(?:and|y|e|et|und|і|та|и)\s+|\s*,\s*and\s+|/)(?:the )?")
_PARTICLES = {"de", "del", "la", "las", "los", "van", "von", "der", "den", "of", "al", "el", "da"}
# What a sentence goes on with after a name; another noun would make the name an adjective.
_AFTER_NAME = {
    *("a", "an", "the", "and", "or", "but", "nor", "so", "yet", "on", "in", "at", "by", "for"),
    *("from", "to", "with", "of", "as", "that", "which", "who", "whose", "when", "while"),
    *("where", "if", "because", "since", "after", "before", "until", "during", "over", "under"),
    *("about", "against", "he", "she", "it", "they", "we", "i", "his", "her", "its", "their"),
    *("there", "this", "these", "those", "is", "are", "was", "were", "be", "been", "has"),
    *("have", "had", "will", "would", "could", "can", "may", "might", "must", "said", "says"),
    *("told", "citing", "quoting", "reported", "adding", "also", "not", "only", "late"),
    *("early", "earlier", "yesterday", "today", "tomorrow", "news", "press", "agency", "y"),
    *("o", "que", "en", "el", "la", "los", "las", "con", "por", "para", "un", "una", "et"),
    *("qui", "dans", "le", "les", "und", "der", "die", "das", "і", "та", "що", "у", "в", "на"),
    *("який", "яка", "за"),
}
_OFFICIAL_WORDS = re.compile(
    r"\b(?:ministr|ministerio|office|police|policía|army|ejército|government|gobierno|council"
    r"|commission|department|court|tribunal|embassy|parliament|presidency|intelligence"
    r"|headquarters|prosecutor|міністерств|генштаб|служб|поліці)|staff\b|command\b|authority\b",
    re.IGNORECASE,
)
_AGENCY_WORDS = re.compile(r"\b(?:news agency|press agency|wire|newswire|agencia)\b", re.IGNORECASE)
_OUTLET_WORDS = re.compile(
    r"\b(?:news|times|post|herald|tribune|journal|gazette|daily|tv|radio|press|magazine|guardian"
    r"|mail|weekly|chronicle|telegraph|star|observer|review|diario|periódico|noticias|zeitung"
    r"|le|pravda|media|fm|today|express|courier|monitor|standard|record|echo|argus)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Source:
    """Who said it; the same slug is the same source."""

    name: str
    kind: str

    @property
    def slug(self) -> str:
        return slugify(self.name, max_length=80)


@dataclass(frozen=True, slots=True)
class Citation:
    """A source in the part it plays for one text."""

    source: Source
    role: str


def find_citations(texts: Iterable[str]) -> list[Citation]:
    """Return what the paragraphs cite, each source once in each role, in order."""
    found: dict[tuple[str, str], Citation] = {}
    for text in texts:
        for _, citation in sorted(_cited(text), key=lambda at: at[0]):
            found.setdefault((citation.source.slug, citation.role), citation)
    return [citation for (slug, _), citation in found.items() if slug]


def credited(name: str) -> Source:
    """Return the source that a picture's credit names, whole: `AP/Jane Doe` is one."""
    if known := KNOWN.get(name.casefold()):
        return Source(*known)
    parts = re.split(r"\s*/\s*|\s+via\s+|\s*[,|(]\s*", name)
    is_agency = any(KNOWN.get(p.casefold().rstrip(")"), ("", ""))[1] == AGENCY for p in parts)
    looks_like_person = len(parts) == 1 and len(name.split()) in {2, 3}
    otherwise = PERSON if looks_like_person else OUTLET
    return Source(name, AGENCY if is_agency else _guess(name, otherwise=otherwise))


def _cited(text: str) -> Iterator[tuple[int, Citation]]:
    for cue in _BY.finditer(text):
        yield from _names_after(text, cue.end(), is_open=True, is_said=bool(cue["said"]))
    for cue in _TOLD.finditer(text):
        yield from _names_after(text, cue.end(), is_open=False, is_said=False)
    for verb in _SAYS.finditer(text):
        if source := _known_before(text[max(0, verb.start() - 80) : verb.start()]):
            yield verb.start(), Citation(source, REPORTED_BY)


def _names_after(text, start, *, is_open, is_said):
    window = text[start : start + _WINDOW]
    filler = _FILLER.match(window)
    position = filler.end()
    source, end = _known_at(window, position)
    if not source:
        # “the” may belong to the name: The Hindu, El País.
        source, end = _known_at(window, 0)
    if not source and is_open:
        at = position if filler["noun"] or not filler["the"] else 0
        source, end = _unknown_at(window, at, noun=filler["noun"] or "", is_said=is_said)
    while source and (is_open or source.kind != OFFICIAL):
        yield start, Citation(source, _role(source))
        join = _JOIN.match(window, end)
        source, end = _known_at(window, join.end()) if join else (None, end)
        source = source if source and source.kind in {AGENCY, OUTLET} else None


def _role(source):
    return REPORTED_BY if source.kind in {AGENCY, OUTLET} else QUOTED


def _words_at(window, position):
    """Return the words from here on as (text, end), spaces between them and nothing else."""
    words = []
    while len(words) <= MOST_WORDS and (match := _WORD.match(window, position)):
        words.append((match[0], match.end()))
        position = match.end()
        if window[position : position + 1] not in {" ", "\xa0"}:
            break
        position += 1
    return words


def _known_at(window, position):
    """Return the known source with the longest spelling here, and where it ends."""
    words = _words_at(window, position)
    if words and not (words[0][0][0].isupper() or words[0][0].casefold() in {"dpa", "the"}):
        return None, position
    for size in range(len(words), 0, -1):
        end = words[size - 1][1]
        spelling = re.sub(r"['’]s$", "", window[position:end])
        if known := KNOWN.get(spelling.replace("\xa0", " ").casefold()):
            return Source(*known), end
        if "/" in spelling and size == 1 and (known := KNOWN.get(spelling.split("/")[0].lower())):
            return Source(*known), position + spelling.index("/")
    return None, position


def _known_before(text):
    """Return the agency or outlet whose name ends here: `… Afp` before `reports`."""
    words = re.split(r"[ \xa0]", text.rstrip())[-5:]
    for size in range(len(words), 0, -1):
        spelling = " ".join(words[-size:]).strip('"“”«»(),')
        name, kind = KNOWN.get(spelling.casefold(), ("", ""))
        if kind in {AGENCY, OUTLET} and (spelling[0].isupper() or spelling == "dpa"):
            return Source(name, kind)
    return None


def _unknown_at(window, position, *, noun, is_said):
    """Return a run of capitalised words as a source, unless it only qualifies what follows."""
    words = _words_at(window, position)
    run = _run(words)
    if not run:
        return None, position
    end = run[-1][1]
    name = window[position:end]
    after = words[len(run) : len(run) + 1]
    qualifies = after and after[0][0].casefold() not in _AFTER_NAME
    if re.search(r"['’]s?$", name) or (qualifies and window[end : end + 1] == " " and not noun):
        return None, position
    otherwise = OUTLET if noun or not is_said else PERSON
    kind = AGENCY if _AGENCY_NOUNS.search(noun) else _guess(name, otherwise=otherwise)
    return Source(name, kind), end


def _run(words):
    run = []
    for word, end in words[:MOST_WORDS]:
        if not (word[0].isupper() or (run and word in _PARTICLES)):
            break
        run.append((word, end))
    while run and run[-1][0] in _PARTICLES:
        run.pop()
    return run


def _guess(name, *, otherwise):
    for words, kind in (
        (_AGENCY_WORDS, AGENCY),
        (_OFFICIAL_WORDS, OFFICIAL),
        (_OUTLET_WORDS, OUTLET),
    ):
        if words.search(name):
            return kind
    return otherwise
