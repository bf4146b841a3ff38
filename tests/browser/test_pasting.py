"""Pasting and dropping into the editor: what comes in, what is left out, and that it is said."""

import io
import os
from base64 import b64encode
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from liveblog.models import Picture, Update
from tests.browser.boxes import box_of

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
pytestmark = pytest.mark.filterwarnings("ignore:No directory at")

PASTED = Path(__file__).parent / "pasted"
PASTE = """([html, text]) => {
    const data = new DataTransfer();
    if (html) data.setData("text/html", html);
    data.setData("text/plain", text);
    const editable = document.querySelector(".field-body .cke_wysiwyg_div");
    editable.dispatchEvent(new ClipboardEvent("paste",
        {clipboardData: data, bubbles: true, cancelable: true}));
}"""
BRING_FILE = """([kind, name, type, base64, html]) => {
    const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], name, {type}));
    if (html) data.setData("text/html", html);
    const editable = document.querySelector(".field-body .cke_wysiwyg_div");
    const {left, top} = editable.getBoundingClientRect();
    const where = {bubbles: true, cancelable: true, clientX: left + 30, clientY: top + 20};
    editable.dispatchEvent(kind === "paste"
        ? new ClipboardEvent("paste", {clipboardData: data, ...where})
        : new DragEvent("drop", {dataTransfer: data, ...where}));
}"""


def _text(page):
    return page.locator(".field-body .cke_wysiwyg_div")


def _publish(page):
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("Published").first.wait_for()


def _paste(page, html, text="pasted"):
    _text(page).click()
    page.evaluate(PASTE, [html, text])


def _note(page):
    return page.locator(".field-body .rich-text-note")


@pytest.mark.parametrize(
    ("origin", "kept"),
    [
        (
            "word",
            "<p><strong>Bridge</strong> is <em>open</em>.</p>"
            "<ul><li>First lane</li><li>Second lane</li></ul>"
            '<p><a href="https://example.org/a">Police</a> said so.</p>',
        ),
        (
            "google_docs",
            "<p><strong>Bridge</strong> is <em>open</em>.</p>"
            "<ul><li>First lane</li><li>Second lane</li></ul>",
        ),
        (
            "web_page",
            "<p><strong>Bridge <em>open</em></strong></p>"
            '<p>Traffic <a href="https://example.org/?a=1&amp;b=2">flows</a> again.</p>'
            "<p>One | Two</p>",
        ),
    ],
)
def test_paste_comes_out_clean(composer, complaints, origin, kept):
    page = composer
    html = (PASTED / f"{origin}.html").read_text()
    _paste(page, html)
    expect(_text(page)).to_contain_text("Traffic" if "Traffic" in html else "Second lane")
    shown = _text(page).inner_html()
    _publish(page)

    assert Update.objects.get().body == kept
    assert "Mso" not in shown
    assert "style=" not in shown
    assert complaints == []


def test_pasted_plain_text_keeps_its_paragraphs(composer):
    page = composer
    _text(page).click()
    page.evaluate(PASTE, ["", "One two\n\nThree"])
    expect(_text(page)).to_contain_text("Three")
    _publish(page)

    assert Update.objects.get().body == "<p>One two</p><p>Three</p>"


@pytest.mark.parametrize(
    ("html", "kept", "said"),
    [
        (
            '<b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr">'
            "<span>A</span></p></b>",
            "<p>A</p>",
            "",
        ),
        ("<b>1</b><i>0</i><sup>6</sup>", "<p><strong>1</strong><em>0</em><sup>6</sup></p>", ""),
        (
            "<p>CO<span style='vertical-align:sub'>2</span></p>",
            "<p>CO<sub>2</sub></p>",
            "",
        ),
        (
            "<p>Police count <del>12</del> 14, not <span style='text-decoration:line-through'>9"
            "</span></p>",
            "<p>Police count 14, not</p>",
            "Left out of what was pasted: words that were struck out.",
        ),
        (
            "<p>A <img src='https://a.example/x.png'> map</p><iframe src='https://a.example/'></iframe>",
            "<p>A map</p>",
            "Left out of what was pasted: 1 picture, 1 frame or film. "
            "A picture that is saved as a file can be dropped into the text.",
        ),
        (
            "<p>See <a href='/next'>here</a>, <a href='javascript:x()'>there</a>"
            " and <a name=x>on</a></p>",
            "<p>See here, there and on</p>",
            "Left out of what was pasted: 2 links that lead nowhere.",
        ),
        (
            "<p>One\u00a0two\u00a0\u00a0three, 10\u00a0000 francs\u00a0; «\u00a0oui\u00a0»</p>",
            "<p>One two three, 10\u00a0000 francs\u00a0; «\u00a0oui\u00a0»</p>",
            "",
        ),
        (
            "<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><span "
            "style='mso-list:Ignore'>1.<span>&nbsp; </span></span>One</p>"
            "<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><span "
            "style='mso-list:Ignore'>o<span>&nbsp; </span></span>Deep</p>"
            "<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span "
            "style='mso-list:Ignore'>2.</span>Two</p><p class=MsoNormal>After</p>",
            "<ol><li>One<ul><li>Deep</li></ul></li><li>Two</li></ol><p>After</p>",
            "",
        ),
    ],
    ids=["google", "raised", "lowered", "struck", "pictures", "links", "spaces", "list"],
)
def test_what_is_left_out_of_a_paste_is_said(composer, html, kept, said):
    page = composer
    _paste(page, html)
    expect(_text(page)).not_to_be_empty()
    expect(_note(page)).to_have_text(said)
    _publish(page)

    assert Update.objects.get().body == kept


