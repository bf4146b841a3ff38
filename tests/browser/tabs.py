"""What a reader's tab shows, so that two can be compared."""

from .soon import assert_soon_equal

HIDING = """
  let isHidden = false;
  Object.defineProperty(document, "hidden", { get: () => isHidden });
  window.hide = (hidden) => {
    isHidden = hidden;
    document.dispatchEvent(new Event("visibilitychange"));
  };
"""
SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const moved = entry.sources.map(({ node, previousRect: was, currentRect: is }) =>
        `${node?.outerHTML?.slice(0, 80)}: ${was.x},${was.y} to ${is.x},${is.y}`);
      if (!entry.hadRecentInput) window.shifts.push([entry.value, ...moved]);
    }
  }).observe({ type: "layout-shift", buffered: false });
"""
# What the page's script adds to the server's markup tells of the reader, not of the story.
STATE = """
() => {
  const page = document.querySelector("live-story").cloneNode(true);
  for (const each of page.querySelectorAll("*")) {
    for (const name of ["aria-posinset", "aria-setsize", "data-ago", "data-said", "style"])
      each.removeAttribute(name);
    each.classList.remove("is-new");
    if (!each.className) each.removeAttribute("class");
    if (each.matches("time")) each.removeAttribute("title");
    if (each.matches(".gap")) each.remove();
  }
  const html = (selector) => [...page.querySelectorAll(selector)].map((each) => each.outerHTML);
  return {
    title: document.title.replace(/^[(]\\d+[)] /, ""),
    status: page.dataset.status,
    parts: html("[data-part]").map((part) => part.replace(/\\s+/g, " ")),
    updates: [...page.querySelectorAll("[data-feed] > .day, [data-feed] > article")].map(
      (each) => each.outerHTML),
    isEmpty: !page.querySelector(".empty").hidden,
    hasOrder: !page.querySelector(".order").hidden,
  };
}
"""


def state_of(page):
    return page.evaluate(STATE)


def fresh_state(page):
    """What a page just loaded shows, to a reader whose browser has kept nothing."""
    other = page.context.browser.new_context(viewport={"width": 1280, "height": 800})
    loaded = other.new_page()
    loaded.goto(page.url.partition("#")[0])
    loaded.locator("[data-connection=live]").wait_for(state="attached")
    shown = state_of(loaded)
    other.close()
    return shown


def assert_like_fresh(page):
    """Hold an open page to one just loaded: all of it, in the range that both hold."""
    assert_soon_equal(lambda: _differences(page), dict)
    ids = page.evaluate(
        "() => [...document.querySelectorAll('[data-feed] article')].map((each) => each.id)"
    )
    assert len(ids) == len(set(ids))


def _differences(page):
    """Return what differs, by name: as the page shows it, and as one just loaded does."""
    shown, fresh = state_of(page), fresh_state(page)
    both = min(len(shown["updates"]), len(fresh["updates"]))
    kept = slice(-both + 1, None) if "order=oldest" in page.url else slice(both)
    for state in (shown, fresh):
        state["updates"] = state["updates"][kept]
    return {name: (shown[name], fresh[name]) for name in shown if shown[name] != fresh[name]}
