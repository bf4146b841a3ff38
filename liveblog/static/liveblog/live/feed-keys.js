/* The keys of a feed (WAI-ARIA): Page Down and Page Up from article to article,
   Control + Home and End to what is before and after it. */

import { heightOf } from "./dom.js";

const FOCUSABLE = "a[href], button, summary, input, iframe, video";

export function listen(feed) {
  feed.element.addEventListener("keydown", (event) => press(feed, event));
}

function press(feed, event) {
  if (event.altKey || event.metaKey || event.shiftKey) return;
  const next = event.ctrlKey ? outside(feed.element, event.key) : beside(feed.articles(), event);
  if (!next) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: next.matches("article") ? "start" : "nearest" });
}

function beside(articles, { key, target }) {
  const place = articles.indexOf(target.closest("article[data-id]"));
  return place >= 0 && articles[place + { PageDown: 1, PageUp: -1 }[key]];
}

function outside(element, key) {
  const all = [...document.querySelectorAll(FOCUSABLE)].filter(heightOf);
  const isAt = (side) => (each) => element.compareDocumentPosition(each) === side;
  if (key === "End") return all.find(isAt(Node.DOCUMENT_POSITION_FOLLOWING));
  if (key === "Home") return all.findLast(isAt(Node.DOCUMENT_POSITION_PRECEDING));
}
