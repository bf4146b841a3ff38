"""The name of a source at a place in a text: a known one, or a run of capitalised words."""

import re
from functools import cache

from . import vocabulary
from .sources import AGENCY, OUTLET, PERSON, Source, find_source, guess_kind, most_words

MOST_WORDS = 6
_AUXILIARY = re.compile(r"\s(?:has|have|had|ha|a|hat|haben|heeft|har)$")
_WORD = re.compile(r"[^\W_](?:[\w’'&./-]*\w)?")
_PARTICLES = {"de", "del", "la", "las", "los", "van", "von", "der", "den", "of", "al", "el", "da"}
_ENDING = re.compile(r"(?:['’:-]\w{1,6}|['’])$")


@cache
def _nouns():
    return {kind: vocabulary.any_of(vocabulary.words(kind)) for kind in (AGENCY, OUTLET)}


def is_noun(word):
    """Whether a word says what kind of source a name is: `agency`, `newspaper`."""
    is_written_so = word[:1].islower() or word in vocabulary.written(AGENCY)
    return is_written_so and any(noun.fullmatch(word) for noun in _nouns().values())


def _words_at(window, position):
    """Return the words from here on as (text, end), spaces between them and nothing else."""
    words: list[tuple[str, int]] = []
    while len(words) <= MOST_WORDS and (match := _WORD.match(window, position)):
        words.append((match[0], match.end()))
        position = match.end()
        if window[position : position + 1] not in {" ", "\xa0"}:
            break
        position += 1
    return words


def known_at(window, position):
    """Return the known source with the longest spelling here, and where it ends."""
    words = _words_at(window, position)
    if words and not _may_begin_name(words[0][0]):
        return None, position
    for size in range(min(len(words), most_words()), 0, -1):
        end = words[size - 1][1]
        spelling = window[position:end]
        if source := _find(spelling):
            return source, end
        if "/" in spelling and size == 1 and (source := find_source(spelling.split("/")[0])):
            return source, position + spelling.index("/")
    return None, position


def _may_begin_name(word):
    return not word[0].islower() or word.casefold() in {"dpa", "the", "imago", "epd", "ntv", "taz"}


def _find(spelling):
    """Return a known source, also in another case of its name: `Anadolu'nun`, `Укрінформу`."""
    if source := find_source(spelling):
        return source
    if source := find_source(_ENDING.sub("", spelling)):
        return source
    if len(spelling) >= 6 and (spelling[0] > "\u0250" or spelling.endswith(("n", "in"))):
        return find_source(spelling[:-1]) or find_source(spelling[:-2])
    return None


def known_before(text):
    """Return the agency or outlet whose name ends here: `… Afp` before `reports`."""
    text = text.rstrip()
    auxiliary = _AUXILIARY.search(text)
    text = text[: auxiliary.start()] if auxiliary else text
    words = re.split(r"[ \xa0]", text)[-5:]
    for size in range(len(words), 0, -1):
        spelling = " ".join(words[-size:]).strip('"“”«»(),—–')
        source = spelling and _find(spelling)
        if source and source.kind in {AGENCY, OUTLET} and _may_begin_name(spelling.split()[0]):
            return source
    return None


def unknown_at(window, position, *, noun, is_said):
    """Return a run of capitalised words as a source, unless it only qualifies what follows."""
    words = _words_at(window, position)
    run = _run(words)
    if not run:
        return None, position
    end = run[-1][1]
    name = window[position:end]
    after = words[len(run) : len(run) + 1]
    qualifies = after and vocabulary.fold(after[0][0]) not in vocabulary.words("after_name")
    if re.search(r"['’]s?$", name) or (qualifies and window[end : end + 1] == " " and not noun):
        return None, position
    otherwise = OUTLET if noun or not is_said else PERSON
    is_agency = _nouns()[AGENCY].search(noun) is not None
    return Source(name, AGENCY if is_agency else guess_kind(name, otherwise=otherwise)), end


def _run(words):
    run: list[tuple[str, int]] = []
    for word, end in words[:MOST_WORDS]:
        if not (word[0].isupper() or (run and word in _PARTICLES)):
            break
        run.append((word, end))
    while run and run[-1][0] in _PARTICLES:
        run.pop()
    return run
