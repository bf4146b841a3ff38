"""Every form in which a person writes keeps its words, whatever befalls page, line and session."""

from dataclasses import dataclass

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from liveblog import publishing
from liveblog.models import Source, Story, Update
from tests import cast

# The middleware for static files warns where none are collected.
pytestmark = pytest.mark.filterwarnings("ignore:No directory at")

WORDS = "Half a sentence that took an hour"


@dataclass
class Form:
    address: str
    field: str
    button: str
    is_saved: object


def admin(name, *args):
    return reverse(f"admin:liveblog_{name}", args=args)


def is_draft():
    return Update.objects.filter(headline=WORDS).count() == 1


def make_form(name, story, edith) -> Form:
    """The form of this name, filled but for the words."""
    if name == "new update":
        return Form(f"{admin('update_add')}?story={story.pk}", "headline", "Publish", is_draft)
    if name == "new story":
        is_made = lambda: Story.objects.filter(headline=WORDS).count() == 1  # noqa: E731
        return Form(admin("story_add"), "headline", "Create draft story", is_made)
    if name == "story":
        is_made = lambda: Story.objects.filter(standfirst=WORDS).exists()  # noqa: E731
        return Form(admin("story_change", story.pk), "standfirst", "Save changes", is_made)
    if name == "source":
        is_made = lambda: Source.objects.filter(name=WORDS).count() == 1  # noqa: E731
        return Form(admin("source_add"), "name", "Add source", is_made)
    if name == "withdrawal":
        story = cast.make_live_story(edith, "Another")
        is_made = lambda: story.versions.filter(note=WORDS).count() == 1  # noqa: E731
        return Form(admin("story_withdraw", story.pk), "note", "Withdraw the story", is_made)
    return make_update_form(name, story, edith)


def make_update_form(name, story, edith) -> Form:
    if name == "draft":
        update = publishing.save_draft(cast.new_update(story), cast.content(), by=edith)
        return Form(admin("update_change", update.pk), "headline", "Save draft", is_draft)
    if name == "send back":
        update = cast.new_update(story)
        publishing.submit(update, by=cast.make_reporter(), content=cast.content())
        is_made = lambda: Update.objects.filter(sent_back_note=WORDS).exists()  # noqa: E731
        return Form(admin("update_change", update.pk), "send_back_note", "Send back", is_made)
    update = cast.publish(story, edith)
    is_noted = lambda: update.versions.filter(note=WORDS).count() == 1  # noqa: E731
    if name == "correction":
        return Form(admin("update_change", update.pk), "note", "Save changes", is_noted)
    if name == "restored version":
        publishing.edit(update, cast.content(), by=edith, kind="typo")
        address = admin("update_restore_version", update.pk, update.versions.last().pk)
        return Form(address, "note", "Restore this version", is_noted)
    page, button = {
        "retraction": ("update_retract", "Retract with this note"),
        "without trace": ("update_retract_without_trace", "Retract without trace"),
    }[name]
    return Form(admin(page, update.pk), "note", button, is_noted)


# Of each kind of page one goes through everything; the others share its scripts.
THROUGH_EVERYTHING = ["new update", "story", "retraction"]
FORMS = [
    *("draft", "correction", "send back", "without trace"),
    *("restored version", "new story", "withdrawal", "source"),
]


def sign_in_beside(page, live_server, name="edith"):
    """Sign in as another tab would: new session, new token."""
    address = f"{live_server.url}/admin/login/"
    page.context.request.get(address)
    cookies = {each["name"]: each["value"] for each in page.context.cookies()}
    form = {
        "csrfmiddlewaretoken": cookies["csrftoken"],
        "username": name,
        "password": "newsroom-pass",
        "next": "/admin/session/",
    }
    assert page.context.request.post(address, form=form, headers={"Referer": address}).ok


def opened(page, address):
    page.goto(address)
    page.locator("html[data-forms-ready]").wait_for()
    return page


def unfold(page, form):
    """Open what the field is folded in, and choose what goes with a note."""
    page.locator(f"details:has([name={form.field}])").evaluate_all(
        "found => found.forEach((each) => (each.open = true))"
    )
    if page.locator("[value=correction]").count():
        page.locator("[value=correction]").check()


def written(page, form):
    unfold(page, form)
    field_of(page, form).fill(WORDS)
    expect(page.locator("[data-autosave-status]")).to_contain_text("Kept", timeout=6000)


def field_of(page, form):
    return page.locator(f"form:has([data-autosave]) [name={form.field}]")


def restored(page, form):
    expect(page.locator(".notice")).to_contain_text(WORDS)
    page.get_by_role("button", name="Restore", exact=True).click()
    expect(field_of(page, form)).to_have_value(WORDS)
    unfold(page, form)


def stored(page):
    return page.evaluate("Object.entries(localStorage).join()")


@pytest.fixture
def signed_in(page, live_server, edith):
    edith.groups.add(*cast.make_chief("chen").groups.all())
    sign_in_beside(page, live_server)
    return page


@pytest.mark.parametrize("name", FORMS)
def test_words_come_back_and_are_sent(signed_in, live_server, story, edith, name):
    form = make_form(name, story, edith)
    page = opened(signed_in, live_server.url + form.address)
    written(page, form)

    opened(page, live_server.url + form.address)
    restored(page, form)
    page.get_by_role("button", name=form.button, exact=True).click()

    page.wait_for_function(
        "words => !Object.entries(localStorage).join().includes(words)", arg=WORDS
    )
    assert form.is_saved()


