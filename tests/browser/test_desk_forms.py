"""The desk's windows and the story's panel: by keys, legible, and no word of them lost."""

import uuid

import pytest
from playwright.sync_api import expect

from .desks import READY, Desks, attempts, row, sees, write

SETUP = "print(cast.make_live_story(cast.make_editor('{name}'), 'Bridge {name}', kicker='News').pk)"
DRAFT = "print(cast.make_story(cast.make_editor('{name}'), 'Bridge {name}').pk)"
# The contrast of a button's words with what is behind them, as WCAG counts it.
CONTRAST = """each => {
  const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const light = (colour) => {
    pixel.fillStyle = colour;
    pixel.fillRect(0, 0, 1, 1);
    const parts = [...pixel.getImageData(0, 0, 1, 1).data].slice(0, 3).map((v) => v / 255);
    const [r, g, b] = parts.map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let behind = each;
  const isClear = (one) => getComputedStyle(one).backgroundColor === "rgba(0, 0, 0, 0)";
  while (isClear(behind)) behind = behind.parentElement;
  const one = light(getComputedStyle(behind).backgroundColor);
  const other = light(getComputedStyle(each).color);
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}"""


@pytest.fixture
def desks(site, browser):
    desks = Desks(site, browser, int(site.shell(SETUP.format(name=uuid.uuid4().hex[:8]))))
    yield desks
    desks.close()


def _field(page, name):
    return page.locator("[data-story-form]").get_by_label(name)


def _about_to_retract(desks, headline):
    """Publish an update, and open the window that retracts it."""
    page = desks.open()
    write(page, headline)
    page.keyboard.press("Control+Enter")
    sees(page, headline, "published")
    row(page, headline).get_by_role("button", name="Retract").click()
    return page


def test_ctrl_enter_answers_a_window(desks):
    page = _about_to_retract(desks, "Too early")

    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog[open] [data-dialog-error]")).not_to_be_empty()
    note = page.locator("dialog[open] textarea")
    note.fill("x" * 501)
    expect(page.locator("dialog[open] .too-long")).to_contain_text("The most is 500.")
    page.keyboard.press("Control+Enter")
    expect(note).to_have_value("x" * 501)
    note.fill("It was not so.")
    page.keyboard.press("Control+Enter")

    sees(page, "Too early", "retracted")


def test_keys_on_ticked_rows_mean_all_of_them(desks):
    page = desks.open()
    for headline in ("One of two", "Two of two"):
        write(page, headline)
        page.keyboard.press("Control+Enter")
        sees(page, headline, "published")
        row(page, headline).focus()
        page.keyboard.press("x")
    dialog = page.locator("dialog[open]")

    row(page, "One of two").focus()
    page.keyboard.press("p")
    expect(page.locator("[data-alert=said]")).to_contain_text("Of several rows")
    page.keyboard.press("r")
    expect(dialog.locator("[data-dialog-words]")).to_have_text("Two of two · One of two")
    dialog.locator("summary").click()
    page.keyboard.press("Escape")
    row(page, "One of two").focus()
    page.keyboard.press("Escape")
    expect(page.locator("[data-selection]")).to_be_hidden()
    page.keyboard.press("r")

    expect(dialog.locator("[data-dialog-words]")).to_have_text("One of two")
    expect(dialog.get_by_role("button", name="Retract without trace")).to_be_hidden()


def test_a_note_survives_esc_and_a_reload(desks):
    page = _about_to_retract(desks, "Not so")
    page.keyboard.type("The mayor says the opposite.")

    page.keyboard.press("Escape")
    page.reload()
    page.locator(READY).wait_for()
    row(page, "Not so").get_by_role("button", name="Retract").click()

    note = page.locator("dialog[open] textarea")
    expect(note).to_have_value("The mayor says the opposite.")
    page.keyboard.press("Control+Enter")
    sees(page, "Not so", "retracted")


def test_words_of_the_story_survive_another_control_and_a_closed_tab(desks):
    page = desks.open()
    page.locator("[data-open-story]").click()
    _field(page, "Standfirst").fill("Half a sentence about")

    page.get_by_label("Warn after minutes of silence").fill("20")
    page.get_by_label("Warn after minutes of silence").press("Tab")
    expect(page.locator("[data-alert=said]")).to_be_visible()
    expect(_field(page, "Standfirst")).to_have_value("Half a sentence about")
    page.close()
    page = desks.page_in(desks.contexts["chief"])
    page.goto(desks.address)
    page.locator(READY).wait_for()

    expect(_field(page, "Standfirst")).to_have_value("Half a sentence about")
    _field(page, "Kicker").fill("x" * 61)
    page.get_by_role("button", name="Save the story").click()
    expect(page.locator("[data-story] .too-long")).to_have_text(
        "Kicker: 61 characters. The most is 60."
    )
    _field(page, "Kicker").fill("News")
    page.get_by_role("button", name="Save the story").click()
    expect(page.locator("[data-alert=said]")).to_be_visible()
    page.reload()
    page.locator(READY).wait_for()
    expect(page.locator("[data-story]")).to_be_hidden()
    expect(_field(page, "Standfirst")).to_have_value("Half a sentence about")


