"""The composer in a real browser: quick, by keyboard, and losing nothing."""

import re
import uuid

import pytest
from playwright.sync_api import expect

EMPTY = re.compile(r"[?&]published=")


@pytest.fixture
def newsroom(sign_in):
    """The story list, as an editor finds it."""
    page = sign_in("chief")
    page.goto(page.url + "liveblog/story/")
    return page


@pytest.fixture
def composer(newsroom):
    """The form of one update, which works without scripts; with them the desk is the default."""
    desk = newsroom.get_by_role("link", name="Write update").first.get_attribute("href")
    story = re.search(r"/story/(\d+)/desk/", desk)[1]
    newsroom.goto(
        f"{newsroom.url.partition('/admin/')[0]}/admin/liveblog/update/add/?story={story}"
    )
    return _ready(newsroom)


def _ready(page):
    page.locator("html[data-forms-ready]").wait_for()
    return page


def _headline(page):
    return page.get_by_label("Headline")


def _fresh(word="Bridge"):
    return f"{word} {uuid.uuid4().hex[:8]}"


def _published(page):
    expect(page.locator(".published")).to_contain_text("Published", timeout=15_000)
    page.wait_for_url(EMPTY)
    return _ready(page)


def _titles(page):
    return page.locator(".latest .title").all_inner_texts()


def test_text_comes_back_after_a_reload(composer):
    page, headline = composer, _fresh()
    _headline(page).fill(headline)
    page.locator(".field-body .cke_wysiwyg_div").click()
    page.keyboard.type("Half a sent")
    expect(page.locator("[data-autosave-status]")).to_contain_text("Kept", timeout=5000)
    page.reload()
    _ready(page)
    assert _headline(page).input_value() == ""
    page.get_by_role("button", name="Restore").click()

    expect(_headline(page)).to_have_value(headline)
    expect(page.locator(".field-body .cke_wysiwyg_div")).to_have_text("Half a sent")
    page.get_by_role("button", name="Publish").click()
    _published(page)
    assert _titles(page)[0] == headline
    assert "Half a sent" not in page.evaluate("JSON.stringify(localStorage)")


def test_discarded_text_is_not_offered_again(composer):
    page = composer
    _headline(page).fill(_fresh())
    expect(page.locator("[data-autosave-status]")).to_contain_text("Kept", timeout=5000)
    page.reload()
    page.get_by_role("button", name="Discard").click()
    page.reload()
    _ready(page)

    expect(page.get_by_role("button", name="Discard")).to_have_count(0)


def test_double_click_gives_one_update(composer):
    page, headline = composer, _fresh()
    _headline(page).fill(headline)
    page.get_by_role("button", name="Publish").dblclick()
    _published(page)

    assert _titles(page).count(headline) == 1


def test_lost_answer_is_asked_for_again_and_gives_one_update(composer):
    page, headline = composer, _fresh()
    lost = []

    def lose(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch())  # the server has it, the browser never hears
            return route.abort()
        return route.continue_()

    page.route("**/update/add/**", lose)
    _headline(page).fill(headline)
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".notice")).to_contain_text("Not sent")
    assert "published=" not in page.url
    _published(page)

    assert len(lost) == 1
    assert _titles(page).count(headline) == 1


def test_text_goes_out_when_the_connection_is_back(composer, context):
    page, headline = composer, _fresh()
    _headline(page).fill(headline)
    context.set_offline(True)
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".notice")).to_contain_text("sending again when the connection is back")
    assert headline in page.evaluate("JSON.stringify(localStorage)")
    context.set_offline(False)
    _published(page)

    assert _titles(page).count(headline) == 1


def test_expired_session_keeps_the_text_and_goes_on(composer, context, site):
    page, headline = composer, _fresh()
    _headline(page).fill(headline)
    context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".notice")).to_contain_text("You are signed out")
    expect(page.locator(".notice")).to_contain_text(f"Publish: “{headline}”")

    with context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in a new tab").click()
    tab = opened.value
    tab.get_by_label("Username").fill("chief@localhost")
    tab.get_by_label("Password").fill(site.password_of("chief@localhost"))
    tab.get_by_role("button", name="Log in").click()
    tab.wait_for_url(f"{site.url}/admin/")
    _published(page)

    assert _titles(page).count(headline) == 1


def test_undo_gives_the_text_back(composer):
    page, headline = composer, _fresh()
    _headline(page).fill(headline)
    page.get_by_role("button", name="Publish").click()
    _published(page).locator(".published").get_by_role("button", name="Undo").click()
    page.wait_for_url("**/change/**")

    assert _headline(page).input_value() == headline
    expect(page.locator(".story-bar .state")).to_have_text("draft")


def test_pin_and_retract_beside_the_text_leave_it_alone(composer):
    page, headline = composer, _fresh()
    _headline(page).fill(headline)
    page.get_by_role("button", name="Publish").click()
    _published(page)
    _headline(page).fill("Half a headl")
    row = page.locator(".latest li", has_text=headline)
    row.get_by_role("button", name="Pin").click()
    expect(row.get_by_role("button", name="Unpin")).to_be_visible()
    row.get_by_text("Retract…").click()
    row.get_by_label("Why, for readers").fill("Wrong bridge.")
    row.get_by_role("button", name="Retract with this note").click()

    expect(row.locator(".state")).to_have_text("retracted")
    assert _headline(page).input_value() == "Half a headl"


def test_two_editors_see_each_other_and_both_texts(composer, browser, site):
    page, headline = composer, _fresh()
    _headline(page).fill(headline)
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_url("**/change/**")
    _ready(page)
    other = _another_editor(browser, site, page.url)
    expect(page.locator(".notice")).to_contain_text("Also editing: Eve", timeout=15000)
    expect(other.locator(".notice")).to_contain_text("Also editing: ", timeout=15000)

    _headline(other).fill(f"{headline} is closed")
    other.get_by_role("button", name="Save draft").click()
    expect(other.locator(".messagelist")).to_contain_text("The draft is saved")
    _headline(page).fill(f"{headline} is open")
    page.get_by_role("button", name="Save draft").click()

    conflict = page.locator(".conflict")
    expect(conflict).to_contain_text("Draft saved by Eve")
    expect(conflict.locator("del")).to_have_text("closed")
    expect(conflict.locator("ins")).to_have_text("open")
    _ready(page)
    assert _headline(page).input_value() == f"{headline} is open"
    conflict.get_by_role("button", name="Keep mine").click()
    expect(page.locator(".messagelist")).to_contain_text("The draft is saved")
    assert _headline(page).input_value() == f"{headline} is open"
    other.context.close()


def _another_editor(browser, site, address):
    site.manage("shell", "-c", EVE)
    other = browser.new_context().new_page()
    other.goto(address)
    other.get_by_label("Username").fill("eve")
    other.get_by_label("Password").fill("newsroom-pass")
    other.get_by_role("button", name="Log in").click()
    return _ready(other)


EVE = """
from django.contrib.auth.models import Group, User
eve, _ = User.objects.get_or_create(username="eve", first_name="Eve", is_staff=True)
eve.set_password("newsroom-pass")
eve.save()
eve.groups.set([Group.objects.get(name="Editor")])
"""


@pytest.mark.parametrize("width", [390, 1280])
def test_composer_fits_and_is_accessible(composer, assert_accessible, width):
    page = composer
    page.set_viewport_size({"width": width, "height": 800})

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert_accessible(page, context="#content")
