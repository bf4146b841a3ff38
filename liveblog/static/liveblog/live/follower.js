/* A page that shows one update, or lists several, stays true: what is withdrawn is emptied in
   place, and what changed is fetched again. A page of one story hears of it by the stream, one
   of many asks for itself now and then. */

import { StoryConnection, revision } from "./connection.js";
import { ABOUT, keepScroll, make, merge, parse } from "./dom.js";
import { Words } from "./words.js";

const SPREAD = 4_000; // milliseconds: not all readers at once
const SLOW = 50_000; // and SPREAD: within a minute
const AGAIN = 15_000; // after an answer that was none
const GONE = [404, 410]; // a list has no page once nothing is left to list
const PATIENCE = 10_000;

const main = document.querySelector("main");
const subject = main.firstElementChild;
const offer = document.querySelector("[data-offer]");
const { gone } = document.querySelector("script[data-gone]").dataset;
const words = subject.dataset.words && new Words(subject.dataset);

class Follower {
  constructor() {
    this.dataset = subject.dataset;
    this.connection = new StoryConnection(this, { sleepsWhenHidden: true });
  }

  applyChanges(changes) {
    for (const { id, type, html } of changes) {
      for (const each of main.querySelectorAll(`[data-id="${id}"]`)) {
        if (type === "removal") empty(each);
        else if (html) replace(each, inReadersZone(parse(html)));
      }
    }
    later(0);
  }

  /* The story has another epoch, address or language. */
  async renew() {
    await fetchAgain();
    const { cursor } = this.dataset;
    return cursor === this.connection.cursor ? "0" : cursor;
  }

  clear() {
    this.connection.close();
    empty(subject);
  }

  noteServer({ now, release }) {
    if (now) words.late = now - Date.now();
    words.turnQuiet(subject);
    if (release && offer && release !== document.documentElement.dataset.release) offer.hidden = false;
  }

  showState() {}
  caughtUp() {}
}

/* Where the page is about what was withdrawn, its title, its links and its data say so too. */
function empty(element) {
  const isWhole = element === subject || element.matches(".single > article");
  const notice = Object.assign(make("p", "empty", gone), { role: "status" });
  keepScroll(() => (isWhole ? subject : element).replaceChildren(notice));
  if (!isWhole) return;
  for (const each of document.querySelectorAll(ABOUT)) each.remove();
  document.title = gone;
}

/* The list's form of a pinned update is a line; this page shows it whole, and fetches it. */
function replace(element, next) {
  if (element.matches("article") && !next.matches(".update-line")) {
    keepScroll(() => merge(element, next));
  }
}

let timer;

function later(milliseconds) {
  clearTimeout(timer);
  if (follower || !document.hidden) timer = setTimeout(ask, milliseconds + SPREAD * Math.random());
}

function ask() {
  fetchAgain().then(
    () => follower || later(SLOW),
    () => later(AGAIN),
  );
}

/* Fetch this page and take over what it shows now; fails where a cache still has an older one. */
async function fetchAgain() {
  const answer = await fetch(location.href, { cache: "no-cache", signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok && !GONE.includes(answer.status)) throw new Error(answer.status);
  const whole = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = inReadersZone(whole.querySelector("main"));
  if (isOlder(next.firstElementChild.dataset.cursor)) throw new Error("older");
  keepScroll(() => merge(main, next));
  document.title = whole.title;
  for (const each of document.querySelectorAll(ABOUT)) each.remove();
  document.head.append(...whole.querySelectorAll(ABOUT));
}

/* As the story's own page has them, so that an update keeps its time from page to page. */
function inReadersZone(root) {
  words?.write(root);
  for (const day of root.querySelectorAll(".single > .day")) {
    day.textContent = day.nextElementSibling?.dataset.date ?? day.textContent;
  }
  for (const zone of root.querySelectorAll("[data-zone]")) words?.writeZone(zone);
  return root;
}

function isOlder(cursor) {
  const known = follower?.connection.cursor ?? "";
  return cursor && cursor.split("-")[0] === known.split("-")[0] && revision(cursor) < revision(known);
}

offer?.addEventListener("click", () => location.reload());

inReadersZone(document.body);

const follower = subject.dataset.story ? new Follower() : null;

if (!follower) {
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (!document.hidden) ask();
  });
  later(SLOW);
}