def test_a_story_saved_by_two_shows_both_texts(desks):
    page = desks.open()
    other = desks.page_in(page.context)
    other.goto(desks.address)
    other.locator(READY).wait_for()
    for each in (page, other):
        each.locator("[data-open-story]").click()
    _field(page, "Standfirst").fill("Mine")
    _field(other, "Standfirst").fill("Theirs")
    other.get_by_role("button", name="Save the story").click()
    expect(other.locator("[data-alert=said]")).to_be_visible()

    page.get_by_role("button", name="Save the story").click()

    expect(page.locator("[data-alert=story-conflict]")).to_contain_text("Theirs")
    expect(_field(page, "Standfirst")).to_have_value("Mine")
    page.get_by_role("button", name="Take theirs").click()
    expect(_field(page, "Standfirst")).to_have_value("Theirs")


def test_the_team_is_changed_in_place(desks):
    page = desks.open()
    page.locator("[data-open-story]").click()
    team = page.locator("[data-story] section", has_text="Team").locator("p")
    expect(team).to_have_text("Every reporter may write here.")

    page.get_by_text("Change the team").click()
    page.get_by_role("checkbox", name="Reporter", exact=True).check()
    page.get_by_role("button", name="Save the team").click()

    expect(team).to_have_text("Reporter")


def test_a_draft_story_is_opened_with_a_draft_from_its_desk(site, browser):
    name = uuid.uuid4().hex[:8]
    desks = Desks(site, browser, int(site.shell(DRAFT.format(name=name))))
    page = desks.open()
    write(page, "First words")
    page.keyboard.press("Control+Enter")
    sees(page, "First words", "draft")
    expect(row(page, "First words").get_by_role("button", name="Publish")).to_have_count(0)

    page.locator("[data-closed-story]").get_by_role("button", name="Open the story…").click()
    dialog = page.locator("dialog[open]")
    expect(dialog).to_contain_text("Ticked drafts go on air")
    dialog.get_by_role("checkbox").check()
    dialog.get_by_role("button", name="Open the story").click()

    sees(page, "First words", "published")
    expect(page.locator("[data-closed-story]")).to_be_hidden()
    expect(page.locator("[data-alert=said]")).to_contain_text("The story is “live” now.")
    expect(page.get_by_label("Headline", exact=True)).to_be_focused()
    desks.close()


def test_esc_leaves_the_field_and_then_the_story(desks):
    page = desks.open()
    page.locator("[data-open-story]").click()

    page.keyboard.press("Escape")
    expect(page.locator("[data-story]")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator("[data-story]")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_buttons_are_legible_under_the_pointer(desks, scheme):
    page = desks.open(color_scheme=scheme)

    pale = []
    for button in page.locator(".desk-page :is(button, .button):visible").all():
        button.hover()
        if button.evaluate(CONTRAST) < 4.5:
            pale.append(button.inner_text())

    assert pale == []


def test_a_draft_is_not_said_to_be_sent_nor_to_be_above(desks):
    page = desks.open()
    write(page, "A thought")

    page.keyboard.press("Control+s")

    sees(page, "A thought", "draft")
    expect(attempts(page).first).to_contain_text("saved")
    expect(attempts(page).first).not_to_contain_text("sent")
    expect(page.locator("[data-new-above]")).to_be_hidden()


def test_what_a_paste_left_out_goes_with_its_text(desks):
    page = desks.open()
    page.locator(".cke_wysiwyg_div").click()
    page.evaluate("""() => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/html", "<p>Seen <img src='https://example.org/a.png'></p>");
        const options = { clipboardData, bubbles: true, cancelable: true };
        const paste = new ClipboardEvent("paste", options);
        document.querySelector(".cke_wysiwyg_div").dispatchEvent(paste);
    }""")
    expect(page.locator(".rich-text-note")).to_contain_text("1 picture")

    page.keyboard.press("Control+Enter")

    expect(page.locator(".cke_wysiwyg_div")).not_to_contain_text("Seen")
    expect(page.locator(".rich-text-note")).to_be_empty()
