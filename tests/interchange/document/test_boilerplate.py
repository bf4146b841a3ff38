"""What a page has for its own use, in many languages."""

import pytest

from liveblog.interchange.document import DocumentError, parse
from liveblog.interchange.document.boilerplate import is_boilerplate, is_relative_time, read_updated

pytestmark = pytest.mark.any_database


@pytest.mark.parametrize(
    "line",
    [
        *(
            "Share",
            "SHARE",
            "Key events",
            "Comments (123)",
            "45 comments",
            "→ Read more",
            "Copy link",
        ),
        *("Compartir", "Comentarios 12", "Partager", "Lire la suite", "Teilen", "Mehr anzeigen"),
        *("Condividi", "Compartilhar", "Leia também", "Delen", "Udostępnij", "Поділитися"),
        *("Читайте также:", "Dela", "Jaa", "Sdílet", "Distribuie", "Megosztás", "Paylaş"),
        *("Κοινοποίηση", "シェアする", "分享", "공유하기", "مشاركة", "שתפו", "शेयर करें", "แชร์"),
    ],
)
def test_label_of_a_page(line):
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fall",
        "Summary",
        "Key events of the war, in order",
        "He told us to follow",
        "12",
    ],
)
def test_no_label(line):
    assert not is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        *("3h ago", "5 minutes ago", "an hour ago", "Just now", "about 2 hours ago", "2d ago"),
        *("hace 5 minutos", "Hace 3 h", "il y a 5 min", "Il y a une heure", "vor 5 Minuten"),
        *("vor einer Stunde", "5 minuti fa", "há 2 horas", "2 uur geleden", "3 godz. temu"),
        *("5 хв тому", "2 часа назад", "för 5 minuter sedan", "5 min sitten", "před 5 minutami"),
        *("acum 5 minute", "5 perce", "5 dakika önce", "πριν από 5 λεπτά", "5分前", "3 小时前"),
        *("5 分鐘前", "3시간 전", "منذ ٣ ساعات", "לפני 5 דקות", "5 मिनट पहले"),
    ],
)
def test_relative_time(line):
    assert is_relative_time(line)


@pytest.mark.parametrize(
    "line", ["Long ago", "Two hours of talks", "vor Ort", "5 minutes of fame", "hace frío", "3h"]
)
def test_no_relative_time(line):
    assert not is_relative_time(line)


@pytest.mark.parametrize(
    "line",
    [
        *("Updated", "Last updated 5 minutes ago", "First published on Fri 25 Oct 2024 08.12 BST"),
        *("Actualizado a las 10:45 h", "Mis à jour le 16/05/2024 à 20h12", "Publié à 07h12"),
        *("Aktualisiert am 25.10.2024, 14:41 Uhr", "Stand: 25.10.2024 19:41 Uhr"),
        *("Aggiornato alle 18:45", "Atualizado em 25/10/2024 às 21h40", "Bijgewerkt om 14.20 uur"),
        *("Aktualizacja: 25 października 2024, 16:20", "Оновлено о 10:45", "Обновлено в 12:10"),
        *("Uppdaterad 25 oktober 2024 kl. 14.20", "更新 2024年8月29日 14時05分", "14時05分更新"),
        *("更新时间：2024年10月25日 14:05", "입력 2024.10.25 14:20 수정 2024.10.25 15:05"),
        *("آخر تحديث: ٢٥ أكتوبر ٢٠٢٤، ١٤:٠٥", "עודכן: 25 באוקטובר 2024, 14:05"),
        *("25 ottobre 2024 (aggiornato alle 18:45)", "Güncelleme: 25 Ekim 2024 16:40"),
    ],
)
def test_moment_of_the_page(line):
    assert read_updated(line) is not None


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("Published 25 Oct 2024 08:12 · Updated 25 Oct 2024 14:05", "2024-10-25 14:05"),
        ("Updated: 14:05 25 Oct 2024 | First published: 08:12 25 Oct 2024", "2024-10-25 14:05"),
        ("2024/10/31 09:12（10/31 15:40 更新）", "2024-10-31 15:40"),
        ("26/11/2024 07h12  Atualizado há 2 horas", "2024-11-26 None"),
    ],
)
def test_latest_of_the_moments_of_a_page(line, moment):
    read = read_updated(line)
    clock = read.time and read.time.isoformat("minutes")
    assert f"{read.day.date} {clock}" == moment


@pytest.mark.parametrize(
    "line", ["Updated flood maps show 40 more streets", "Stand der Dinge", "Published author dies"]
)
def test_no_moment_of_the_page(line):
    assert read_updated(line) is None


def test_relative_times_alone_are_refused_in_words():
    text = "Storm over the sea\n\n3h ago\nPort reopens\n\nIt did.\n\n5h ago\nTrains run\n\nThey do."
    with pytest.raises(DocumentError) as refused:
        parse(text)
    assert [problem.line for problem in refused.value.problems] == [3, 8]
    assert "“3h ago” says no time of day; write one, as 14:05" in str(refused.value)


def test_relative_times_beside_others_are_left_out():
    text = (
        "Storm over the sea\n\n3h ago\n12:51\nPort reopens\n\nIt did.\n\n5h ago\n10:40\nTrains run."
    )
    read = parse(text)
    assert [update.time.hour for update in read.updates] == [12, 10]
    assert [each.text for each in read.left_out] == ["3h ago", "5h ago"]


def test_editor_may_keep_what_looks_like_a_label():
    text = "Storm over the sea\n\nIt blows.\n\nShare\n\nIt blew."
    assert parse(text, marks={5: "text"}).introduction == ("It blows.", "Share", "It blew.")
    left_out = parse(text, marks={3: "boilerplate"}).left_out
    assert [(each.text, each.reason) for each in left_out] == [
        ("It blows.", "marked to be left out"),
        ("Share", "a button or label of the page"),
    ]


def test_editor_may_name_the_headline_of_the_story():
    text = "News\n\nWar ends\n\nPeace is signed in Geneva after long talks\n\nIt is over."
    read = parse(text, marks={3: "title"})
    assert (read.kicker, read.headline) == ("News", "War ends")
