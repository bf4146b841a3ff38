/* The reader's place, and what is new to them, outlive a reload of the page. */

import { isInSight } from "./dom.js";

export async function remember(page) {
  const key = `liveblog:${location.pathname}${location.search}`;
  addEventListener("pagehide", () => keep(key, take(page)));
  const [navigation] = performance.getEntriesByType("navigation");
  const saved = navigation?.type !== "navigate" && read(key);
  if (!saved) return;
  const { restore } = await import("./restoring.js"); // not on a first visit
  restore(page, saved);
}

function take({ feed, notice, seen }) {
  const articles = feed.articles();
  const anchor = scrollY ? findAnchor(articles) : null; // none above the list of updates
  const unread = [...notice.waiting.keys(), ...notice.unseen.keys()];
  return {
    seen,
    unread,
    marked: articles.filter((each) => each.classList.contains("is-new")).map(({ id }) => id),
    anchor: anchor?.id,
    top: anchor?.getBoundingClientRect().top,
    y: scrollY,
  };
}

/* What begins on the screen, else what fills it, else what ends last above it. */
function findAnchor(articles) {
  const seen = articles.filter(isInSight);
  const begins = seen.find((each) => each.getBoundingClientRect().top >= 0);
  return begins ?? seen[0] ?? articles.findLast((each) => each.getBoundingClientRect().bottom <= 0);
}

/* A reader may have closed the storage to pages. */
function keep(key, value) {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
    history.scrollRestoration = "manual"; // the browser would go by what stood above
  } catch {}
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {}
}
