"""At their desks: written, sent, held, sent back, corrected, taken down."""

import re
import uuid

from playwright.sync_api import expect

from tests.browser.boxes import box_of

from .desks import attempts, offline, row, sees, wait_until_kept, write
from .soon import assert_soon_equal


def _fresh(word="Bridge"):
    return f"{word} {uuid.uuid4().hex[:8]}"


def test_an_editor_writes_and_publishes_by_keyboard(desks):
    page, headline = desks.open(), _fresh()

    page.keyboard.type(headline)
    page.keyboard.press("Control+Enter")

    sees(page, headline, "published")
    expect(page.get_by_label("Headline", exact=True)).to_have_value("")
    expect(page.get_by_label("Headline", exact=True)).to_be_focused()
    expect(attempts(page).first).to_have_attribute("data-state", "sent")
    said = box_of(page.locator("[data-alert=said]"))
    assert said["y"] + said["height"] <= box_of(page.locator("[data-desk]"))["y"]


def test_what_a_colleague_does_comes_without_a_click(desks):
    chief, reporter = desks.open("chief"), desks.open("reporter")
    headline = _fresh()

    write(reporter, headline)
    reporter.get_by_role("button", name="Submit").click()

    sees(chief, headline, "submitted")
    expect(reporter.get_by_role("button", name="Publish")).to_have_count(0)
    expect(chief.locator("[data-here]")).to_contain_text("Reporter")


def test_a_contribution_is_sent_back_approved_and_on_air(desks):
    chief, reporter = desks.open("chief"), desks.open("reporter")
    headline = _fresh()
    write(reporter, headline)
    reporter.keyboard.press("Control+Enter")
    sees(chief, headline, "submitted")

    row(chief, headline).get_by_role("button", name="Send back").click()
    chief.locator("dialog[open] textarea").fill("Who says so?")
    chief.locator("dialog[open]").get_by_role("button", name="Send back").click()
    expect(row(reporter, headline, "draft")).to_contain_text("Who says so?")
    expect(attempts(reporter).filter(has_text="submitted")).to_have_count(0)
    expect(reporter.locator("[data-alert=said]")).to_be_hidden()

    notices = reporter.locator("[data-composer-notices]")
    expect(notices).to_contain_text("Who says so?")
    notices.get_by_role("button", name="Edit").click()
    expect(reporter.get_by_label("Headline", exact=True)).to_have_value(headline)
    expect(notices).to_contain_text("Who says so?")
    source = reporter.get_by_label("Sources", exact=True)
    source.fill("Efe")
    source.press("Enter")
    expect(reporter.locator(".chip")).to_contain_text("Efe")
    reporter.keyboard.press("Control+Enter")
    sees(chief, headline, "submitted")
    row(chief, headline).get_by_role("button", name="Publish").click()

    sees(chief, headline, "published")
    expect(row(reporter, headline, "published")).to_contain_text("Efe")


def test_the_first_key_schedules_while_a_time_is_asked_for(desks):
    page, headline = desks.open(), _fresh()
    write(page, headline)
    page.get_by_role("button", name="Schedule", exact=True).click()
    at = page.get_by_label("Publish at")
    at.fill("2020")
    at.press("Tab")
    expect(at).to_have_value(re.compile(r"^\d{4}-\d\d-\d\d 20:20$"))
    page.get_by_role("button", name="Not now").click()
    page.get_by_role("button", name="Schedule", exact=True).click()
    expect(at).not_to_have_value(re.compile("20:20$"))
    at.fill("2999-07-01T20:20")
    page.keyboard.press("Control+Enter")

    sees(page, headline, "scheduled")


def test_a_picture_that_was_refused_holds_the_update(desks, tmp_path):
    page, headline = desks.open(), _fresh()
    write(page, headline)
    damaged, drawing, large = (tmp_path / name for name in ("bridge.png", "map.svg", "big.png"))
    damaged.write_bytes(b"no picture")
    drawing.write_bytes(b"<svg/>")
    with large.open("wb") as file:  # by its path: 20 MB through the driver take seconds
        file.truncate(20 * 2**20 + 1)
    sent = []
    page.on("request", lambda request: request.url.endswith("/pictures") and sent.append(request))
    page.locator("[data-picture-input]").set_input_files([drawing, large, damaged])
    names = "Not uploaded: map.svg, big.png, bridge.png."
    expect(page.locator("[data-warnings]")).to_contain_text(names)
    expect(page.locator(".picture-status").nth(1)).to_contain_text("more than 20 MB")
    assert len(sent) == 1  # what the browser knows is said without sending it
    page.keyboard.press("Control+Enter")

    expect(page.locator("[data-alert=said]")).to_contain_text(names)
    for _ in range(3):
        page.get_by_role("button", name="Remove").last.click()
    page.keyboard.press("Control+Enter")
    sees(page, headline, "published")


