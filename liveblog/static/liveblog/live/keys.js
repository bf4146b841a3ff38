/* The keys of a feed (WAI-ARIA, feed): Page Down and Page Up from article to article,
   Control + Home and End to what stands before and after it. */

const FOCUSABLE = "a[href], button, input, summary";

export function listenForKeys(feed) {
  feed.element.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey || event.shiftKey) return;
    const next = event.ctrlKey ? outside(feed.element, event.key) : beside(feed, event);
    if (!next) return;
    event.preventDefault();
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: next.matches("article") ? "start" : "nearest" });
  });
}

function beside(feed, { key, target }) {
  const articles = feed.articles();
  const place = articles.indexOf(target.closest("article[data-id]"));
  if (place < 0) return null;
  return { PageDown: articles[place + 1], PageUp: articles[place - 1] }[key];
}

function outside(element, key) {
  const all = [...document.querySelectorAll(FOCUSABLE)].filter((each) => each.getClientRects().length);
  const stands = (side) => (each) =>
    element.compareDocumentPosition(each) & side && !element.contains(each);
  if (key === "End") return all.find(stands(Node.DOCUMENT_POSITION_FOLLOWING));
  if (key === "Home") return all.findLast(stands(Node.DOCUMENT_POSITION_PRECEDING));
  return null;
}
