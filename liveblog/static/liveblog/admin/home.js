/* The newsroom's home keeps itself current, and lists what this browser has not sent. */

import { unsentTexts } from "./autosave.js";

const EVERY = 5000; // ms
const UNITS = [
  [24 * 60, "day"],
  [60, "hour"],
  [1, "minute"],
];
const home = document.querySelector("[data-home]");
const unsent = document.querySelector("[data-unsent]");

/** Ask for the home as it is now; what has the focus keeps it. */
async function renew() {
  if (document.hidden) return;
  try {
    const response = await fetch(home.dataset.address, { headers: { Accept: "application/json" } });
    if (response.redirected || !response.ok) return;
    const { html } = await response.json();
    if (html !== renew.last) show(html);
    renew.last = html;
  } catch {
    // No connection: what is here is as it was, and the next try comes by itself.
  }
}

function show(html) {
  const { activeElement } = document;
  const { href, textContent } = home.contains(activeElement) ? activeElement : {};
  home.innerHTML = html;
  if (!href) return;
  const alike = [...home.querySelectorAll("a")].filter((each) => each.href === href); // a story's title and its "Desk"
  (alike.find((each) => each.textContent === textContent) ?? alike[0])?.focus({ preventScroll: true });
}

/** Read what the desks of this browser keep: texts that were begun, and attempts on their way. */
async function readUnsent() {
  const { all } = await import("../desk/store.js");
  const mine = ({ person }) => String(person) === home.dataset.person;
  const waiting = (await all("outbox")).filter(mine).filter(({ state }) => state !== "sent");
  return [...waiting, ...(await all("kept")).filter(mine), ...formTexts()];
}

/** Texts of the admin's forms, each with the place that it belongs to. */
function formTexts() {
  const texts = unsentTexts(home.dataset.person).map(([, record]) => record);
  return texts.map(({ words, where, address, at }) => ({ words: `${words} (${where})`, base: address, at }));
}

async function showUnsent() {
  const rows = await readUnsent();
  unsent.hidden = !rows.length;
  unsent.querySelector("ul").replaceChildren(...rows.map(line));
}

function line({ words, base, at, draft }) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = base;
  link.textContent = words || unsent.dataset.saysNone;
  const time = document.createElement("span");
  time.className = "help";
  time.dataset.at = at;
  time.textContent = ago(at);
  item.append(link, time, ...(draft ? [whole(draft)] : []));
  return item;
}

/** The whole text to read and copy, also where its story can not be opened any more. */
function whole({ headline, body }) {
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = unsent.dataset.saysWhole;
  const paragraphs = [headline, ...plainBlocks(body)].filter(Boolean).map((words) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = words;
    return paragraph;
  });
  details.append(summary, ...paragraphs);
  return details;
}

function plainBlocks(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const blocks = [...body.querySelectorAll("p, li, blockquote")].filter((block) => !block.querySelector("p, li"));
  return blocks.length ? blocks.map((block) => block.textContent.trim()) : [body.textContent.trim()];
}

/** Say how long ago a moment was: unlike a clock it needs no zone. */
function ago(at) {
  const minutes = Math.round((Date.now() - at) / 60000);
  const [count, unit] = UNITS.map(([size, unit]) => [Math.floor(minutes / size), unit]).find(([count]) => count) ?? [0, "minute"];
  return new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" }).format(-count, unit);
}

function renewTimes() {
  for (const time of unsent.querySelectorAll("[data-at]")) time.textContent = ago(Number(time.dataset.at));
}

setInterval(renew, EVERY);
setInterval(renewTimes, EVERY);
document.addEventListener("visibilitychange", renew);
new BroadcastChannel("liveblog-outbox").addEventListener("message", showUnsent);
await showUnsent();
// Enter leads on to the first story: from sign-in to its desk in one key.
if (document.activeElement === document.body) home.querySelector(".home-ways a")?.focus({ preventScroll: true });
home.dataset.ready = "";
