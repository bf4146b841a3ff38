"""Who says so: agencies, outlets, bodies and people found in prose."""

import pytest

from liveblog.interchange.document.attributions import Source, credited, find_citations

EFE = ("Efe", "agency", "reported_by")
AFP = ("AFP", "agency", "reported_by")
AP = ("AP", "agency", "reported_by")
REUTERS = ("Reuters", "agency", "reported_by")
EL_PAIS = ("El País", "outlet", "reported_by")
PENTAGON = ("Pentagon", "official", "quoted")


def cited(*texts):
    return [(c.source.name, c.source.kind, c.role) for c in find_citations(texts)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It rained, as reported by Efe.", [EFE]),
        ("It rained, as reported by EFE.", [EFE]),
        ("Afp reports that it rained.", [AFP]),
        ("It rained, AFP reported.", [AFP]),
        ("It rained, according to Reuters.", [REUTERS]),
        ("According to Reuters, it rained.", [REUTERS]),
        ("The Associated Press has reported rain.", [AP]),
        ("It rained, according to the Associated Press.", [AP]),
        ("She told El País that it rained.", [EL_PAIS]),
        ("It rained, she told the Efe news agency.", [EFE]),
        ("Llovió, según informa Efe.", [EFE]),
        ("Llovió, según El País.", [EL_PAIS]),
        ("“Llueve”, declaró a El País.", [EL_PAIS]),
        ("Іде дощ, повідомляє Reuters.", [REUTERS]),
        ("За даними агентства Reuters, іде дощ.", [REUTERS]),
        ("It rained, as reported by Efe, AFP and Reuters.", [EFE, AFP, REUTERS]),
        ("It rained, according to AFP's correspondent.", [AFP]),
        ("It rained, according to the Pentagon.", [PENTAGON]),
        (
            "It rained, as reported by Mountain Herald.",
            [("Mountain Herald", "outlet", "reported_by")],
        ),
        (
            "It rained, according to the newspaper Nordic Post, on Monday.",
            [("Nordic Post", "outlet", "reported_by")],
        ),
        ("It rained, according to Nordia Wire.", [("Nordia Wire", "agency", "reported_by")]),
        ("It rained, according to Ana Ruiz.", [("Ana Ruiz", "person", "quoted")]),
        ("It rained, according to BBC News on Friday.", [("BBC", "outlet", "reported_by")]),
        ("It rained, according to The Economist.", [("The Economist", "outlet", "reported_by")]),
    ],
)
def test_cited(text, found):
    assert cited(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Austin told President Volodymyr Zelensky that it rained.",
        "It rained, according to the Ministry of Defence.",
        "It rained, according to Ukrainian officials.",
        "It rained, according to a report.",
        "It rained, according to Sergei Lavrov's office.",
        "It rained, according to Monday's.",
        "Vladimir Putin said that it rained.",
        "The Pentagon has said so.",
        "He told him so, and told a press conference.",
        "The maps are wrong, and an ap reports it.",
    ],
)
def test_not_cited(text):
    assert cited(text) == []


def test_each_source_once_in_each_role_in_order():
    assert cited(
        "AFP reports rain; according to the Pentagon, sun.", "It rained, as reported by Afp, EFE."
    ) == [AFP, PENTAGON, EFE]


def test_the_first_spelling_of_an_unknown_name_is_kept():
    assert cited(
        "Rain, as reported by Mountain HERALD.", "Sun, as reported by Mountain Herald."
    ) == [("Mountain HERALD", "outlet", "reported_by")]


@pytest.mark.parametrize(
    ("credit", "source"),
    [
        ("AP", Source("AP", "agency")),
        ("Afp", Source("AFP", "agency")),
        ("Getty Images", Source("Getty Images", "agency")),
        ("AP/Ana Ruiz", Source("AP/Ana Ruiz", "agency")),
        ("Ana Ruiz", Source("Ana Ruiz", "person")),
        ("Mountain Herald", Source("Mountain Herald", "outlet")),
        ("Maxar", Source("Maxar", "outlet")),
    ],
)
def test_credited(credit, source):
    assert credited(credit) == source


@pytest.mark.thorough
def test_hostile_text_takes_a_moment_only():
    for text in ("according to the aa " * 10_000, "as reported by" + " A" * 100_000):
        find_citations([text])
