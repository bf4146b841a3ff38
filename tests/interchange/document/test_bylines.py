"""Lines that say who wrote, and lines that only begin like one."""

import pytest

from liveblog.interchange.document.bylines import is_role, read_bylines

pytestmark = pytest.mark.any_database


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Roe", ["Jane Roe"]),
        ("BY JANE ROE", ["JANE ROE"]),
        ("By Jane Roe and John Doe", ["Jane Roe", "John Doe"]),
        ("By Jane Roe, John Doe and agencies", ["Jane Roe", "John Doe"]),
        ("By Jane Roe in Kyiv and John Doe in London", ["Jane Roe", "John Doe"]),
        ("Jane Roe (now) and John Doe (earlier)", ["Jane Roe", "John Doe"]),
        ("From CNN's Jane Roe", ["Jane Roe"]),
        ("Por Ana Ruiz y Juan Pérez", ["Ana Ruiz", "Juan Pérez"]),
        ("Par Jean Dupont avec AFP", ["Jean Dupont"]),
        ("Von Hans Meier, Berlin", ["Hans Meier"]),
        ("Von Ursula von der Leyen", ["Ursula von der Leyen"]),
        ("di Mario Rossi", ["Mario Rossi"]),
        ("Door Jan van der Berg", ["Jan van der Berg"]),
        ("Av Anna Svensson", ["Anna Svensson"]),
        ("Oprac. Jan Kowalski", ["Jan Kowalski"]),
        ("Автор: Олена Коваль", ["Олена Коваль"]),
        ("מאת: דנה כהן", ["דנה כהן"]),
        ("记者 张三", ["张三"]),
        ("홍길동 기자", ["홍길동"]),
    ],
)
def test_byline(line, names):
    assert list(read_bylines(line)) == names


@pytest.mark.parametrize(
    "line",
    [
        *("By Land and Sea", "Von der Leyen reist nach Kiew", "Par ici la sortie", "By noon"),
        *("Por qué sube la luz", "Di nuovo pioggia a Genova", "By Jane Roe. She left.", "Jane Roe"),
        *("From London to Paris", "From Russia With Love", "With Trump Gone", "By"),
    ],
)
def test_no_byline(line):
    assert read_bylines(line) == ()


@pytest.mark.parametrize("line", ["Reporting from Upton", "Our correspondent in Paris"])
def test_role(line):
    assert is_role(line)


@pytest.mark.parametrize("line", ["The line is clear again", "Reabierta la línea de Málaga"])
def test_an_article_makes_no_role(line):
    assert not is_role(line)
