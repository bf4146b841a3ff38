/* How the story goes, in one line: readers, pace, silence, what waits, delivery, errors. */

import { dayOf, minutesSince, setServerTime } from "./clock.js";
import { drop, tell } from "./notices.js";
import { $, make, say } from "./settings.js";

let latest = null;
let measured = null; // the last delivery that was measured: that of a new change is known seconds later

export function show(health) {
  if (!health.now) return;
  latest = health;
  measured = health.delivery ?? (health.readers ? measured : null);
  setServerTime(health.now);
  draw();
}

export function start() {
  setInterval(draw, 15000);
}

function draw() {
  if (!latest) return;
  const { readers, per_hour: perHour, last_at: last, waiting, oldest_waiting: oldest, overdue, errors, summary } = latest;
  const parts = [
    part("readers", say("readers", { count: readers })),
    part("pace", sparkline(perHour), `${perHour.at(-1)}/h`),
    part("last", say("lastUpdate", { time: last ? ago(last) : "–" }), isSilent() ? "!" : ""),
  ];
  if (waiting) parts.push(part("waiting", say("waitingSince", { minutes: minutesSince(oldest) })));
  if (measured !== null) parts.push(part("delivery", say("delivery", { ms: measured })));
  if (overdue) parts.push(part("overdue bad", `${say("overdue")}: ${overdue}`));
  parts.push(...errors.map((each) => part("bad", each)));
  $("[data-health]").replaceChildren(...parts);
  showSilence();
  showSummary(summary);
}

function part(name, ...children) {
  return make("span", { className: `figure ${name}` }, ...children.filter(Boolean));
}

function ago(iso) {
  const minutes = minutesSince(iso);
  if (minutes >= 24 * 60) return dayOf(iso);
  return minutes ? say("ago", { minutes }) : say("justNow");
}

function isSilent() {
  const { silence_alarm: alarm, is_live: isLive, silent_since: since } = latest;
  return isLive && alarm && since && minutesSince(since) >= alarm;
}

function showSilence() {
  if (isSilent()) tell("silence", say("silent", { minutes: minutesSince(latest.silent_since) }), { tone: "warn" });
  else drop("silence");
}

function showSummary(summary) {
  const place = $("[data-summary-age]");
  if (!place) return;
  place.textContent = summary ? say("checkedAt", { number: summary.checked_at, newer: summary.newer }) : say("neverChecked");
  place.classList.toggle("is-stale", Boolean(summary?.is_stale));
}

/** Draw the updates of each hour as bars; their figures are beside it as text. */
function sparkline(counts) {
  const most = Math.max(1, ...counts);
  const bars = counts.map((count) => {
    const bar = make("i");
    bar.style.blockSize = `${Math.max(1, Math.round((14 * count) / most))}px`;
    return bar;
  });
  return make("span", { className: "sparkline", "aria-hidden": "true" }, ...bars);
}
