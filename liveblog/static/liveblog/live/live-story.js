/* A live page: what changes is shown in place; new updates wait while the reader reads. */

import { onReturn } from "./away.js";
import { Feed } from "./feed.js";
import { listenForKeys } from "./keys.js";
import { Line } from "./line.js";
import { Notice } from "./notice.js";
import { turnQuiet } from "./status.js";
import { afterPaint, keepPlace, parse, swap } from "./still.js";
import { Times } from "./times.js";
import { Unread } from "./unread.js";
import { Words } from "./words.js";

const RELOAD_EVERY = 60_000;
const TICK = 20_000;
const ABOUT = "[type='application/ld+json'], meta[name=description], meta[property]"; // for machines

const revision = (cursor) => Number(cursor.split("-")[1]);

/* When the page was loaded anew; a frame may be refused the memory. */
function lastLoad() {
  try {
    return Number(sessionStorage.getItem("liveblog:reloaded"));
  } catch {
    return performance.timeOrigin;
  }
}

class LiveStory extends HTMLElement {
  connectedCallback() {
    this.words = new Words(this.dataset.words);
    this.times = new Times(this.dataset.timezone);
    this.seen = revision(this.dataset.cursor);
    this.told = new Map(); // the last HTML of each region
    this.prepareFeed();
    this.prepareControls();
    this.follow();
    onReturn(() => (this.wasAway = true));
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

  prepareFeed() {
    const { order, beforeAt, beforeNumber, before } = this.dataset;
    this.feed = new Feed(this.querySelector("[data-feed]"), {
      isOldestFirst: order === "oldest",
      isLast: !this.querySelector(".pager [rel=next]"),
      until: before && { dataset: { publishedAt: beforeAt, number: beforeNumber, id: before } },
    });
    this.times.write(this);
    this.times.writeZone(this.querySelector("[data-zone]"), this.words.zone);
    this.feed.arrange();
    listenForKeys(this.feed);
  }

  prepareControls() {
    const button = this.querySelector("[data-news]");
    this.notice = new Notice(button, this);
    this.unread = new Unread((id) => {
      this.notice.below.delete(id);
      this.announce();
    });
    button.addEventListener("click", () => this.go());
    this.state = this.querySelector("[data-line]");
    this.pause = this.querySelector("[data-pause]");
    this.pause.addEventListener("click", () => this.togglePause());
    this.showStatus();
  }

  follow() {
    this.line = new Line({
      address: `/live/${this.dataset.story}/`,
      cursor: this.dataset.cursor,
      isEnded: this.dataset.status === "ended",
      take: (changes, cursor) => this.take(changes, cursor),
      tell: (state) => this.tell(state),
      time: (late) => this.setClock(late),
      caughtUp: () => this.settle(),
      reload: () => this.reload(),
      gone: () => this.clear(),
    });
    this.line.start();
  }

  take(changes, cursor) {
    this.feed.element.setAttribute("aria-busy", "true");
    for (const change of changes) {
      if (change.type === "story") this.outline = change;
      else keepPlace(() => (change.html ? this.update(change) : this.remove(change.id)));
    }
    this.feed.element.removeAttribute("aria-busy");
    this.seen = Math.max(this.seen, revision(cursor));
    this.announce();
    afterPaint(() => this.finish(cursor));
  }

  /* The story's own regions come a frame later: where the list moves one way and its
     content the other, browsers count a shift that nobody sees. */
  finish(cursor) {
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

  update(change) {
    const article = parse(change.html);
    const { waiting, below } = this.notice;
    if (!this.feed.holds(article)) return this.remove(change.id);
    this.times.write(article);
    const shown = this.feed.find(change.id);
    const isNew = !shown && !waiting.has(change.id) && change.number > this.seen;
    if (isNew) this.dispatch("liveblog:new", change);
    if (!shown && this.mustWait(article, isNew || waiting.has(change.id))) {
      waiting.set(change.id, { article, change });
      return;
    }
    if (shown) {
      this.feed.put(article);
      if (shown.classList.contains("is-new")) this.unread.begin(article);
    } else {
      if (isNew && !this.feed.isNewest(article)) below.set(change.id, { article, change });
      this.show({ article, change });
    }
    this.times.age(article);
  }

  /* What is new comes in at once only below the screen, the rest only off the screen. */
  mustWait(article, isNew) {
    if (this.isPaused || this.wasAway) return true;
    if (this.feed.element.hidden) return false;
    const next = this.feed.findNext(article);
    const place = next
      ? next.getBoundingClientRect().top
      : this.feed.element.getBoundingClientRect().bottom;
    return place < innerHeight && (isNew || place > 0);
  }

  show({ article, change }) {
    this.notice.waiting.delete(change.id);
    this.feed.put(article);
    this.unread.begin(article);
    this.dispatch("liveblog:shown", change);
  }

  change({ title, parts }) {
    const headline = this.querySelector("h1").textContent;
    for (const [name, html] of Object.entries(parts)) {
      const part = this.querySelector(`[data-part="${name}"]`);
      if (part && this.told.get(name) !== html) this.changePart(part, parse(html));
      this.told.set(name, html);
    }
    if (this.notice.title.startsWith(headline)) {
      this.notice.title = title + this.notice.title.slice(headline.length);
    }
    this.dispatchEvent(new CustomEvent("liveblog:story", { bubbles: true, detail: { title, parts } }));
  }

  changePart(part, next) {
    if (next.isEqualNode(part)) return;
    const { scrollTop } = part;
    const { scrollLeft } = part.querySelector(".entries") ?? {};
    this.times.write(next);
    swap(part, next);
    this.times.age(next);
    next.scrollTop = scrollTop;
    if (scrollLeft) next.querySelector(".entries")?.scrollTo({ left: scrollLeft, behavior: "instant" });
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
    const { entries, first } = this.notice.release(this.wasAway);
    entries.forEach((entry) => this.show(entry));
    this.notice.below.delete(first?.change.id);
    this.settle(true);
    const article = first && this.feed.find(first.change.id);
    article?.scrollIntoView({ block: "start" });
    article?.focus({ preventScroll: true });
  }

  togglePause() {
    this.isPaused = !this.isPaused;
    this.pause.textContent = this.isPaused ? this.words.resume : this.words.pause;
    this.pause.setAttribute("aria-pressed", String(this.isPaused));
    this.tell(this.connection);
    if (!this.isPaused) {
      const { entries } = this.notice.release(false);
      keepPlace(() => entries.forEach((entry) => this.show(entry)));
    }
    this.settle();
  }

  /* Nothing more is missed: what comes from now on comes as it happens. */
  settle() {
    if (!this.notice.waiting.size) this.wasAway = false;
    this.tick();
    this.announce();
  }

  announce() {
    this.notice.announce(this);
  }

  tell(state) {
    if (state === "offline" && this.connection !== "offline") {
      this.offlineSince = this.times.say(this.times.now);
    }
    this.connection = state;
    const isSaid = state !== "live" || this.dataset.status === "live";
    const name = this.isPaused ? "paused" : state;
    const text = name && isSaid ? this.words[name].replace("%s", this.offlineSince) : "";
    if (this.state.textContent !== text) this.state.textContent = text;
    this.dataset.line = name ?? "";
  }

  setClock(late) {
    this.times.late = late;
    this.tick();
  }

  tick() {
    turnQuiet(this, this.times, this.words);
    this.times.write(this.querySelector(".story-header"));
    this.times.age(this);
  }

  dispatch(name, { id, number, published_at: publishedAt, key_event: isKeyEvent }) {
    const detail = { id, number, publishedAt, isKeyEvent };
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }

  /* Load the page anew, at most once a minute; between, take all changes there are. */
  reload() {
    const wait = Math.max(0, lastLoad() + RELOAD_EVERY - Date.now());
    if (wait && !this.isResynced) {
      this.isResynced = true;
      this.line.resync();
    } else {
      this.line.close();
      setTimeout(() => this.loadAnew(), wait);
    }
  }

  loadAnew() {
    try {
      sessionStorage.setItem("liveblog:reloaded", Date.now());
    } finally {
      location.reload();
    }
  }

  /* The story was withdrawn: nothing of it stays. */
  clear() {
    this.line.close();
    this.remove("");
    document.title = this.words.gone;
    this.replaceChildren(parse("<p class='empty' role='status'></p>"));
    this.firstElementChild.textContent = this.words.gone;
    setTimeout(() => this.loadAnew(), Math.max(0, lastLoad() + RELOAD_EVERY - Date.now()));
  }
}

customElements.define("live-story", LiveStory);