@pytest.mark.parametrize("name", THROUGH_EVERYTHING)
def test_words_survive(signed_in, context, live_server, story, edith, name):
    """Reload, closed tab, no line, a failing server and an expired session; then sent once."""
    form = make_form(name, story, edith)
    address = live_server.url + form.address
    page = opened(signed_in, address)
    written(page, form)

    page.reload()
    page.locator("html[data-forms-ready]").wait_for()
    restored(page, form)
    page.locator("[data-autosave-status]", has_text="Kept").wait_for()
    other = context.new_page()
    page.close()
    page = opened(other, address)
    restored(page, form)

    context.set_offline(True)
    page.get_by_role("button", name=form.button, exact=True).click()
    notice = page.locator("[data-attempt]")
    expect(notice).to_contain_text("Not sent")
    expect(notice).to_contain_text(WORDS)
    with page.expect_response(lambda answer: answer.status == 500):
        page.route("**/*", lambda way: way.fulfill(status=500, body="broken"))
        context.set_offline(False)
    expect(notice).to_contain_text("Not sent")
    context.clear_cookies(name="sessionid")
    page.unroute_all(behavior="ignoreErrors")
    expect(notice).to_contain_text("You are signed out")
    expect(notice.get_by_role("link", name="Sign in in a new tab")).to_be_visible()
    assert WORDS in stored(page)
    assert not form.is_saved()
    sign_in_beside(page, live_server)

    page.wait_for_function(
        "words => !Object.entries(localStorage).join().includes(words)", arg=WORDS
    )
    assert form.is_saved()


def test_document_survives(signed_in, live_server, story):
    form = Form(admin("story_from_document"), "text", "Read the document", None)
    page = opened(signed_in, live_server.url + form.address)
    written(page, form)

    page.reload()
    restored(page, form)
    page.locator("[data-autosave-status]", has_text="Kept").wait_for()
    with page.expect_navigation():
        page.get_by_role("button", name=form.button).click()

    expect(page.locator("[name=text]")).to_have_value(WORDS)
    assert WORDS in stored(page)


def test_text_that_a_story_was_made_of_is_not_said_to_be_unsent(signed_in, live_server, story):
    page = opened(signed_in, live_server.url + admin("story_from_document"))
    page.locator("[name=text]").fill("Storm\n\n10:00 Port opens\n\nIt opens.\n")
    page.route("**/admin/forms.js", lambda route: route.abort())  # pressed before it is there
    page.get_by_role("button", name="Read the document").click()
    page.get_by_role("button", name="Make draft story").wait_for()
    page.unroute_all(behavior="ignoreErrors")
    page.get_by_role("button", name="Make draft story").click()
    expect(page.locator(".messagelist")).to_contain_text("kept as a draft")
    page.locator("html[data-forms-ready]").wait_for()

    assert "Port opens" not in stored(page)


def test_file_that_is_not_sent_is_named(signed_in, live_server, story):
    page = opened(signed_in, live_server.url + admin("story_from_document"))
    file = {"name": "storm.txt", "mimeType": "text/plain", "buffer": b"Storm"}
    page.locator("input[type=file]").set_input_files(file)
    page.context.set_offline(True)
    page.get_by_role("button", name="Read the document").click()

    expect(page.locator("[data-attempt]")).to_contain_text("“storm.txt”")


def test_marks_on_a_documents_lines_come_back_with_it(signed_in, live_server, story):
    text = "Storm\n\n10:00 Port opens\n\nIt opens.\n\nMore on trains\n\nThey run.\n"
    address = live_server.url + admin("story_from_document")
    page = opened(signed_in, address)
    page.locator("[name=text]").fill(text)
    page.get_by_role("button", name="Read the document").click()
    page.locator("[name=mark-7]").first.wait_for(state="attached")
    page.locator("html[data-forms-ready]").wait_for()
    page.get_by_text("Line by line").click()
    page.locator("li:has([name=mark-7]) summary").click()
    page.locator("[name=mark-7][value=headline]").check()
    page.locator("[data-autosave-status]", has_text="Kept").wait_for()

    opened(page, address)
    page.get_by_role("button", name="Restore", exact=True).first.click()
    page.get_by_role("button", name="Read the document").click()

    expect(page.locator("[name=mark-7][value=headline]")).to_be_checked()


def test_full_storage_is_said_and_tried_again(signed_in, live_server, story):
    page = opened(signed_in, live_server.url + admin("story_change", story.pk))
    page.evaluate("""() => {
        window.setItem = Storage.prototype.setItem;
        Storage.prototype.setItem = () => { throw new Error("full"); };
    }""")
    page.locator("[name=standfirst]").fill(WORDS)
    status = page.locator("[data-autosave-status]")
    expect(status).to_contain_text("Not kept", timeout=6000)
    held = page.evaluate(
        "() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    )
    page.evaluate("() => void (Storage.prototype.setItem = window.setItem)")

    expect(status).to_contain_text("Kept", timeout=6000)
    assert held
    assert WORDS in stored(page)


def test_pasted_import_is_kept_until_it_is_done(signed_in, live_server):
    text = "Live\n\nThe port reopens\n\n10:00 First ferry leaves\n\nIt left at ten.\n"
    page = opened(signed_in, f"{live_server.url}{admin('story_bring_in')}")
    page.get_by_label("or paste it").fill(text)
    expect(page.locator("[data-autosave-status]")).to_contain_text("Kept", timeout=6000)

    opened(page, page.url)
    page.get_by_role("button", name="Restore", exact=True).click()
    expect(page.get_by_label("or paste it")).to_have_value(text)
    page.get_by_role("button", name="Read the file").click()
    page.locator("html[data-forms-ready]").wait_for()
    assert page.get_by_role("button", name="Restore", exact=True).count() == 0
    page.get_by_role("button", name="Bring it in").click()
    expect(page.locator(".messagelist")).to_contain_text("came in")
    page.locator("html[data-forms-ready]").wait_for()

    assert "First ferry" not in stored(page)
