"""A slow server, a lost answer, a colleague's hand: a desk neither loses words nor sends others."""

import io
import json
import uuid

from PIL import Image
from playwright.sync_api import expect

from .desks import READY, attempts, offline, row, sees, wait_until_kept, write


def _fresh(word="Bridge"):
    return f"{word} {uuid.uuid4().hex[:8]}"


def _headline(page):
    return page.get_by_label("Headline", exact=True)


def _picture():
    out = io.BytesIO()
    Image.new("RGB", (80, 60), "teal").save(out, "PNG")
    return {"name": "bridge.png", "mimeType": "image/png", "buffer": out.getvalue()}


def _wait_for(page, held, count=1):
    """Let the browser go on until it has asked for what a test holds back."""
    for _ in range(200):
        if len(held) >= count:
            return
        page.wait_for_timeout(25)
    raise AssertionError(f"asked {len(held)} times, not {count}")


def _pictures_of(desks, page, headline):
    """The pictures of the update as the server has them."""
    id = row(page, headline).get_attribute("data-update")
    return page.evaluate("(path) => fetch(path).then((answer) => answer.json())", f"updates/{id}")[
        "pictures"
    ]


def test_a_contribution_cancelled_in_its_row_comes_back_with_its_words(desks):
    chief, headline = desks.open(), _fresh()
    write(chief, headline)
    chief.keyboard.press("Control+s")
    sees(chief, headline, "draft")

    with offline(chief):
        row(chief, headline).get_by_role("button", name="Publish").click()
        attempts(chief).filter(has_text=headline).get_by_role("button", name="Cancel").click()

    row(chief, headline).get_by_role("button", name="Edit").click()
    expect(_headline(chief)).to_have_value(headline)
    expect(chief.locator(".cke_wysiwyg_div")).to_contain_text("Traffic flows again.")


def test_words_of_a_picture_go_out_with_it_and_a_lost_answer_doubles_nothing(desks):
    page, headline = desks.open(), _fresh()
    lost = []

    def lose_the_first_answer(route):
        if lost:
            return route.continue_()
        lost.append(route.fetch().status)
        return route.abort()

    page.route("**/updates/*/send", lose_the_first_answer)
    write(page, headline)
    with offline(page):
        page.locator("[data-picture-input]").set_input_files(_picture())
        alt = page.get_by_label("What the picture shows (alternative text)")
        alt.fill("The bridge at dawn")
        alt.press("Control+Enter")
        expect(_headline(page)).to_have_value("")

    sees(page, headline, "published", timeout=15_000)
    expect(attempts(page).filter(has_text=headline)).to_have_attribute(
        "data-state", "sent", timeout=15_000
    )
    expect(attempts(page).filter(has_text=headline)).not_to_contain_text("No connection")
    assert lost == [200]
    assert [each["alt"] for each in _pictures_of(desks, page, headline)] == ["The bridge at dawn"]


def test_names_that_are_typed_and_not_chosen_go_out(desks):
    page, headline, name, photographer = desks.open(), _fresh(), _fresh("Body"), _fresh("Maria")
    write(page, headline)
    page.locator("[data-picture-input]").set_input_files(_picture())
    alt = page.get_by_label("What the picture shows")
    alt.fill("x" * 501)
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-alert=said]")).to_contain_text("501 characters. The most is 500.")
    alt.fill("A bridge")
    page.get_by_label("Credit").fill(photographer)
    source = page.get_by_label("Sources", exact=True)
    source.fill("A third is to follow.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-alert=said]")).to_contain_text("Choose who is meant")
    source.fill(name)
    page.keyboard.press("Control+Enter")

    expect(row(page, headline, "published")).to_contain_text(name)
    expect(source).to_have_value("")
    (found,) = _pictures_of(desks, page, headline)
    assert (found["alt"], found["credit"]["name"]) == ("A bridge", photographer)


def test_cancelling_while_the_server_is_slow_sends_nothing_later(desks):
    page, first, second = desks.open(), _fresh("First"), _fresh("Second")
    held, asked, sent = [], [], []

    def hold_the_first(route):
        sent.append(json.loads(route.request.post_data)["content"]["headline"])
        return held.append(route) if len(sent) == 1 else route.continue_()

    page.route("**/updates/*/send", hold_the_first)
    page.route("**/updates/*/done", lambda route: asked.append(route))
    write(page, first)
    page.keyboard.press("Control+Enter")
    attempt = attempts(page).filter(has_text=first)
    expect(attempt).to_have_attribute("data-state", "sending")
    attempt.get_by_role("button", name="Cancel").click()
    _wait_for(page, asked)
    write(page, second)
    page.keyboard.press("Control+Enter")  # a new attempt wakes the outbox

    sees(page, second, "published")
    asked[0].fulfill(body=json.dumps({"done": False}), content_type="application/json")
    expect(_headline(page)).to_have_value(first)
    expect(attempts(page).filter(has_text=first)).to_have_count(0)
    assert sent == [first, second]


