/* What the page shows: the list of updates, each at its place in order, under its day;
   words and times, as the reader needs them; and all that without moving what is read. */

const MINUTE = 60_000;
const LANDMARKS = ".story-header, .introduction, .pinned, .feed > *"; // none that sticks
const FOCUSABLE = "a[href], button, summary, input, iframe, video";

export function parse(html) {
  return Object.assign(document.createElement("template"), { innerHTML: html }).content
    .firstElementChild;
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

export let moves = 0;

/* Change the page, and then scroll by what that moved; Safari anchors nothing by itself. */
export function keepPlace(change) {
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
  for (const element of document.querySelectorAll(LANDMARKS)) {
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

const heightOf = (element) => element.getBoundingClientRect().height;

/* An article's place in order, as text that compares. */
function placeOf({ dataset: { publishedAt, number, id } }) {
  return `${publishedAt} ${number.padStart(9)} ${id}`;
}

export const isBefore = (one, other) => placeOf(one) < placeOf(other);

export class Feed {
  /* A page of the story shows what stands at or after `from`, and before `until`. */
  constructor(story) {
    const { order, before: id, beforeAt: publishedAt, beforeNumber: number } = story.dataset;
    this.element = story.querySelector("[data-feed]");
    this.isOldestFirst = order === "oldest";
    const isLast = !story.querySelector(".pager [rel=next]");
    const edge = this.articles().at(this.isOldestFirst ? 0 : -1);
    this.from = isLast || !edge ? "" : placeOf(edge);
    this.until = id ? placeOf({ dataset: { publishedAt, number, id } }) : "~"; // after all dates
    this.isWhole = isLast && !id;
    // What is off the screen again needs no gap any longer.
    this.gaps = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) keepPlace(() => target.remove());
      }
    });
    this.element.addEventListener("keydown", (event) => this.press(event));
    this.arrange();
  }

  articles() {
    return [...this.element.querySelectorAll("article[data-id]")];
  }

  find(id) {
    return this.articles().find((article) => article.dataset.id === id);
  }

  holds(article) {
    const place = placeOf(article);
    return place >= this.from && place < this.until;
  }

  /* Find what an article that is not here would stand before; nothing: at the end. */
  findNext(article) {
    return this.articles().find((other) => isBefore(article, other) === this.isOldestFirst);
  }

  /* Tell whether an article would stand where new updates are looked for. */
  isNewest(article) {
    return !this.articles().some((other) => isBefore(article, other));
  }

  put(article) {
    const old = this.find(article.dataset.id);
    if (old && placeOf(old) === placeOf(article)) {
      const height = heightOf(old);
      swap(old, article);
      this.leaveGap(article, height - heightOf(article));
    } else {
      old?.remove();
      this.element.insertBefore(article, this.findNext(article) ?? null);
    }
    this.arrange();
  }

  remove(id) {
    const article = this.find(id);
    if (!article) return;
    const focused = article.contains(document.activeElement);
    const articles = this.articles();
    const index = articles.indexOf(article);
    this.leaveGap(article, heightOf(article));
    article.remove();
    this.arrange();
    if (focused) (articles[index + 1] ?? articles[index - 1])?.focus({ preventScroll: true });
  }

  /* Nothing may jump up before the reader's eyes where an article shrinks. */
  leaveGap(article, height) {
    if (height < 1) return;
    const gap = make("div", "gap");
    gap.style.blockSize = `${height}px`;
    article.after(gap);
    this.gaps.observe(gap);
  }

  /* Number the articles (WAI-ARIA, feed); one line for each day, above its first article. */
  arrange() {
    for (const line of this.element.querySelectorAll(".day")) line.remove();
    const articles = this.articles();
    let last;
    articles.forEach((article, index) => {
      const { day, date } = article.dataset;
      article.ariaPosInSet = index + 1;
      article.ariaSetSize = this.isWhole ? articles.length : -1;
      if (day === last) return;
      last = day;
      article.before(make("div", "day", date));
      article.previousElementSibling.dataset.day = day;
    });
    this.element.hidden = !articles.length;
  }

  /* The keys of a feed (WAI-ARIA): Page Down and Page Up from article to article,
     Control + Home and End to what stands before and after it. */
  press(event) {
    if (event.altKey || event.metaKey || event.shiftKey) return;
    const next = event.ctrlKey ? this.outside(event.key) : this.beside(event);
    if (!next) return;
    event.preventDefault();
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: next.matches("article") ? "start" : "nearest" });
  }

  beside({ key, target }) {
    const articles = this.articles();
    const place = articles.indexOf(target.closest("article[data-id]"));
    return place >= 0 && articles[place + { PageDown: 1, PageUp: -1 }[key]];
  }

  outside(key) {
    const all = [...document.querySelectorAll(FOCUSABLE)].filter(heightOf);
    const stands = (side) => (each) => this.element.compareDocumentPosition(each) === side;
    if (key === "End") return all.find(stands(Node.DOCUMENT_POSITION_FOLLOWING));
    if (key === "Home") return all.findLast(stands(Node.DOCUMENT_POSITION_PRECEDING));
  }
}