def test_half_a_name_of_a_known_source_is_asked_about(desks):
    page, headline = desks.open(), _fresh()
    write(page, headline)
    page.get_by_label("Sources", exact=True).fill("ef")
    page.keyboard.press("Control+Enter")

    expect(page.locator("[data-alert=said]")).to_contain_text("Choose who is meant by “ef”")
    expect(page.get_by_label("Sources", exact=True)).to_be_focused()
    expect(page.get_by_label("Headline", exact=True)).to_have_value(headline)


def test_a_source_is_made_in_place(desks):
    page, headline, name = desks.open(), _fresh(), _fresh("Body")
    write(page, headline)
    source = page.get_by_label("Sources", exact=True)
    source.fill(name)
    source.press("Enter")
    page.keyboard.press("Control+Enter")

    expect(row(page, headline, "published")).to_contain_text(name)


def test_a_scheduled_update_says_what_it_is_and_is_unscheduled(desks):
    page, headline = desks.open(), _fresh()
    write(page, headline)
    page.get_by_role("button", name="Schedule", exact=True).click()
    at = page.get_by_label("Publish at")
    expect(at).to_have_value(re.compile(r"^\d{4}-\d\d-\d\d \d\d:(00|15|30|45)$"))
    at.fill("2999-07-01 8:20 pm")
    page.get_by_role("button", name="Schedule", exact=True).click()
    expect(page.locator("[data-alert=said]")).to_contain_text("24-hour clock")
    at.fill("2999-07-01 2015")
    at.press("ArrowUp")
    expect(at).to_have_value("2999-07-01 20:20")
    at.press("Enter")
    sees(page, headline, "scheduled")
    expect(page.locator("[data-alerts]")).to_contain_text("Scheduled for 1 Jul 2999, 20:20")

    row(page, headline).get_by_role("button", name="Edit").click()
    save = page.get_by_role("button", name="Save (stays scheduled for 1 Jul 2999, 20:20)")
    expect(save).to_be_visible()
    expect(page.get_by_role("button", name="Save draft")).to_have_count(0)
    page.locator("[data-actions]").get_by_role("button", name="Unschedule").click()

    sees(page, headline, "draft")


def test_a_correction_is_written_in_place(desks):
    page, headline = desks.open(), _fresh()
    write(page, headline)
    page.keyboard.press("Control+Enter")
    sees(page, headline, "published")

    row(page, headline).get_by_role("button", name="Correct").click()
    page.get_by_label("Note to readers").fill("It was another bridge.")
    page.get_by_label("Headline", exact=True).fill(f"{headline} again")
    page.get_by_role("button", name="Save changes").click()

    expect(row(page, f"{headline} again", "published")).to_contain_text("corrected")


def test_retract_and_put_back(desks):
    page, headline = desks.open(), _fresh()
    write(page, headline)
    page.keyboard.press("Control+Enter")
    sees(page, headline, "published")

    row(page, headline).get_by_role("button", name="Retract").click()
    page.locator("dialog[open]").get_by_label("Why, for readers").fill("It was wrong.")
    page.locator("dialog[open]").get_by_role("button", name="Retract", exact=True).click()
    sees(page, headline, "retracted")
    row(page, headline).get_by_role("button", name="Put back").click()

    sees(page, headline, "published")


def test_undo_brings_the_text_back(desks):
    page, headline = desks.open(), _fresh()
    write(page, headline)
    page.keyboard.press("Control+Enter")
    sees(page, headline, "published")

    attempts(page).first.get_by_role("button", name="Undo").click()

    expect(page.get_by_label("Headline", exact=True)).to_have_value(headline)
    sees(page, headline, "draft")


def test_three_sends_without_a_connection_go_out_in_order_once(desks):
    page = desks.open()
    other = desks.open("reporter")
    words = [_fresh(name) for name in ("First", "Second", "Third")]
    with offline(page):
        for headline in words:
            write(page, headline)
            page.keyboard.press("Control+Enter")
            expect(page.get_by_label("Headline", exact=True)).to_have_value("")
        write(page, "Typed later and never sent")
        expect(attempts(page)).to_have_count(3)
        expect(page.locator("[data-state=sent]")).to_have_count(0)

    for headline in words:
        sees(other, headline, "published", timeout=15_000)
        expect(other.locator("[data-update]", has_text=headline)).to_have_count(1)
    titles = other.locator("[data-group=air] .row-title")
    shown = lambda: [each for each in titles.all_inner_texts() if each in words]  # noqa: E731
    assert_soon_equal(shown, lambda: words[::-1])
    expect(page.get_by_label("Headline", exact=True)).to_have_value("Typed later and never sent")
    expect(other.locator("[data-update]", has_text="Typed later")).to_have_count(0)


