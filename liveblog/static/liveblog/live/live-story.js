/* A live page: what changes is shown in place; new updates wait while the reader reads. */

import { Feed, isBefore, keepPlace, moves, parse, swap, Words } from "./feed.js";
import { Line, revision } from "./line.js";

const MINUTE = 60_000;
const TICK = 20_000;
const READ = 5_000; // before the reader
const NAMED = 3; // back-dated updates
const ABOUT = "[type='application/ld+json'], meta[name=description], meta[property]"; // for machines

/* "3 new updates": what waits to be shown, and what stands further down unread. */
class Notice {
  constructor(page) {
    this.page = page;
    this.button = page.querySelector("[data-news]");
    this.waiting = new Map(); // id → { article, detail, isLate }, not on the page yet
    this.below = new Map(); // the same, on the page at a place where nobody looks
    this.title = document.title;
    this.timers = new WeakMap();
    const look = (seen) => seen.forEach((each) => this.look(each));
    this.reading = new IntersectionObserver(look, { rootMargin: "-15% 0px" });
  }

  forget(id) {
    this.waiting.delete(id);
    this.below.delete(id);
  }

  /* The thin edge of a new update fades once it was before the reader for a while. */
  mark(article) {
    article.classList.add("is-new");
    this.reading.observe(article);
  }

  look({ isIntersecting, target }) {
    clearTimeout(this.timers.get(target));
    if (isIntersecting) this.timers.set(target, setTimeout(() => this.markRead(target), READ));
  }

  markRead(article) {
    article.classList.remove("is-new");
    this.reading.unobserve(article);
    this.below.delete(article.dataset.id);
    this.announce();
  }

  /* Show what waits; returns where to begin: after an absence with the first unread. */
  release() {
    const { wasAway, feed } = this.page;
    const order = (one, other) => (isBefore(one.article, other.article) ? -1 : 1);
    const entries = [...this.waiting.values()].sort(order);
    const fresh = entries.filter(({ isLate }) => !isLate);
    const isUpwards = wasAway || feed.isOldestFirst;
    const first = (fresh.length && !wasAway ? fresh : entries).at(isUpwards ? 0 : -1);
    for (const entry of entries) {
      if (entry.isLate) this.below.set(entry.detail.id, entry);
      this.page.show(entry);
    }
    return (first ?? [...this.below.values()][0])?.detail.id;
  }

  announce() {
    const count = this.waiting.size + this.below.size;
    const text = count && !this.page.isPaused ? this.say(count) : "";
    this.button.hidden = !text;
    if (this.button.textContent !== text) this.button.textContent = text;
    document.title = count ? `(${count}) ${this.title}` : this.title;
  }

  say(count) {
    const { words, wasAway } = this.page;
    const waiting = [...this.waiting.values()];
    if (wasAway && waiting.length) return this.sayMissed(waiting);
    const late = [...waiting.filter(({ isLate }) => isLate), ...this.below.values()];
    const text = words.count("new", count);
    if (!late.length) return text;
    const times = late.map(({ detail }) => words.say(new Date(detail.publishedAt)));
    if (times.length > NAMED) times.splice(NAMED, times.length, "…");
    return `${text} · ${words.added.replace("%s", words.list.format(times))}`;
  }

  sayMissed(waiting) {
    const { words } = this.page;
    const key = waiting.filter(({ detail }) => detail.isKeyEvent).length;
    const missed = [words.count("missed", waiting.length)];
    if (key) missed.push(words.count("missedKey", key));
    return words.away.replace("%s", words.list.format(missed));
  }
}

class LiveStory extends HTMLElement {
  connectedCallback() {
    this.words = new Words(this.dataset);
    this.seen = revision(this.dataset.cursor);
    for (const part of this.querySelectorAll("[data-part]")) part.told = part.outerHTML;
    this.words.write(this);
    this.words.writeZone(this.querySelector("[data-zone]"));
    this.feed = new Feed(this);
    this.notice = new Notice(this);
    this.notice.button.addEventListener("click", () => this.go());
    this.state = this.querySelector("[data-line]");
    this.pause = this.querySelector("[data-pause]");
    this.pause.addEventListener("click", () => this.togglePause());
    this.showStatus();
    this.line = new Line(this);
    this.lastLook = Date.now();
    document.addEventListener("visibilitychange", () => this.look());
    setInterval(() => this.tick(), TICK);
    addEventListener("hashchange", () => this.seek());
    this.seek();
  }

