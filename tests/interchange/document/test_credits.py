"""The credit of a picture, in the forms that publishers use."""

import pytest

from liveblog.interchange.document.blocks import Block
from liveblog.interchange.document.captions import read_picture, read_update_picture
from liveblog.interchange.document.credits import clean_credit, is_lone_credit, split_credit

pytestmark = pytest.mark.any_database

ANYWHERE = [
    ("The bridge. © Getty Images", "Getty Images"),
    ("The bridge © 2024 Reuters", "Reuters"),
    ("The bridge. (c) AP", "AP"),
    ("The bridge. Photograph: Jane Roe/AP", "Jane Roe/AP"),
    ("The bridge. Photograph by Jane Roe", "Jane Roe"),
    ("The bridge. Photo by Jane Roe / Getty Images", "Jane Roe / Getty Images"),
    ("The bridge (Photo: dpa)", "dpa"),
    ("The bridge. (AP Photo/Jane Roe)", "AP Photo/Jane Roe"),
    ("The bridge. [Jane Roe/AP]", "Jane Roe/AP"),
    ("The bridge. (JEAN DUPONT / AFP)", "JEAN DUPONT / AFP"),
    ("The bridge — Anne MARTIN / AFP", "Anne MARTIN / AFP"),
    ("The bridge. Jane Roe/AFP/Getty Images", "Jane Roe/AFP/Getty Images"),
    ("The bridge. REUTERS/Jane Roe", "REUTERS/Jane Roe"),
    ("The bridge. Courtesy of Jane Roe", "Jane Roe"),
    ("The bridge. Image credit: NASA", "NASA"),
    ("Die Brücke. | Bildquelle: dpa", "dpa"),
    (
        "Die Brücke. Bild: picture alliance/dpa | Max Muster",
        "picture alliance/dpa | Max Muster",
    ),
    ("Il ponte. Foto Ansa", "Ansa"),
    ("El puente. Foto: EFE/Ana Ruiz", "EFE/Ana Ruiz"),
    ("El puente. Fotografía de Ana Ruiz", "Ana Ruiz"),
    ("Le pont. Crédit photo : Jean Dupont", "Jean Dupont"),
    ("A ponte. — Foto: João Souza/Reuters", "João Souza/Reuters"),
    ("De brug. Beeld ANP", "ANP"),
    ("Most. Fot. PAP/Jan Nowak", "PAP/Jan Nowak"),
    ("Міст. Фото: Укрінформ", "Укрінформ"),
    ("Мост © РИА Новости / Иван Петров", "РИА Новости / Иван Петров"),
    ("Silta. Kuva: Matti Meikäläinen / Lehtikuva", "Matti Meikäläinen / Lehtikuva"),
    ("A híd. Fotó: MTI/Kovács János", "MTI/Kovács János"),
    ("Köprü. Fotoğraf: AA", "AA"),
    ("Η γέφυρα. Φωτογραφία: ΑΠΕ-ΜΠΕ", "ΑΠΕ-ΜΠΕ"),
    ("橋。写真：時事", "時事"),
    ("橋＝共同", "共同"),
    ("橋。（写真：ロイター/アフロ）", "ロイター/アフロ"),
    ("桥。图源：新华社", "新华社"),
    ("桥。新华社记者 张三 摄", "新华社记者 张三 摄"),
    ("다리. [사진=연합뉴스]", "연합뉴스"),
    ("الجسر. تصوير: أحمد علي", "أحمد علي"),
    ("הגשר. צילום: דנה כהן", "דנה כהן"),
    ("Կամուրջը։ Լուսանկարը՝ Արմենպրես", "Արմենպրես"),
    ("पुल। फोटो: पीटीआई", "पीटीआई"),
]
ON_TOP = [
    ("The bridge.AP", "AP"),
    ("The bridge.Handout via REUTERS", "Handout via REUTERS"),
    ("The bridge. AFP via Getty Images", "AFP via Getty Images"),
    ("The bridge. Jane Roe for The Guardian", "Jane Roe for The Guardian"),
    ("El puente - EFE", "EFE"),
    ("El puente. / EFE", "EFE"),
    ("橋。共同通信", "共同通信"),
    ("Die Brücke.dpa", "dpa"),
]
TEXT = [
    *("The port closed at six. (Reuters)", "The port closed at six. — AFP", "He left. (afp/dpa)"),
    *("Die Fähre fährt nicht. (Quelle: dpa)", "She shared a photo: it ends.", "St.Petersburg"),
    *(
        "They bought 12 © signs in all.",
        "He said (Reuters) it was so.",
        "A bridge. AP",
        "A bridge.ap",
    ),
]


@pytest.mark.parametrize(("line", "credit"), ANYWHERE)
def test_credit_that_its_form_gives_away(line, credit):
    caption = line.split(".")[0].split("。")[0]

    picture = read_update_picture(Block(1, (line,)))

    assert picture.credit == credit
    assert picture.caption[0] == caption[0]
    assert not picture.caption.endswith((" ", "|", "—", "("))


@pytest.mark.parametrize(("line", "credit"), ON_TOP)
def test_credit_that_its_place_gives_away(line, credit):
    assert read_picture(Block(1, (line,))).credit == credit
    assert read_update_picture(Block(1, (line,))) is None


@pytest.mark.parametrize("line", TEXT)
def test_text_is_no_picture(line):
    assert read_update_picture(Block(1, (line,))) is None


@pytest.mark.parametrize("tail", ["AP", " AP", " — AP", " / AP", " (AP)", " Foto: AP", " © AP"])
def test_whatever_follows_a_doubled_line_is_the_credit(tail):
    alt = "A bridge over the river."

    picture = read_update_picture(Block(1, (alt, alt + tail)))

    assert (picture.alt, picture.caption, picture.credit) == (alt, alt, "AP")


def test_doubled_line_without_credit():
    picture = read_update_picture(Block(1, ("A bridge, Friday", "A bridge, Friday")))
    assert (picture.caption, picture.credit) == ("A bridge, Friday", "")


@pytest.mark.parametrize(
    "line", ["Foto: dpa", "© AP", "Photograph: Jane Roe/AP", "Fot. PAP", "写真：時事"]
)
def test_credit_without_caption(line):
    assert is_lone_credit(line)


def test_credit_is_cleaned_of_its_label():
    assert clean_credit(" – (Foto: dpa)") == "dpa"


@pytest.mark.parametrize("piece", ["(", "Photo ", "© ", " - ", "a/", "Foto: ", "＝", "AP "])
def test_hostile_caption_is_read_in_a_moment(piece):
    split_credit(piece * 100_000)