def test_a_waiting_send_is_cancelled_and_its_words_come_back(desks):
    page, headline = desks.open(), _fresh()
    with offline(page):
        write(page, headline)
        page.keyboard.press("Control+Enter")
        attempts(page).first.get_by_role("button", name="Cancel").click()
        expect(page.get_by_label("Headline", exact=True)).to_have_value(headline)
        expect(attempts(page)).to_have_count(0)

    later = _fresh()
    write(page, later)
    page.keyboard.press("Control+Enter")
    sees(page, later, "published")
    expect(page.locator("[data-update]", has_text=headline)).to_have_count(0)


def test_a_reload_in_mid_sentence_loses_nothing(desks):
    page, headline = desks.open(), _fresh()
    write(page, headline, "Half a sent")
    wait_until_kept(page, "Half a sent")
    page.reload()
    page.locator("[data-desk][data-ready]").wait_for()

    expect(page.get_by_label("Headline", exact=True)).to_have_value(headline)
    expect(page.locator(".cke_wysiwyg_div")).to_contain_text("Half a sent")


def test_two_editors_on_one_update_lose_nothing(desks, site):
    chief, headline = desks.open("chief"), _fresh()
    write(chief, headline)
    chief.keyboard.press("Control+s")
    sees(chief, headline, "draft")
    other = desks.page_in(desks.contexts["chief"])
    other.goto(desks.address)
    other.locator("[data-desk][data-ready]").wait_for()
    for page in (chief, other):
        row(page, headline).get_by_role("button", name="Edit").click()
        expect(page.get_by_label("Headline", exact=True)).to_have_value(headline)

    chief.get_by_label("Headline", exact=True).fill(f"{headline} mine")
    chief.keyboard.press("Control+s")
    sees(other, f"{headline} mine", "draft")
    other.get_by_label("Headline", exact=True).fill(f"{headline} theirs")
    other.keyboard.press("Control+s")
    refused = other.locator("[data-outbox] [data-state=refused]")
    expect(refused).to_be_visible()
    refused.get_by_role("button", name="Edit").click()

    expect(other.locator("[data-alert=conflict]")).to_contain_text("saved this update")
    expect(other.get_by_label("Headline", exact=True)).to_have_value(f"{headline} theirs")
    other.keyboard.press("Control+s")
    sees(chief, f"{headline} theirs", "draft")


def test_warnings_stand_before_publish_and_never_block(desks):
    page = desks.open()
    write(page, _fresh(), "Call 0044 20 7946 0958 now.")

    expect(page.locator("[data-warnings]")).to_contain_text("No source is named.")
    expect(page.locator("[data-warnings]")).to_contain_text("phone number")
    expect(page.locator("[data-actions]").get_by_role("button", name="Publish")).to_be_enabled()


def test_a_headline_that_is_too_long_is_kept_and_not_sent(desks):
    page, headline = desks.open(), _fresh().ljust(5000, "x")
    page.get_by_label("Headline", exact=True).fill(headline)

    expect(page.locator("[data-warnings]")).to_contain_text("The most is 300.")
    page.keyboard.press("Control+Enter")

    expect(page.locator("[data-alert=said]")).to_contain_text("The most is 300.")
    expect(page.get_by_label("Headline", exact=True)).to_have_value(headline)
    expect(attempts(page)).to_have_count(0)


def test_a_slip_of_the_first_minutes_is_a_typo_and_a_figure_is_none(desks):
    page, headline = desks.open(), _fresh()
    write(page, f"{headline} shutt")
    page.keyboard.press("Control+Enter")
    for words, is_slip in ((f"{headline} shut", True), (f"{headline} shut, 2 dead", False)):
        row(page, headline, "published").get_by_role("button", name="Edit").click()
        typo = page.get_by_label("Typo: readers see no mark")
        expect(typo).to_be_checked()
        page.get_by_label("Headline", exact=True).fill(words)
        page.keyboard.press("Control+Enter")
        if not is_slip:
            expect(page.locator("[data-alert=said]")).to_contain_text("what kind of edit")
            typo.check()
            page.keyboard.press("Control+Enter")

        sees(page, words, "published")


def test_the_preview_is_the_readers_page(desks):
    page, headline = desks.open(), _fresh()
    write(page, headline)
    page.keyboard.press("Alt+p")

    shown = page.frame_locator("[data-preview] iframe")
    expect(shown.get_by_role("heading", name=headline).first).to_be_visible()


def test_the_first_key_saves_the_story_in_its_panel(desks):
    page, standfirst = desks.open(), _fresh("Standfirst")
    page.locator("[data-open-story]").click()
    page.get_by_label("Standfirst").fill(standfirst)
    with page.expect_response("**/desk/story"):
        page.keyboard.press("Control+Enter")
    page.reload()
    page.locator("[data-desk][data-ready]").wait_for()
    page.locator("[data-open-story]").click()

    expect(page.get_by_label("Standfirst")).to_have_value(standfirst)
