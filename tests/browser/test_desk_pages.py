"""The desk and the home in all their states: accessible, and never wider than the screen."""

import uuid

import pytest
from playwright.sync_api import expect

from tests.browser.boxes import box_of

from .desks import offline, sees, wait_until_kept, write

TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"
SHOW = """(name) => {
  const dialog = document.querySelector(`[data-dialog=${name}]`);
  dialog.querySelector("[data-dialog-words]").textContent = "What it says.";
  dialog.showModal();
}"""
SCREENS = [(1280, "dark"), (390, "light"), (320, "dark"), (1600, "light")]


def _open(desks, width, scheme, name="chief"):
    options = {"viewport": {"width": width, "height": 844}, "color_scheme": scheme}
    return desks.open(name, **options, reduced_motion="reduce")


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_every_state_is_accessible_and_fits(desks, assert_accessible, width, scheme):
    page = _open(desks, width, scheme)
    found = {}

    def look(state):
        try:
            assert_accessible(page)
            assert page.evaluate(TOO_WIDE) <= 0, "wider than the screen"
        except AssertionError as error:
            found[state] = str(error)

    look("timeline")
    if width < 900:
        page.get_by_role("button", name="Write", exact=True).click()
    look("composer")
    write(page, f"Ferries {uuid.uuid4().hex[:6]}", "Call 0044 20 7946 0958.")
    expect(page.locator("[data-warnings]")).to_be_visible()
    page.locator("[data-preview-open]").click()
    page.frame_locator("[data-preview] iframe").get_by_role(
        "heading", name="Ferries"
    ).first.wait_for()
    look("preview of a phone")
    page.locator("[data-preview-size=wide]").click()
    look("preview of a wide page")
    page.locator("[data-preview-open]").click()
    page.get_by_role("combobox", name="Sources").fill("Ef")
    expect(page.get_by_role("option").first).to_be_visible()
    look("sources")
    page.get_by_role("combobox", name="Sources").press("Enter")
    page.get_by_role("button", name="Schedule", exact=True).click()
    look("schedule")
    with offline(page):
        page.keyboard.press("Control+s")
        expect(page.locator("[data-outbox] [data-attempt]")).to_be_visible()
        look("outbox")
    if width < 900:
        page.get_by_role("button", name="Close").click()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_be_visible()
    look("keys")
    page.keyboard.press("Escape")
    page.evaluate(SHOW, "password")
    expect(page.locator("dialog[open][data-dialog=password]")).to_be_visible()
    look("password")
    page.keyboard.press("Escape")
    page.locator("[data-open-story]").click()
    look("story")
    page.locator("[data-open-story]").click()
    on_air = page.locator("[data-status=published]").first
    on_air.get_by_role("button", name="Retract").click()
    look("retract")
    page.keyboard.press("Escape")
    on_air.get_by_label("Select").check()
    look("selected")
    page.locator("[data-update]").first.get_by_role("button", name="Edit").click()
    look("editing")
    page.goto(f"{desks.site.url}/admin/")
    page.locator("[data-home][data-ready]").wait_for()
    look("home")

    assert found == {}


def test_a_reporter_writes_and_submits_on_a_phone(desks):
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page, headline = desks.open("reporter", **phone), f"Ferry {uuid.uuid4().hex[:6]}"

    page.get_by_role("button", name="Write", exact=True).tap()
    page.get_by_role("textbox", name="Headline").fill(headline)
    submit = page.get_by_role("button", name="Submit", exact=True)
    box = box_of(submit)
    assert box["y"] > 844 / 2, "the button lies under the thumb"
    assert box["height"] >= 44
    submit.tap()
    page.get_by_role("button", name="Close").tap()

    sees(page, headline, "submitted")
    rows = page.locator("[data-update]")
    assert box_of(rows.first)["y"] < 250, "the head leaves the screen to the rows"
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    last, write_button = box_of(rows.last), box_of(page.locator("[data-write]"))
    assert last["y"] + last["height"] <= write_button["y"], "Write covers no row at the end"


def test_home_lists_what_this_browser_has_not_sent(desks):
    page = desks.open()
    write(page, "Half a thought", "that nobody has")
    wait_until_kept(page, "that nobody has")

    page.goto(f"{desks.site.url}/admin/")

    expect(page.locator("[data-unsent]")).to_contain_text("Half a thought")
    expect(page.locator("[data-unsent] details")).to_contain_text("that nobody has")
    expect(page.locator("[data-home]")).to_contain_text("Kyiv says")


def test_from_sign_in_to_on_air_in_two_keys(desks):
    page, headline = desks.sign_in(), f"Bridge {uuid.uuid4().hex[:6]}"
    page.locator("[data-home][data-ready]").wait_for()
    with page.expect_response("**/admin/home/"):  # drawn anew, with the focus where it was
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.evaluate("fetch('session/').then((answer) => answer.json())")

    expect(page.get_by_role("link", name="Desk").first).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("[data-desk][data-ready]").wait_for()
    page.keyboard.type(headline)
    page.keyboard.press("Control+Enter")

    sees(page, headline, "published")
