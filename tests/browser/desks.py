"""People at desks in real browsers: `Desks(site, browser).open("chief")`."""

from contextlib import contextmanager

from playwright.sync_api import expect

READY = "[data-desk][data-ready]"
KEPT = """async (words) => {
  const kept = () => new Promise((done) => {
    const asked = indexedDB.open("liveblog-desk");
    asked.onsuccess = () => {
      const rows = asked.result.transaction("kept").objectStore("kept").getAll();
      rows.onsuccess = () => {
        asked.result.close();
        done(JSON.stringify(rows.result));
      };
    };
  });
  for (let tries = 0; tries < 400; tries += 1) {
    if ((await kept()).includes(words)) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
}"""


class Desks:
    """Opens the desk of a story for local accounts, each in a browser of their own."""

    def __init__(self, site, browser, story: int):
        self.site, self.browser, self.story = site, browser, story
        self.contexts: dict[str, object] = {}
        self.errors: list[str] = []

    @property
    def address(self) -> str:
        return f"{self.site.url}/admin/liveblog/story/{self.story}/desk/"

    def open(self, name="chief", **options):
        """Sign in, and wait until the desk can be written on."""
        page = self.sign_in(name, **options)
        page.goto(self.address)
        page.locator(READY).wait_for()
        return page

    def sign_in(self, name="chief", **options):
        options = {"viewport": {"width": 1280, "height": 800}} | options
        context = self.browser.new_context(**options)
        self.contexts[name] = context
        page = self.page_in(context)
        page.goto(f"{self.site.url}/admin/login/?next=/admin/")
        page.get_by_label("Username").fill(f"{name}@localhost")
        page.get_by_label("Password").fill(self.site.password_of(f"{name}@localhost"))
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url(f"{self.site.url}/admin/")
        return page

    def page_in(self, context):
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on(
            "console",
            lambda message: "Content Security" in message.text and self.errors.append(message.text),
        )
        return page

    def close(self):
        for context in self.contexts.values():
            context.close()
        assert self.errors == []


def write(page, headline, text="Traffic flows again."):
    page.get_by_label("Headline", exact=True).fill(headline)
    page.get_by_label("Headline", exact=True).press("Enter")
    page.keyboard.type(text)


def row(page, headline, status=None):
    state = f'[data-status="{status}"]' if status else "[data-update]"
    return page.locator(state, has_text=headline).first


def sees(page, headline, status=None, timeout=5000):
    expect(row(page, headline, status)).to_be_visible(timeout=timeout)


def wait_until_kept(page, words):
    """Wait until the browser keeps words that are being written."""
    assert page.evaluate(KEPT, words), f"The browser does not keep “{words}”."


def attempts(page):
    return page.locator("[data-outbox] [data-attempt]")


def wait_until_drawn(page):
    """Let the browser draw what was just scrolled or changed: two frames."""
    frame = "requestAnimationFrame(() => requestAnimationFrame(done))"
    page.evaluate(f"() => new Promise((done) => {frame})")


@contextmanager
def offline(page):
    page.context.set_offline(True)
    yield
    page.context.set_offline(False)
