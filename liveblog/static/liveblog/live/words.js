/* Words and times as one reader needs them: in the reader's zone, by the server's clock. */

import { language as lang, make } from "./dom.js";

const MINUTE = 60_000;
const HALF_DAY = 12 * 3_600_000; // what is fresh needs no date, past midnight either

const locale = `${lang === "en" ? "en-GB" : lang}-u-nu-latn`; // day before month, as the server writes
const ago = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
const plural = new Intl.PluralRules(lang);

const AGED = ".permalink > time, .status[data-status=live] > time, .summary .note > time";
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const DATE = { day: "numeric", month: "short", year: "numeric" };
const BOTH = { ...DATE, ...CLOCK };

// A formatter's `format` is bound to it (ECMA-402).
const writer = (options, timeZone) =>
  new Intl.DateTimeFormat(locale, { ...options, timeZone }).format;

const clock = writer(CLOCK);
const date = writer(DATE);
const both = writer(BOTH);
const day = writer({ ...DATE, month: "long", weekday: "long" });
const city = (zone) => zone.split("/").at(-1).replaceAll("_", " ");
const momentOf = (time) => new Date(time.dateTime);
const isOfAnotherDay = (at, beside) =>
  date(at) !== date(beside) && (at > beside || beside - at > HALF_DAY);

export class Words {
  constructor({ words, timezone }) {
    Object.assign(this, JSON.parse(words));
    this.there = writer(BOTH, timezone);
    this.city = city(timezone);
    this.list = new Intl.ListFormat(lang, { style: "short", type: "unit" });
  }

  count(name, number) {
    const forms = this[name];
    return (forms[plural.select(number)] ?? forms.other).replace("%s", number);
  }

  /* The server's clock counts; `late`: by how much the reader's is slow, unknown at first. */
  get now() {
    return new Date(Date.now() + (this.late ?? 0));
  }

  say(at) {
    return date(at) === date(this.now) ? clock(at) : both(at);
  }

  isElsewhere(at) {
    return both(at) !== this.there(at);
  }

  writeZone(element) {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (this.isElsewhere(new Date())) element.textContent = this.zone.replace("%s", city(own));
  }

  write(root) {
    for (const time of root.querySelectorAll("time")) this.writeTime(time);
    for (const entries of root.querySelectorAll(".entries:has(time[title])")) this.writeDates(entries);
    const articles = root.dataset.id ? [root] : root.querySelectorAll("article[data-id]");
    for (const article of articles) {
      const time = article.querySelector(".permalink > time[title]");
      if (!time) continue;
      const at = momentOf(time);
      Object.assign(article.dataset, { day: date(at), date: day(at) });
    }
  }

  /* The server's text tells the form: a clock, a date, or both. A time beside another
     carries its date only where that is another day. */
  writeTime(time) {
    const at = momentOf(time);
    const said = (time.dataset.said ??= time.textContent);
    const hasClock = said.includes(":");
    const beside = hasClock && this.besideOf(time);
    const hasDate = beside ? isOfAnotherDay(at, beside) : !hasClock || said.length > 5;
    const wasDated = !hasClock || time.textContent.length > 5;
    if (this.isElsewhere(at)) time.title = `${this.there(at)} ${this.city}`;
    else if (hasDate === wasDated) return;
    time.textContent = (hasDate ? (hasClock ? both : date) : clock)(at);
  }

  besideOf(time) {
    if (time.closest(".bar, .latest, .summary .note")) return this.now;
    if (!time.closest(".labels, .correction")) return null;
    return momentOf(time.closest("article, .pinned-update").querySelector("time"));
  }

  /* The date above a list's first entry, and wherever the day changes. */
  writeDates(entries) {
    let last = "";
    for (const entry of entries.querySelectorAll(":scope > :not([hidden])")) {
      const on = date(momentOf(entry.querySelector("time")));
      entry.querySelector(".entry-date")?.remove();
      if (on !== last) entry.prepend(make("span", "entry-date", on));
      last = on;
    }
  }

  /* Tell how long ago. */
  age(root) {
    for (const time of root.querySelectorAll(AGED)) {
      const minutes = Math.max(0, Math.floor((this.now - momentOf(time)) / MINUTE));
      const text = minutes ? ago.format(-minutes, "minute") : ago.format(0, "second");
      if (minutes < 60) time.dataset.ago = text.replace(".", "");
      else delete time.dataset.ago;
    }
  }

  /* A story turns quiet while its page is open; the next change makes it live again. */
  turnQuiet(root) {
    const status = root.querySelector(".status[data-quiet-at]");
    if (!status || this.late === undefined || this.now < new Date(status.dataset.quietAt)) return;
    const time = status.querySelector("time");
    time.dataset.said = time.textContent = date(momentOf(time));
    status.replaceChildren(`${this.quiet} `, time);
    delete status.dataset.quietAt;
    status.dataset.status = root.dataset.status = "quiet";
  }
}
