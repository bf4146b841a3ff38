"""Warnings that never stand in the way."""

import pytest

from liveblog.editing.warnings import has_empty_link, has_phone_number, warnings
from liveblog.models import Picture, Source, Update
from liveblog.publishing import Citation, UpdateContent
from liveblog.richtext import clean
from tests import cast

from .forms import add_page, page_of, update_form

EFE = Citation(Source(pk=1, name="Efe"))


def _content(body="<p>Police open the bridge.</p>", **more):
    return UpdateContent(body=body, **{"sources": (EFE,)} | more)


def test_a_good_update_has_no_warning():
    assert warnings(_content()) == []


@pytest.mark.parametrize(
    ("content", "more", "expected"),
    [
        (_content(sources=()), {}, "No source is named."),
        (_content(), {"wordless": [Picture()]}, "A picture has no alternative text."),
        (
            _content(),
            {"recent": [_content("<p>Police  open the BRIDGE.</p>")]},
            "The same text was saved less than two minutes ago.",
        ),
        (_content(), {"is_ended": True}, "The story has ended"),
        (_content("<p>Write to a.b@c.example</p>"), {}, "The text holds an e-mail address."),
        (_content(headline="Write to a@c.example"), {}, "The text holds an e-mail address."),
        (_content("<p>Call +34 912 345 678.</p>"), {}, "may be a phone number."),
        (_content('<p><a href="https://a.example/">\u200b</a>x</p>'), {}, "A link has no words"),
    ],
)
def test_each_thing_has_its_warning(content, more, expected):
    (only,) = warnings(content, **more)

    assert expected in only


@pytest.mark.parametrize(
    "words",
    ["+34 912 345 678", "(495) 123-45-67 now", "tel. 0044 20 7946 0958", "912345678", "555-010-99"],
)
def test_phone_numbers_are_found(words):
    assert has_phone_number(words)


@pytest.mark.parametrize(
    "words",
    [
        *("in 1939-1945", "on 2024-10-25", "25.10.2024", "10.000.000 people", "10 000 000 roubles"),
        *("at 08:45", "1,234,567 votes", "flight SU1234", "https://a.example/12345678/"),
    ],
)
def test_other_numbers_are_left_alone(words):
    assert not has_phone_number(words)


@pytest.mark.parametrize(
    ("html", "is_empty"),
    [
        ('<p><a href="https://a.example/"><strong> </strong></a></p>', True),
        ("<p><a>words</a></p>", True),
        ('<p><a href="https://a.example/"><em>words</em></a></p>', False),
        ('<p><a href="https://a.example/"><img alt="" data-picture="x" src="y"></a></p>', False),
    ],
)
def test_empty_links_are_found(html, is_empty):
    assert has_empty_link(html) is is_empty


def test_saving_warns_and_saves(editor, story):
    answer = editor.post(
        add_page("update"),
        update_form(story, body="<p>Call +34 912 345 678.</p>", _publish=""),
        follow=True,
    )

    assert Update.objects.get().status == "published"
    assert "may be a phone number" in answer.content.decode()
    assert "No source is named" in answer.content.decode()


def test_same_text_twice_is_told(editor, story):
    for _ in range(2):
        answer = editor.post(add_page("update"), update_form(story, _publish=""), follow=True)

    assert Update.objects.count() == 2
    assert "The same text was saved" in answer.content.decode()


def test_form_of_a_draft_shows_its_warnings(editor, story):
    picture = Picture.objects.create(caption="A bridge")
    body = clean(f'<p>Words.</p><p><img data-picture="{picture.pk}"></p>')
    draft = cast.new_update(story)
    cast.publishing.save_draft(draft, cast.content("A.", body=body), by=editor.user)

    page = editor.get(page_of(draft)).content.decode()

    assert "A picture has no alternative text." in page
