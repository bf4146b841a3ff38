"""What is sent is what stood there when the button was pressed, and it can be taken back."""

import io

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from liveblog import publishing
from liveblog.models import Picture, Source, Update
from tests import cast

from .test_autosave import admin, opened, sign_in_beside

# The middleware for static files warns where none are collected.
pytestmark = pytest.mark.filterwarnings("ignore:No directory at")


@pytest.fixture
def signed_in(page, live_server, edith):
    sign_in_beside(page, live_server)
    return page


@pytest.fixture
def composer(signed_in, live_server, story):
    return opened(signed_in, f"{live_server.url}{admin('update_add')}?story={story.pk}")


def headline(page):
    return page.get_by_label("Headline")


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def offline_with(page, words, *, pressed="Publish"):
    headline(page).fill(words)
    page.context.set_offline(True)
    press(page, pressed)
    row = page.locator("[data-attempt]", has_text=words)
    expect(row).to_contain_text("Not sent")
    return row


def sent(page, words):
    expect(page.locator(".notice", has_text=words)).to_contain_text("Sent")


def test_double_click_publishes_once(composer):
    page = composer
    headline(page).fill("Police close the bridge")
    page.get_by_role("button", name="Publish", exact=True).dblclick()
    page.wait_for_url("**published=**")

    assert Update.objects.count() == 1


def test_lost_answer_is_asked_for_again_and_gives_one_update(composer):
    page, lost = composer, []

    def lose_the_first(route):
        if route.request.method != "POST" or lost:
            return route.continue_()
        lost.append(route.fetch())  # the server has it, the browser never hears
        return route.abort()

    page.route("**/update/add/**", lose_the_first)
    headline(page).fill("Police close the bridge")
    press(page, "Publish")
    expect(page.locator("[data-attempt]")).to_contain_text("Not sent")
    page.wait_for_url("**published=**")

    assert len(lost) == 1
    assert Update.objects.count() == 1


def test_discarded_text_is_not_offered_again(composer):
    page = composer
    headline(page).fill("Half a sent")
    expect(page.locator("[data-autosave-status]")).to_contain_text("Kept", timeout=6000)
    page.reload()
    page.get_by_role("button", name="Discard").click()
    opened(page, page.url)

    expect(page.get_by_role("button", name="Discard")).to_have_count(0)


def test_plain_form_fits_and_is_accessible(composer, assert_accessible):
    for width in (390, 1280):
        composer.set_viewport_size({"width": width, "height": 800})

        assert composer.evaluate("document.documentElement.scrollWidth") <= width
        assert_accessible(composer, context="#content")


def test_note_that_comes_back_chooses_no_other_updates(signed_in, live_server, story, edith):
    wrong, meant = (cast.publish(story, edith, words) for words in ("Wrong.", "Meant."))

    def ask(update):
        opened(page, live_server.url + admin("update_changelist"))
        page.locator(f".action-select[value='{update.pk}']").check()
        page.locator("select[name=action]").select_option("retract_selected")
        page.get_by_role("button", name="Go").click()
        page.locator("html[data-forms-ready]").wait_for()

    page = signed_in
    ask(meant)
    page.locator("[name=note]").fill("Wrong bridge.")
    expect(page.locator("[data-autosave-status]")).to_contain_text("Kept", timeout=6000)
    ask(wrong)
    page.get_by_role("button", name="Restore").click()

    expect(page.locator("[name=_selected_action]")).to_have_value(str(wrong.pk))


def test_cancelled_publication_is_not_sent_and_not_lost(composer):
    page = composer
    row = offline_with(page, "Police close the bridge")
    row.get_by_role("button", name="Cancel").click()
    with page.expect_response("**/admin/**"):
        page.context.set_offline(False)
        page.evaluate("fetch('/admin/session/')")

    expect(headline(page)).to_have_value("Police close the bridge")
    press(page, "Save draft")
    page.wait_for_url("**/change/**")
    assert [update.status for update in Update.objects.all()] == ["draft"]


