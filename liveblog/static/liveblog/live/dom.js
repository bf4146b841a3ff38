/* Changes the page piece by piece, without moving what is read. */

const ANCHORS = ".story-header, .introduction, .pinned, .feed > *, .result"; // none that sticks

/* What the head tells machines: it holds headlines, and a takedown takes it away. */
export const ABOUT =
  "[type='application/ld+json'], [type='application/json+oembed'], meta[name=description], meta[property]";

const PLAYS = "iframe, video, audio, details[open]";

/* In a page of another site: the site of the story. */
const { dataset, lang } = document.querySelector("live-story") ?? {};
export const base = dataset?.base ?? "";
export const language = lang || document.documentElement.lang || "en";

export function parse(html) {
  const { content } = Object.assign(document.createElement("template"), { innerHTML: html });
  if (base) for (const name of ["href", "src", "srcset"]) makeWhole(content, name);
  return content.firstElementChild;
}

function makeWhole(content, name) {
  for (const element of content.querySelectorAll(`[${name}]`)) {
    const address = element.getAttribute(name).replace(/(^|, )\/(?!\/)/g, `$1${base}/`);
    element.setAttribute(name, address);
  }
}

export const make = (tag, className, textContent = "") =>
  Object.assign(document.createElement(tag), { className, textContent });

export const heightOf = (element) => element.getBoundingClientRect().height;

export function isInSight(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return top < innerHeight && bottom > 0;
}

export let moves = 0;

/* Change the page, and then scroll by what that moved; Safari anchors nothing by itself. */
export function keepScroll(change) {
  const anchors = findAnchors();
  moves += 1;
  change();
  for (const [element, side, was] of anchors) {
    const found = findAgain(element);
    if (!found?.getClientRects().length) continue;
    const moved = found.getBoundingClientRect()[side] - was;
    if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: "instant" });
    return;
  }
}

/* What begins on the screen, from its top; else what fills the screen, by its end. */
function findAnchors() {
  const begins = [];
  const fills = [];
  for (const element of document.querySelectorAll(ANCHORS)) {
    const { top, bottom } = element.getBoundingClientRect();
    if (top >= 0 && top < innerHeight) begins.push([element, "top", top]);
    else if (top < 0 && bottom >= innerHeight) fills.push([element, "bottom", bottom]);
  }
  return [...begins, ...fills];
}

function findAgain(element) {
  if (element.isConnected) return element;
  return document.querySelector(`[id="${element.id}"], [data-part="${element.dataset.part}"]`);
}

/* Put `next` in the place of `old`; returns the one that is on the page then. Where the reader
   has something in hand there, it is changed piece by piece. */
export function swap(old, next) {
  if (old.nodeName === next.nodeName && isHeld(old)) {
    merge(old, next);
    return old;
  }
  old.replaceWith(next);
  return next;
}

function isHeld(element) {
  const selection = getSelection();
  const isSelected = !selection.isCollapsed && selection.containsNode(element, true);
  return isSelected || element.contains(document.activeElement) || element.querySelector(PLAYS);
}

/* Make `old` what `next` is. What stays the same is not touched: a film plays on, selected
   words stay selected, and the focus stays where it is. */
export function merge(old, next) {
  mergeAttributes(old, next);
  let place = old.firstChild;
  const children = [...next.childNodes];
  children.forEach((child, index) => {
    const same = findSame(place, child);
    if (same) {
      while (place !== same) place = drop(place);
    } else if (isAlike(place, child) && !children.slice(index).some((each) => isSame(place, each))) {
      if (child.data === undefined) merge(place, child);
      else place.data = child.data;
    } else {
      old.insertBefore(child, place);
      return;
    }
    place = place.nextSibling;
  });
  while (place) place = drop(place);
}

function drop(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}

function mergeAttributes(old, next) {
  for (const { name } of [...old.attributes]) {
    if (!next.hasAttribute(name) && name !== "open") old.removeAttribute(name); // as the reader left it
  }
  for (const { name, value } of next.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

/* A film that plays has its card's place. Line breaks are all the same: look no further for them. */
const isSame = (one, other) => (one.card ?? one).isEqualNode(other);

function findSame(place, child) {
  if (child.nodeType !== Node.ELEMENT_NODE) return place && isSame(place, child) ? place : null;
  let each = place;
  while (each && !isSame(each, child)) each = each.nextSibling;
  return each;
}

function isAlike(one, other) {
  return (
    one?.nodeName === other.nodeName && one.id === other.id && one.className === other.className
  );
}
