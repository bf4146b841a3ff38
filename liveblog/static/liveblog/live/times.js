/* Times in the reader's zone, the story's own on hover; beside fresh ones, how long ago. */

import { make } from "./still.js";

const FRESH = 3_600_000; // an hour
const MINUTE = 60_000;

const { lang } = document.documentElement;
const locale = `${lang === "en" ? "en-GB" : lang}-u-nu-latn`; // day before month, as the server writes
const ago = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });

const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const DATE = { day: "numeric", month: "short", year: "numeric" };
const DAY = { weekday: "long", day: "numeric", month: "long", year: "numeric" };

function writer(options, zone) {
  const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
  return (at) => format.format(at);
}

const clock = writer(CLOCK);
export const date = writer(DATE);
const longDate = writer(DAY);
const city = (zone) => zone.split("/").at(-1).replaceAll("_", " ");
const momentOf = (time) => new Date(time.dateTime);

export class Times {
  /* `late`: by how much the reader's clock is slow, in milliseconds; unknown at first. */
  constructor(zone) {
    this.zone = city(zone);
    this.clockThere = writer(CLOCK, zone);
    this.dateThere = writer(DATE, zone);
    this.late = null;
  }

  get now() {
    return new Date(Date.now() + (this.late ?? 0));
  }

  isElsewhere(at) {
    return clock(at) !== this.clockThere(at) || date(at) !== this.dateThere(at);
  }

  write(root) {
    for (const time of root.querySelectorAll("time")) this.writeOne(time);
    for (const list of root.querySelectorAll(".entries")) this.writeDates(list);
    const articles = root.dataset.id ? [root] : root.querySelectorAll("article[data-id]");
    for (const article of articles) this.moveDay(article);
  }

  /* The server's text tells the form: a clock, a date, or both. A time beside another
     carries its date only where that is another day. */
  writeOne(time) {
    const at = momentOf(time);
    const said = time.dataset.said ?? time.textContent;
    const hasClock = said.includes(":");
    const beside = hasClock && this.besideOf(time);
    const hasDate = beside ? date(at) !== date(beside) : !hasClock || said.length > 5;
    const wasDated = !hasClock || time.textContent.length > 5;
    if (!this.isElsewhere(at) && (hasDate === wasDated || !time.closest(".story-header"))) return;
    time.dataset.said = said;
    time.textContent = [hasDate && date(at), hasClock && clock(at)].filter(Boolean).join(", ");
    if (!this.isElsewhere(at)) return;
    time.title = `${this.dateThere(at)}, ${this.clockThere(at)} ${this.zone}`;
  }

  besideOf(time) {
    if (time.closest(".story-header")) return this.now;
    if (!time.closest(".labels, .correction")) return null;
    return momentOf(time.closest("article, .pinned-update").querySelector("time"));
  }

  /* The date above a list's first entry, and wherever the day changes. */
  writeDates(list) {
    const entries = [...list.querySelectorAll("li")];
    if (!entries.some((entry) => this.isElsewhere(momentOf(entry.querySelector("time"))))) return;
    let last = "";
    for (const entry of entries) {
      const day = date(momentOf(entry.querySelector("time")));
      entry.querySelector(".entry-date")?.remove();
      if (day !== last) entry.prepend(make("span", "entry-date", day));
      last = day;
    }
  }

  moveDay(article) {
    const at = momentOf(article.querySelector("time"));
    if (this.isElsewhere(at)) Object.assign(article.dataset, { day: date(at), date: longDate(at) });
  }

  writeZone(element, word) {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (this.isElsewhere(new Date())) element.textContent = word.replace("%s", city(own));
  }

  say(at) {
    return date(at) === date(this.now) ? clock(at) : `${date(at)}, ${clock(at)}`;
  }

  /* Tell how long ago, as soon as the server's clock is known. */
  age(root) {
    if (this.late === null) return;
    const fresh = ".permalink > time, .status[data-status=live] > time";
    for (const time of root.querySelectorAll(fresh)) {
      const age = Math.max(0, this.now - momentOf(time));
      if (age < FRESH) time.dataset.ago = this.inWords(age);
      else delete time.dataset.ago;
    }
  }

  inWords(age) {
    const minutes = Math.floor(age / MINUTE);
    const words = minutes ? ago.format(-minutes, "minute") : ago.format(0, "second");
    return words.replace(".", "");
  }
}
