"""Whom texts cite."""

import pytest

from liveblog.interchange.sources import Cited, find_sources, name_credit

pytestmark = pytest.mark.any_database


def cited(text):
    return [(each.name, each.kind, each.role) for each in find_sources([text])]


AGENCY, OUTLET = ("agency", "reported_by"), ("outlet", "reported_by")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is closed, as reported by Efe.", [("Efe", *AGENCY)]),
        ("It is closed, as reported by EFE.", [("Efe", *AGENCY)]),
        ("It is closed, Afp reports.", [("AFP", *AGENCY)]),
        ("It is closed, according to Reuters.", [("Reuters", *AGENCY)]),
        ("The mayor told El País that it is closed.", [("El País", *OUTLET)]),
        ("The mayor told the BBC on Friday.", [("BBC", *OUTLET)]),
        ("According to the Associated Press, it is closed.", [("AP", *AGENCY)]),
        ("As reported by the Guardian.", [("The Guardian", *OUTLET)]),
        ("Closed, as reported by Efe and Reuters.", [("Efe", *AGENCY), ("Reuters", *AGENCY)]),
        (
            "Closed, as reported by Efe, AFP and dpa.",
            [("Efe", *AGENCY), ("AFP", *AGENCY), ("dpa", *AGENCY)],
        ),
        ("Closed, as reported by Nova Gazeta on Friday.", [("Nova Gazeta", *OUTLET)]),
        ("Closed, Nova Gazeta reported.", [("Nova Gazeta", *OUTLET)]),
        ("The news agency Interfax reports it.", [("Interfax", *AGENCY)]),
        ("Closed, according to the news agency Tavria.", [("Tavria", *AGENCY)]),
        ("According to the Pentagon, 3,000 came.", [("Pentagon", "official", "quoted")]),
        (
            "According to the Ministry of Defence, it holds.",
            [("Ministry of Defence", "official", "quoted")],
        ),
        ("According to Ana Ruiz, it holds.", [("Ana Ruiz", "person", "quoted")]),
        ("Closed, según Efe.", [("Efe", *AGENCY)]),
        ("Closed, informa Europa Press.", [("Europa Press", *AGENCY)]),
        ("Міст закрито, повідомляє Укрінформ.", [("Ukrinform", *AGENCY)]),
        ("Austin told President Volodymyr Zelensky that it would pay.", []),
        ("Ukraine reports heavy losses.", []),
        ("According to the Ukrainian military, it holds.", []),
        ("According to people there, it holds.", []),
        ("He told the Senate so.", []),
        ("Reuters' office is closed.", []),
        ("As reported by Efe. As reported by EFE.", [("Efe", *AGENCY)]),
    ],
)
def test_find_sources(text, expected):
    assert cited(text) == expected


def test_the_first_spelling_of_an_unknown_name_wins():
    found = find_sources(["Closed, as reported by Novaya.", "Open, as reported by NOVAYA."])

    assert [each.name for each in found] == ["Novaya"]


@pytest.mark.parametrize(
    ("credit", "expected"),
    [
        ("AP", Cited("AP", "agency")),
        ("EFE", Cited("Efe", "agency")),
        ("Getty Images", Cited("Getty Images", "agency")),
        ("Sergei Supinsky/AFP", Cited("Sergei Supinsky/AFP", "agency")),
        ("Ana Ruiz", Cited("Ana Ruiz", "outlet")),
    ],
)
def test_name_credit(credit, expected):
    assert name_credit(credit) == expected
