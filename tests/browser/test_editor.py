"""The editor in a real browser: typing, buttons, pasting, and what is kept of it."""

import io
import os

import pytest
from PIL import Image
from playwright.sync_api import expect

from liveblog.models import Picture, Source, Update
from tests.browser.boxes import box_of

# Playwright keeps an event loop in this thread, beside which Django refuses to query.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
# The middleware for static files warns where none are collected.
pytestmark = pytest.mark.filterwarnings("ignore:No directory at")


def _text(page):
    return page.locator(".field-body .cke_wysiwyg_div")


def _press(page, name):
    page.locator(f".field-body .cke_button__{name}").click()


def _publish(page):
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("Published").first.wait_for()


def test_editor_writes_bold_list_and_link(composer, complaints):
    page = composer
    page.get_by_label("Headline").fill("Police open the bridge")
    _text(page).click()
    page.keyboard.type("Traffic ")
    _press(page, "bold")
    page.keyboard.type("flows")
    _press(page, "bold")
    page.keyboard.type(" again, says ")
    _press(page, "link")
    page.get_by_label("Link to").fill("example.org/police")
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    _press(page, "bulletedlist")
    page.keyboard.type("First lane")
    page.keyboard.press("Enter")
    page.keyboard.type("Second lane & more")
    _publish(page)

    link = '<a href="https://example.org/police">example.org/police</a>'
    assert Update.objects.get().body == (
        f"<p>Traffic <strong>flows</strong> again, says {link}</p>"
        "<ul><li>First lane</li><li>Second lane &amp; more</li></ul>"
    )
    assert complaints == []


def test_selected_words_become_a_link_and_none_again(composer):
    page = composer
    _text(page).click()
    page.keyboard.type("Words")
    page.keyboard.press("Shift+Home")
    page.keyboard.press("Control+k")
    page.get_by_label("Link to").fill("desk@example.org")
    page.keyboard.press("Enter")
    expect(_text(page).locator("a")).to_have_text("Words")

    page.keyboard.press("Control+k")
    expect(page.get_by_label("Link to")).to_have_value("mailto:desk@example.org")
    page.get_by_role("button", name="Remove link").click()
    _publish(page)

    assert Update.objects.get().body == "<p>Words</p>"


def test_link_is_there_before_the_next_key(composer):
    page = composer
    _text(page).click()
    page.keyboard.type("Says ")
    _press(page, "link")
    page.get_by_label("Link to").fill("example.org")
    linked = page.evaluate(
        """() => {
            document.querySelector(".newsroom-dialog [value=apply]").click();
            return document.activeElement.querySelector("a")?.textContent;
        }"""
    )

    assert linked == "example.org"


def test_escape_leaves_the_link_and_goes_on(composer):
    page = composer
    _text(page).click()
    page.keyboard.type("Words ")
    _press(page, "link")
    page.get_by_label("Link to").fill("example.org")
    page.keyboard.press("Escape")
    page.keyboard.type("go on")

    expect(_text(page)).to_have_text("Words go on")


def test_script_address_makes_no_link(composer):
    page = composer
    _text(page).click()
    page.keyboard.type("Words ")
    _press(page, "link")
    page.get_by_label("Link to").fill("javascript:alert(1)")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("No link can lead there")
    page.keyboard.press("Escape")
    _publish(page)

    assert Update.objects.get().body == "<p>Words</p>"


def test_hostile_text_typed_is_text(composer):
    page = composer
    _text(page).click()
    page.keyboard.type("<script>alert(1)</script> & “quotes” — naïve €")
    _publish(page)

    kept = "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; “quotes” — naïve €</p>"
    assert Update.objects.get().body == kept


def test_picture_button_puts_a_picture_into_the_text(composer, complaints):
    credit = Source.objects.create(name="AP")
    Picture.objects.create(alt="A tunnel")
    bridge = Picture.objects.create(alt="A bridge at dawn", credit=credit)
    page = composer
    _text(page).click()
    page.keyboard.type("Words")
    _press(page, "picture")
    page.get_by_label("Search pictures").fill("bridge")
    page.get_by_role("button", name="A tunnel").wait_for(state="detached")
    page.get_by_role("button", name="A bridge at dawn").click()
    page.wait_for_function("document.querySelector('.cke_wysiwyg_div img')?.complete")
    _publish(page)

    source = f"/admin/liveblog/picture/{bridge.pk}/image/"
    image = f'<img alt="" data-picture="{bridge.pk}" src="{source}">'
    assert Update.objects.get().body == f"<p>Words</p><p>{image}</p>"
    assert complaints == []


def test_picture_dialog_uploads_into_the_text(composer, complaints):
    file = io.BytesIO()
    Image.new("RGB", (600, 400), "teal").save(file, "PNG")
    page = composer
    _text(page).click()
    page.keyboard.type("Words")
    _press(page, "picture")
    page.get_by_role("button", name="Upload…").click()
    page.get_by_label("File").set_input_files(
        {"name": "bridge.png", "mimeType": "image/png", "buffer": file.getvalue()}
    )
    page.get_by_role("button", name="Upload and insert").click()
    page.get_by_text("mark it as decorative").wait_for()
    page.get_by_label("Alternative text").last.fill("A bridge at dawn")
    page.keyboard.press("Enter")
    _text(page).locator("img").wait_for()
    _publish(page)

    bridge = Picture.objects.get()
    assert bridge.alt == "A bridge at dawn"
    assert f'data-picture="{bridge.pk}"' in Update.objects.get().body
    assert complaints == []


def test_browsers_own_spell_checker_and_menu_work(composer):
    page = composer
    assert _text(page).get_attribute("spellcheck") != "false"
    assert page.evaluate(
        """() => document.querySelector(".cke_wysiwyg_div").dispatchEvent(
            new MouseEvent("contextmenu", {bubbles: true, cancelable: true}))"""
    )


def test_text_fills_the_form_on_desktop_and_phone(composer):
    page = composer
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        editor = box_of(page.locator(".field-body .cke_chrome"))
        headline = box_of(page.get_by_label("Headline"))
        assert abs(editor["width"] - headline["width"]) < 4
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_return_in_a_field_sends_nothing(composer, story):
    page = composer
    page.get_by_placeholder("https://").first.press("Enter")

    assert not Update.objects.exists()
    assert f"story={story.pk}" in page.url