const { lang } = document.documentElement;
const locale = `${lang === "en" ? "en-GB" : lang}-u-nu-latn`; // day before month, as the server writes
const ago = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
const plural = new Intl.PluralRules(lang);

const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const DATE = { day: "numeric", month: "short", year: "numeric" };
const BOTH = { ...DATE, ...CLOCK };

function writer(options, timeZone) {
  const format = new Intl.DateTimeFormat(locale, { ...options, timeZone });
  return (at) => format.format(at);
}

const clock = writer(CLOCK);
const date = writer(DATE);
const both = writer(BOTH);
const day = writer({ ...DATE, month: "long", weekday: "long" });
const city = (zone) => zone.split("/").at(-1).replaceAll("_", " ");
const momentOf = (time) => new Date(time.dateTime);

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
    const hasDate = beside ? date(at) !== date(beside) : !hasClock || said.length > 5;
    const wasDated = !hasClock || time.textContent.length > 5;
    if (this.isElsewhere(at)) time.title = `${this.there(at)} ${this.city}`;
    else if (hasDate === wasDated) return;
    time.textContent = (hasDate ? (hasClock ? both : date) : clock)(at);
  }

  besideOf(time) {
    if (time.closest(".story-header")) return this.now;
    if (!time.closest(".labels, .correction")) return null;
    return momentOf(time.closest("article, .pinned-update").querySelector("time"));
  }

  /* The date above a list's first entry, and wherever the day changes. */
  writeDates(entries) {
    let last = "";
    for (const entry of entries.children) {
      const on = date(momentOf(entry.querySelector("time")));
      entry.querySelector(".entry-date")?.remove();
      if (on !== last) entry.prepend(make("span", "entry-date", on));
      last = on;
    }
  }

  /* Tell how long ago. */
  age(root) {
    for (const time of root.querySelectorAll(".permalink > time, .status[data-status=live] > time")) {
      const minutes = Math.max(0, Math.floor((this.now - momentOf(time)) / MINUTE));
      const text = minutes ? ago.format(-minutes, "minute") : ago.format(0, "second");
      if (minutes < 60) time.dataset.ago = text.replace(".", "");
      else delete time.dataset.ago;
    }
  }

  /* A story turns quiet while its page is open; the next change makes it live again. */
  turnQuiet(root) {
    const status = root.querySelector(".status[data-quiet-at]");
    if (!status || this.now < new Date(status.dataset.quietAt)) return;
    const time = status.querySelector("time");
    time.dataset.said = time.textContent = date(momentOf(time));
    status.replaceChildren(`${this.quiet} `, time);
    delete status.dataset.quietAt;
    status.dataset.status = root.dataset.status = "quiet";
  }
}
