/* Changing the page without moving what the reader reads, or where the focus is. */

const LANDMARKS = ".story-header, .introduction, .pinned, .feed > *"; // none that sticks
const FOCUSABLE = "a[href], button, summary, input, iframe, video";

export function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

export function make(tag, className, textContent = "") {
  return Object.assign(document.createElement(tag), { className, textContent });
}

export function swap(old, next) {
  const focused = document.activeElement;
  const isWithin = old.contains(focused);
  const index = [...old.querySelectorAll(FOCUSABLE)].indexOf(focused);
  old.replaceWith(next);
  if (isWithin) (next.querySelectorAll(FOCUSABLE)[index] ?? next).focus({ preventScroll: true });
}

/* Change the page, and then scroll by what that moved; Safari anchors nothing by itself. */
export function keepPlace(change) {
  const anchors = findAnchors();
  change();
  const anchor = anchors.find(({ find }) => find()?.getClientRects().length);
  const moved = anchor ? anchor.measure(anchor.find()) - anchor.was : 0;
  if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: "instant" });
}

export function afterPaint(act) {
  if (document.hidden) act();
  else requestAnimationFrame(() => setTimeout(act));
}

/* What begins on the screen, from its top; else what fills the screen, by its end. */
function findAnchors() {
  const begins = [];
  const fills = [];
  for (const element of document.querySelectorAll(LANDMARKS)) {
    const { top, bottom } = element.getBoundingClientRect();
    if (top >= 0 && top < innerHeight) begins.push(anchorOf(element, "top"));
    else if (top < 0 && bottom >= innerHeight) fills.push(anchorOf(element, "bottom"));
  }
  return [...begins, ...fills];
}

function anchorOf(element, side) {
  const { id, dataset } = element;
  const selector = id ? `[id="${id}"]` : dataset.part && `[data-part="${dataset.part}"]`;
  const measure = (found) => found.getBoundingClientRect()[side];
  const find = () => (element.isConnected || !selector ? element : document.querySelector(selector));
  return { find, measure, was: measure(element) };
}