def test_an_update_given_up_after_a_takeover_opens_again(desks):
    chief, reporter, headline = desks.open("chief"), desks.open("reporter"), _fresh()
    write(reporter, headline)
    reporter.keyboard.press("Control+s")
    row(reporter, headline, "draft").get_by_role("button", name="Edit").click()
    row(chief, headline).get_by_role("button", name="Take over").click()
    taken = reporter.locator("[data-alert=taken]")
    expect(taken).to_contain_text("took this update over")
    reporter.keyboard.type(" and the rest of it")  # stays where it was written
    reporter.keyboard.press("Control+s")
    expect(reporter.locator("[data-alert=said]")).to_contain_text("is not sent")
    expect(_headline(reporter)).to_have_value(f"{headline} and the rest of it")
    reporter.get_by_role("button", name="Close").click()
    expect(_headline(reporter)).to_have_value("")
    reporter.locator("[data-unsent]").get_by_role("button", name="Restore").click()
    expect(_headline(reporter)).to_have_value(f"{headline} and the rest of it")
    expect(taken).to_be_visible()
    taken.get_by_role("button", name="Make it a new update").click()
    expect(taken).to_be_hidden()
    expect(_headline(reporter)).to_have_value(f"{headline} and the rest of it")
    _headline(reporter).fill("")
    reporter.locator(".cke_wysiwyg_div").fill("")

    chief.locator("[data-filter], .filters").get_by_text("Drafts").click()
    expect(row(chief, headline)).to_be_visible()
    chief.get_by_role("button", name="Close").click()
    expect(row(reporter, headline).get_by_role("button", name="Edit")).to_be_visible()
    row(reporter, headline).get_by_role("button", name="Edit").click()
    expect(row(chief, headline).get_by_role("button", name="Take over")).to_be_visible()
    chief.locator(".filters").get_by_text("All", exact=True).click()

    expect(row(chief, headline).get_by_role("button", name="Take over")).to_be_visible()
    expect(_headline(reporter)).to_have_value(headline)
    reporter.keyboard.press("Control+Enter")
    sees(chief, headline, "submitted")


def test_the_newest_search_is_the_one_that_is_shown(desks):
    page, held = desks.open(), []
    page.route("**/rows?*q=zzz*", lambda route: held.append(route))
    search = page.get_by_role("searchbox", name="Search this story")
    search.fill("zzz")
    _wait_for(page, held, 5)
    with page.expect_response("**/changes?after=*"):  # what follows once the rows are drawn
        search.fill("")
    for route in held:
        with page.expect_response("**/rows?*q=zzz*"):
            route.continue_()
    page.evaluate("fetch('sources?q=').then((answer) => answer.json())")  # the late ones are read

    expect(page.locator("[data-empty]")).to_be_hidden()
    expect(page.locator("[data-group=air] [data-update]").first).to_be_visible()


def test_a_search_counts_what_it_finds_and_esc_ends_it(desks):
    page, headline = desks.open(), _fresh("Shopkeeper")
    write(page, headline)
    page.keyboard.press("Control+s")
    sees(page, headline, "draft")
    count = page.locator("[data-group=air] h2 [data-count]")
    whole = count.inner_text()

    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type(headline)
    expect(page.locator("[data-group=drafts] h2 [data-count]")).to_have_text("1")
    expect(page.locator(".filters [data-count=air]")).to_have_text("0")
    page.keyboard.press("Escape")

    expect(count).to_have_text(whole)
    expect(page.locator("[data-group=air] [data-update]").first).to_be_visible()


def test_a_reload_that_fails_once_is_made_up_for(desks):
    page, headline, failed = desks.open(), _fresh(), []

    def fail_once(route):
        failed.append(route.request.url)
        return route.fulfill(status=503) if len(failed) == 1 else route.continue_()

    page.route("**/rows?*", fail_once)
    page.locator(".filters").get_by_text("On air").click()

    expect(page.locator("[data-group=drafts]")).to_be_hidden()
    expect(page.locator("[data-group=air] [data-update]").first).to_be_visible()
    assert len(failed) >= 2
    write(page, headline)
    page.keyboard.press("Control+Enter")
    sees(page, headline, "published")


def test_what_colleagues_do_to_the_story_moves_no_caret(desks):
    chief = desks.open("chief")
    other = desks.page_in(desks.contexts["chief"])
    other.goto(desks.address)
    other.locator("[data-desk][data-ready]").wait_for()
    headline = _fresh()
    write(other, headline)
    other.keyboard.press("Control+Enter")
    sees(chief, headline, "published")
    chief.locator("[data-open-story]").click()
    standfirst = chief.get_by_label("Standfirst")
    standfirst.focus()

    row(other, headline).get_by_role("button", name="Key event").click()

    expect(chief.locator(".key-events")).to_contain_text(headline)
    expect(standfirst).to_be_focused()


