/* Where one reads: what is under the hand stays there, and what is new above is counted. */

import { scroller } from "./timeline-rows.js";
import { $, $$, say } from "./settings.js";

const timeline = $("[data-timeline]");
const button = $("[data-new-above]");
let news = 0;

/** Whether the timeline scrolls by itself; on a phone the page does. */
function isScrolledApart() {
  return scroller.scrollHeight > scroller.clientHeight + 2;
}

/** Make a change; whatever row is under the pointer, or has the focus, stays where it is. */
export function keepPlace(act, fixed) {
  const anchor = fixed ?? $$("[data-update]", scroller).find((each) => each.matches(":hover") || each.contains(document.activeElement)) ?? firstInSight();
  const before = anchor?.getBoundingClientRect().top;
  act();
  if (!anchor?.isConnected) return;
  const moved = anchor.getBoundingClientRect().top - before;
  if (!moved) return;
  if (isScrolledApart()) scroller.scrollTop += moved;
  else scrollBy(0, moved);
}

/** One who reads further down goes on reading there; at the top the newest comes into sight. */
function firstInSight() {
  const isScrolled = scroller.scrollTop > 8 || (!isScrolledApart() && timeline.getBoundingClientRect().top < -8);
  const top = Math.max(0, scroller.getBoundingClientRect().top);
  return isScrolled ? $$("[data-update]", scroller).find((each) => each.getBoundingClientRect().bottom > top) : undefined;
}

/** The edges of what is in sight. */
export function sight() {
  return isScrolledApart() ? scroller.getBoundingClientRect() : { top: 0, bottom: innerHeight };
}

export function noteIfAbove(row) {
  if (row.getBoundingClientRect().bottom >= Math.max(0, scroller.getBoundingClientRect().top)) return;
  news += 1;
  button.hidden = false;
  button.textContent = say("newAbove", { count: news });
}

export function forgetNewsAtTop() {
  if (scroller.scrollTop > 8 || timeline.getBoundingClientRect().top < -8) return;
  news = 0;
  button.hidden = true;
}

export function toTop() {
  scroller.scrollTop = 0;
  if (timeline.getBoundingClientRect().top < 0) timeline.scrollIntoView();
  forgetNewsAtTop();
}