def test_save_draft_while_a_publication_waits_holds_it(signed_in, live_server, story, edith):
    update = publishing.save_draft(cast.new_update(story), cast.content(), by=edith)
    page = opened(signed_in, live_server.url + admin("update_change", update.pk))
    offline_with(page, "Publish this")
    headline(page).fill("No, hold this")
    press(page, "Save draft")
    expect(page.locator("[data-attempt]")).to_contain_text("Save draft: “No, hold this”")
    page.context.set_offline(False)
    expect(page.locator(".messagelist")).to_contain_text("The draft is saved")

    update.refresh_from_db()
    assert (update.status, update.headline) == ("draft", "No, hold this")


def test_closed_tab_leaves_what_it_sent_unsent_and_says_so(composer, context):
    page, address = composer, composer.url
    offline_with(page, "Police close the bridge")
    other = context.new_page()
    page.close()
    context.set_offline(False)

    page = opened(other, address)
    row = page.locator("[data-attempt]", has_text="Police close the bridge")
    expect(row).to_contain_text("Not sent")
    expect(row).to_contain_text("Publish was pressed")
    expect(page.get_by_role("button", name="Restore")).to_have_count(0)
    assert not Update.objects.exists()
    row.get_by_role("button", name="Send now").click()
    sent(page, "Police close the bridge")
    assert Update.objects.public().count() == 1
    assert "Police close" not in page.evaluate("JSON.stringify(localStorage)")


def test_signing_in_elsewhere_freshens_the_token(composer, live_server):
    page = composer
    field = page.locator("#content form [name=csrfmiddlewaretoken]").first
    before = field.input_value()
    sign_in_beside(page, live_server)

    headline(page).click()

    cookies = {each["name"]: each["value"] for each in page.context.cookies()}
    assert cookies["csrftoken"] != before
    expect(field).to_have_value(cookies["csrftoken"])


def test_control_enter_publishes_with_the_focus_on_the_page(composer):
    page = composer
    headline(page).fill("By keyboard")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**published=**")

    assert Update.objects.public().count() == 1


def test_enter_adds_a_source_in_its_window(composer):
    page = composer
    with page.expect_popup() as popup:
        page.locator("#add_id_attributions-0-source").click()
    window = popup.value
    window.locator("html[data-forms-ready]").wait_for()
    window.get_by_label("Name").fill("Efe")
    with window.expect_event("close"):
        window.keyboard.press("Enter")

    source = Source.objects.get()
    expect(page.locator("#id_attributions-0-source")).to_have_value(str(source.pk))


def picture():
    out = io.BytesIO()
    Image.new("RGB", (80, 60)).save(out, "PNG")
    return {"name": "bridge.png", "mimeType": "image/png", "buffer": out.getvalue()}


def test_refused_picture_keeps_its_file(signed_in, live_server, story):
    page = opened(signed_in, live_server.url + admin("picture_add"))
    file = page.locator("input[type=file]")
    file.set_input_files(picture())
    page.locator("input.default").click()
    expect(page.locator(".errorlist").first).to_be_visible()

    name = "document.querySelector('input[type=file]').files[0]?.name"
    page.wait_for_function(f"() => {name} === 'bridge.png'")
    page.locator("[name=alt]").fill("A bridge")
    page.locator("input.default").click()
    page.wait_for_url(lambda now: not now.endswith(reverse("admin:liveblog_picture_add")))
    assert Picture.objects.get().alt == "A bridge"


def test_hidden_page_with_unsaved_words_goes_on_saying_who_writes(signed_in, live_server, story):
    page = opened(signed_in, live_server.url + admin("story_change", story.pk))
    page.locator("[name=standfirst]").fill("Half a sent")
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true })")

    with page.expect_request("**/editing/?unsaved=1"):
        pass