def test_rows_of_a_table_are_lines(composer):
    page = composer
    _paste(
        page,
        "<table class=MsoTableGrid><tr><td><p class=MsoNormal>Region</p></td><td><p>Seats</p></td>"
        "</tr><tr><td><p class=MsoNormal>Kursk&nbsp;</p></td><td><p><b>1,214</b></p></td>"
        "<td><p>&nbsp;</p></td></tr></table><p class=MsoNormal>After</p>",
    )
    expect(_note(page)).to_contain_text("1 table, whose rows are lines now")
    _publish(page)

    assert Update.objects.get().body == (
        "<p>Region | Seats</p><p>Kursk | <strong>1,214</strong></p><p>After</p>"
    )


def test_paste_that_no_filter_can_take_is_plain_text(composer):
    page = composer
    _paste(page, "<svg><text>Chart</text></svg>", "One\n\n10 < 12\nTwo")
    expect(_note(page)).to_contain_text("all but the plain words")
    _publish(page)

    assert Update.objects.get().body == "<p>One</p><p>10 &lt; 12<br>Two</p>"


def _png() -> str:
    file = io.BytesIO()
    Image.new("RGB", (600, 400), "teal").save(file, "PNG")
    return b64encode(file.getvalue()).decode()


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_picture_file_goes_up_with_its_words(composer, complaints, kind):
    page = composer
    _text(page).click()
    page.keyboard.type("Words")
    html = "<img src='https://a.example/bridge.png'>" if kind == "paste" else ""
    page.evaluate(BRING_FILE, [kind, "bridge.png", "image/png", _png(), html])
    dialog = page.get_by_role("dialog", name="Upload a picture")
    dialog.locator("img").wait_for()
    dialog.get_by_label("Alternative text").fill("A bridge at dawn")
    dialog.get_by_label("Credit").fill("Jane Roe / AP")
    dialog.get_by_role("button", name="Upload and insert").click()
    _text(page).locator("img").wait_for()
    _publish(page)

    bridge = Picture.objects.get()
    assert (bridge.alt, bridge.credit.name) == ("A bridge at dawn", "Jane Roe / AP")
    assert f'data-picture="{bridge.pk}"' in Update.objects.get().body
    assert Update.objects.get().body.startswith("<p>Words</p><p><img ")
    assert complaints == []


def test_picture_beside_words_is_pasted_as_words(composer):
    page = composer
    _text(page).click()
    page.evaluate(BRING_FILE, ["paste", "x.png", "image/png", _png(), "<p>A table of Word</p>"])

    expect(_text(page)).to_have_text("A table of Word")


def test_other_files_are_refused_aloud(composer):
    page = composer
    page.evaluate(BRING_FILE, ["drop", "a.pdf", "application/pdf", _png(), ""])

    expect(_note(page)).to_have_text("Only pictures can be put into the text.")


def test_lists_stand_where_the_text_stands(composer):
    page = composer
    _text(page).click()
    page.keyboard.type("Words")
    page.keyboard.press("Enter")
    page.locator(".field-body .cke_button__bulletedlist").click()
    page.keyboard.type("One")

    words, list_ = box_of(_text(page).locator("p")), box_of(_text(page).locator("ul"))
    assert list_["x"] == words["x"]


def test_no_link_is_removed_where_there_is_none(composer):
    page = composer
    _text(page).click()
    page.keyboard.press("Control+k")

    expect(page.get_by_label("Link to")).to_be_visible()
    expect(page.get_by_role("button", name="Remove link")).to_be_hidden()