  /* A link to an update that waits shows it, to one of another page leads to its own. */
  seek() {
    const id = location.hash.match(/^#update-([-\w]+)$/)?.[1];
    if (!id || this.feed.find(id)) return;
    if (this.notice.waiting.has(id)) this.go();
    else location.replace(`/live/${this.dataset.story}/updates/${id}/`);
  }

  /* Where the page was hidden, or the machine asleep, what comes next was missed. */
  look() {
    if (document.hidden) return;
    if (Date.now() - this.lastLook > MINUTE) this.wasAway = true;
    this.lastLook = Date.now();
  }

  take(changes, cursor) {
    this.look();
    this.feed.element.ariaBusy = "true";
    for (const change of changes) {
      if (change.type === "story") this.outline = change;
      else keepPlace(() => (change.html ? this.update(change) : this.remove(change.id)));
    }
    keepPlace(() => this.tick());
    this.feed.element.ariaBusy = null;
    this.seen = Math.max(this.seen, revision(cursor));
    this.notice.announce();
    this.finish(cursor);
  }

  /* The story's own regions come in a frame of their own: where the list moves one way and
     its content the other, browsers count a shift that nobody sees. */
  finish(cursor, seen) {
    cancelAnimationFrame(this.frame);
    if (moves !== seen) {
      this.frame = requestAnimationFrame(() => {
        this.frame = requestAnimationFrame(this.finish.bind(this, cursor, moves));
      });
      return;
    }
    if (this.outline) keepPlace(() => this.change(this.outline));
    this.outline = null;
    this.showStatus();
    this.dataset.at = cursor;
  }

  remove(id) {
    for (const each of document.querySelectorAll(ABOUT)) each.remove();
    this.notice.forget(id);
    this.feed.remove(id);
  }

  update({ id, html, number, published_at: publishedAt, key_event: isKeyEvent }) {
    const article = parse(html);
    const { waiting, below } = this.notice;
    if (!this.feed.holds(article)) return this.remove(id);
    this.words.write(article);
    const shown = this.feed.find(id);
    const isNew = !shown && !waiting.has(id) && number > this.seen;
    const detail = { id, number, publishedAt, isKeyEvent };
    const entry = { article, detail, isLate: !this.feed.isNewest(article) };
    if (isNew) this.dispatch("liveblog:new", detail);
    if (shown) {
      this.feed.put(article);
      if (shown.classList.contains("is-new")) this.notice.mark(article);
    } else if (this.mustWait(article, isNew || waiting.has(id))) {
      waiting.set(id, entry);
    } else {
      if (isNew && entry.isLate) below.set(id, entry);
      this.show(entry);
    }
  }

  /* What is new comes in at once only below the screen, the rest only off the screen. */
  mustWait(article, isNew) {
    if (this.isPaused || this.wasAway) return true;
    if (this.feed.element.hidden) return false;
    const next = this.feed.findNext(article)?.getBoundingClientRect().top;
    const place = next ?? this.feed.element.getBoundingClientRect().bottom;
    return place < innerHeight && (isNew || place > 0);
  }

  show({ article, detail }) {
    this.notice.waiting.delete(detail.id);
    this.feed.put(article);
    this.notice.mark(article);
    this.dispatch("liveblog:shown", detail);
  }

  change({ title, parts }) {
    const headline = this.querySelector("h1").textContent;
    for (const [name, html] of Object.entries(parts)) {
      const part = this.querySelector(`[data-part="${name}"]`);
      if (part) this.changePart(part, parse(html));
    }
    if (this.notice.title.startsWith(headline)) {
      this.notice.title = title + this.notice.title.slice(headline.length);
    }
    this.dispatch("liveblog:story", { title, parts });
    this.tick();
  }

  changePart(part, next) {
    next.told = next.outerHTML; // as the server wrote it
    if (next.told === part.told) return;
    const { scrollTop } = part;
    const left = part.querySelector(".entries")?.scrollLeft;
    this.words.write(next);
    swap(part, next);
    next.scrollTop = scrollTop;
    if (left) next.querySelector(".entries")?.scrollTo({ left, behavior: "instant" });
  }

  /* What the page says of the story as a whole, as a page just loaded does. */
  showStatus() {
    const isEmpty = this.feed.element.hidden && !this.notice.waiting.size;
    this.querySelector(".updates > .empty").hidden = !isEmpty;
    this.querySelector(".order").hidden = isEmpty;
    this.dataset.status = this.querySelector(".status").dataset.status;
    this.pause.hidden = this.dataset.status === "ended";
    this.tell(this.connection);
  }

  /* Show what waits, and go to its beginning. */
  go() {
    const id = this.notice.release();
    this.notice.below.delete(id);
    this.settle();
    const article = this.feed.find(id);
    article?.scrollIntoView({ block: "start" });
    article?.focus({ preventScroll: true });
  }

  togglePause() {
    this.isPaused = !this.isPaused;
    this.pause.textContent = this.isPaused ? this.words.resume : this.words.pause;
    this.pause.ariaPressed = this.isPaused;
    this.tell(this.connection);
    if (!this.isPaused) keepPlace(() => this.notice.release());
    this.settle();
  }

  /* Nothing more is missed: what comes from now on comes as it happens. */
  settle() {
    if (!this.notice.waiting.size) this.wasAway = false;
    this.tick();
    this.notice.announce();
  }

  tell(state) {
    if (state === "offline" && this.connection !== state) {
      this.offlineSince = this.words.say(this.words.now);
    }
    this.connection = state;
    const name = this.isPaused ? "paused" : state;
    const isSaid = name && (name !== "live" || this.dataset.status === "live");
    const text = isSaid ? this.words[name].replace("%s", this.offlineSince) : "";
    this.state.textContent = text;
    this.dataset.line = name ?? "";
  }

  /* What a clock changes, as soon as the server's is known. */
  tick() {
    this.look();
    if (this.words.late === undefined) return;
    this.words.turnQuiet(this);
    for (const header of this.querySelectorAll(".story-header")) this.words.write(header);
    this.words.age(this);
  }

  dispatch(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }

  /* Load the page anew, at most once a minute; before that, take all changes there are. */
  reload() {
    if (performance.now() > MINUTE || this.isResynced) return this.loadAnew();
    this.isResynced = true;
    this.line.resync();
  }

  loadAnew() {
    this.line.close();
    setTimeout(() => location.reload(), MINUTE - performance.now());
  }

  /* The story was withdrawn: nothing of it stays. */
  clear() {
    this.remove("");
    document.title = this.words.gone;
    this.replaceChildren(parse("<p class='empty' role='status'></p>"));
    this.firstElementChild.textContent = this.words.gone;
    this.loadAnew();
  }
}

customElements.define("live-story", LiveStory);
