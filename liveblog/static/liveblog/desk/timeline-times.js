/* Days and countdowns among the timeline's rows. */

import { clockOf, countdown, dayOf } from "./clock.js";
import { rowsOf, scroller } from "./timeline-rows.js";
import { $, $$, make, say } from "./settings.js";

/** Say the day where it changes, among what is on air. */
export function drawDays(group) {
  group.hidden = !rowsOf(group).length;
  if (group.dataset.group !== "air") return;
  $$(".day", group).forEach((each) => each.remove());
  let last = "";
  const today = dayOf(Date.now());
  for (const row of rowsOf(group)) {
    const day = dayOf($("time", row).dateTime);
    if (day !== last && !(last === "" && day === today)) row.before(make("li", { className: "day" }, day));
    last = day;
  }
}

export function countDown() {
  for (const due of $$("[data-due]", scroller)) {
    const left = countdown(due.dateTime);
    due.textContent = `${clockOf(due.dateTime)} · ${left ? say("dueIn", { time: left }) : say("overdue")}`;
    due.classList.toggle("is-overdue", !left);
  }
}