def test_an_answer_that_is_not_the_desk_s_counts_as_none(desks):
    page, headline = desks.open(), _fresh()

    def answer_as_a_proxy(route):
        return route.fulfill(status=200, content_type="application/json", body="{}")

    page.route("**/updates/*/send", answer_as_a_proxy)
    write(page, headline)
    page.keyboard.press("Control+Enter")
    expect(attempts(page).filter(has_text=headline)).to_contain_text("No connection")
    page.unroute("**/updates/*/send")

    sees(page, headline, "published", timeout=15_000)


def test_words_for_an_update_that_is_on_air_by_now_become_a_new_one(desks):
    reporter, chief = desks.open("reporter"), desks.open("chief")
    headline, added = _fresh(), _fresh("Added")
    write(reporter, headline)
    reporter.keyboard.press("Control+Enter")
    sees(chief, headline, "submitted")
    row(reporter, headline, "submitted").get_by_role("button", name="Edit").click()
    expect(_headline(reporter)).to_have_value(headline)
    _headline(reporter).fill(added)
    with offline(reporter):
        reporter.keyboard.press("Control+Enter")
        row(chief, headline).get_by_role("button", name="Publish").click()
        sees(chief, headline, "published")
    refused = attempts(reporter).filter(has_text=added)
    expect(refused).to_have_attribute("data-state", "refused")
    refused.get_by_role("button", name="Edit").click()
    reporter.get_by_role("button", name="Make it a new update").click()
    expect(_headline(reporter)).to_have_value(added)
    reporter.keyboard.press("Control+Enter")

    sees(chief, added, "submitted")
    sees(chief, headline, "published")


def test_what_was_closed_does_not_come_back_by_itself(desks):
    page, headline = desks.open(), _fresh()
    write(page, headline)
    page.keyboard.press("Control+Enter")
    row(page, headline, "published").get_by_role("button", name="Correct").click()
    expect(_headline(page)).to_have_value(headline)
    _headline(page).fill(f"{headline} again")
    wait_until_kept(page, f"{headline} again")
    page.get_by_role("button", name="Close").click()
    expect(page.locator("[data-unsent]")).to_contain_text(f"{headline} again")

    page.reload()
    page.locator(READY).wait_for()

    unsent = page.locator("[data-unsent]")
    expect(unsent).to_contain_text(f"{headline} again")
    expect(_headline(page)).to_have_value("")
    unsent.get_by_role("button", name="Discard").click()
    expect(unsent).to_be_hidden()
    page.locator("[data-alert=said]").get_by_role("button", name="Undo").click()
    expect(unsent).to_contain_text(f"{headline} again")


def test_a_key_pressed_for_one_update_does_nothing_to_the_next(desks):
    """Its source is still looked up when another update is opened."""
    page, headline, other = desks.open(), _fresh(), _fresh("Draft")
    write(page, other)
    page.keyboard.press("Control+s")
    sees(page, other, "draft")
    held = []
    page.route("**/sources?q=*", lambda route: held.append(route))
    write(page, headline)
    page.get_by_label("Sources", exact=True).fill("Ef")
    page.keyboard.press("Control+Enter")
    _wait_for(page, held)
    row(page, other, "draft").get_by_role("button", name="Edit").click()
    expect(_headline(page)).to_have_value(other)
    for route in held:
        route.fulfill(json={"found": []})
    page.unroute("**/sources?q=*")
    with page.expect_response("**/sources?q=settled"):
        page.evaluate("fetch('sources?q=settled').then((answer) => answer.json())")

    expect(page.locator("[data-source-chips] li")).to_have_count(0)
    expect(page.locator("[data-unsent]")).to_contain_text(headline)
    expect(attempts(page).filter(has_text=other).filter(has_text="published")).to_have_count(0)
    sees(page, other, "draft")


def test_a_picture_that_could_not_go_yet_goes_with_the_update(desks):
    page, headline = desks.open(), _fresh()
    answer = {"error": "You are signed out.", "reason": "signed-out"}
    page.route("**/desk/pictures", lambda route: route.fulfill(status=401, json=answer), times=1)
    write(page, headline)
    page.locator("[data-picture-input]").set_input_files(_picture())
    expect(page.locator(".picture-status")).to_contain_text("uploaded when it is sent")
    page.get_by_label("What the picture shows").fill("A bridge")
    page.keyboard.press("Control+Enter")

    expect(row(page, headline, "published")).to_contain_text("1 picture")
