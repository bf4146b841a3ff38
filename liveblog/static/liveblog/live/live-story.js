/* A live page: what changes is shown in place; new updates wait while the reader reads. */

import { Feed } from "./feed.js";
import { StoryConnection, revision } from "./connection.js";
import { remember } from "./memory.js";
import { Notice } from "./notice.js";
import { ABOUT, base, isInSight, keepScroll, moves, parse, swap } from "./dom.js";
import { Words } from "./words.js";

const MINUTE = 60_000;
const TICK = 20_000;

class LiveStory extends HTMLElement {
  connectedCallback() {
    this.words = new Words(this.dataset);
    this.seen = revision(this.dataset.cursor);
    for (const part of this.querySelectorAll("[data-part]")) part.html = part.outerHTML;
    this.words.write(this);
    this.words.writeZone(this.querySelector("[data-zone]"));
    this.feed = new Feed(this);
    this.notice = new Notice(this);
    this.state = this.querySelector("[data-connection]");
    this.pause = this.querySelector("[data-pause]");
    this.pause.addEventListener("click", () => this.togglePause());
    this.offered = this.querySelector("[data-offer]");
    this.offered.addEventListener("click", () => location.reload());
    this.showStatus();
    this.connection = new StoryConnection(this);
    this.lastLook = this.words.now;
    document.addEventListener("visibilitychange", () => this.look());
    setInterval(() => this.tick(), TICK);
    addEventListener("hashchange", () => this.seek());
    addEventListener("scroll", () => import("./reading-position.js"), { once: true, passive: true });
    remember(this);
    this.seek();
  }

  /* A link to an update that waits shows it, to one of another page leads to its own. */
  seek() {
    const id = location.hash.match(/^#update-([-\w]+)$/)?.[1];
    if (!id || this.feed.find(id)) return;
    if (this.notice.waiting.has(id)) this.go();
    else location.replace(`${base}/live/${this.dataset.story}/updates/${id}/`);
  }

  /* Where the page was hidden, or the machine asleep, what comes next was missed. Without a new
     connection since, it was the clock that jumped. */
  look() {
    if (document.hidden) return;
    const { now } = this.words;
    if (now - this.lastLook > MINUTE) {
      if (this.connection.attempt === this.lastAttempt) return;
      this.wasAway = true;
    }
    this.lastLook = now;
    this.lastAttempt = this.connection.attempt;
  }

  applyChanges(changes, cursor) {
    this.look();
    this.feed.element.ariaBusy = "true";
    for (const change of changes) {
      if (change.type === "story") this.storyChange = { ...this.storyChange, ...change };
      else keepScroll(() => (change.html ? this.update(change) : this.remove(change.id)));
    }
    keepScroll(() => this.tick());
    this.feed.element.ariaBusy = null;
    this.seen = Math.max(this.seen, revision(cursor));
    this.notice.announce();
    this.finish(cursor);
  }

  /* The story's own regions come in a frame of their own: where the list moves one way and
     its content the other, browsers count a shift that nobody sees. */
  finish(cursor, seen) {
    cancelAnimationFrame(this.frame);
    if (moves !== seen && !document.hidden) {
      this.frame = requestAnimationFrame(() => {
        this.frame = requestAnimationFrame(this.finish.bind(this, cursor, moves));
      });
      return;
    }
    if (this.storyChange) keepScroll(() => this.change(this.storyChange));
    this.notice.hideWaiting();
    this.storyChange = null;
    this.showStatus();
    this.dataset.at = cursor;
  }

  remove(id) {
    const about = base ? [this.previousElementSibling] : document.querySelectorAll(ABOUT);
    for (const each of about) if (each?.matches(ABOUT)) each.remove();
    this.notice.forget(id);
    this.feed.remove(id);
  }

  update({ id, html, number, published_at: publishedAt, key_event: isKeyEvent }) {
    const article = parse(html);
    const { waiting, unseen, beyond } = this.notice;
    const isNew = number > this.seen && !waiting.has(id) && !this.feed.find(id);
    if (!this.feed.holds(article)) {
      const isUnread = (isNew || beyond.has(id)) && this.feed.isBeyond(article);
      this.remove(id);
      if (isUnread) beyond.add(id);
      return;
    }
    this.words.write(article);
    const shown = this.feed.find(id);
    const detail = { id, number, publishedAt, isKeyEvent };
    const entry = { article, detail, isLate: !this.feed.isNewest(article) };
    if (isNew) this.dispatch("liveblog:new", detail);
    if (shown) {
      const isMarked = shown.classList.contains("is-new");
      const put = this.feed.put(article);
      if (isMarked) this.notice.mark(put);
    } else if (this.mustWait(article, isNew || waiting.has(id))) {
      waiting.set(id, entry);
    } else {
      this.show(entry);
      if (isNew && !isInSight(article)) unseen.set(id, entry);
    }
  }

  /* What is new comes in at once only below the screen, the rest only off the screen. */
  mustWait(article, isNew) {
    if (this.isPaused || this.wasAway || document.hidden) return true;
    if (this.feed.element.hidden) return false;
    const next = this.feed.findNext(article)?.getBoundingClientRect().top;
    const place = next ?? this.feed.element.getBoundingClientRect().bottom;
    return place < innerHeight && (isNew || place > 0);
  }

  show({ article, detail }) {
    this.notice.waiting.delete(detail.id);
    this.notice.mark(this.feed.put(article));
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
      this.notice.announce();
    }
    this.dispatch("liveblog:story", { title, parts });
    this.tick();
  }

  changePart(part, next) {
    const html = next.outerHTML; // as the server wrote it
    if (html === part.html) return;
    const { scrollTop } = part;
    const left = part.querySelector(".entries")?.scrollLeft;
    this.words.write(next);
    const shown = swap(part, next);
    shown.html = html;
    shown.scrollTop = scrollTop;
    if (left) shown.querySelector(".entries")?.scrollTo({ left, behavior: "instant" });
  }

  /* What the page says of the story as a whole, as a page just loaded does. */
  showStatus() {
    const isEmpty = this.feed.element.hidden && !this.notice.waiting.size;
    this.querySelector(".updates > .empty").hidden = !isEmpty;
    this.querySelector(".order").hidden = isEmpty;
    this.dataset.status = this.querySelector(".status").dataset.status;
    this.pause.hidden = this.dataset.status === "ended";
    this.showState(this.connectionState);
  }

  /* Show what waits, and go to its beginning; it may be on a newer page. */
  go() {
    const { beyond, unseen } = this.notice;
    const id = this.notice.release();
    this.notice.forgetFresh();
    if (!id && beyond.size) return location.assign(`${base}/live/${this.dataset.story}/`);
    unseen.delete(id);
    this.caughtUp();
    const article = this.feed.find(id);
    article?.scrollIntoView({ block: "start" });
    article?.focus({ preventScroll: true });
  }

  togglePause() {
    this.isPaused = !this.isPaused;
    this.pause.textContent = this.isPaused ? this.words.resume : this.words.pause;
    this.pause.ariaPressed = this.isPaused;
    this.showState(this.connectionState);
    if (!this.isPaused) keepScroll(() => this.notice.release());
    this.caughtUp();
  }

  /* Nothing more is missed: what comes from now on comes as it happens. */
  caughtUp() {
    if (!this.notice.waiting.size && !document.hidden) this.wasAway = false;
    this.tick();
    this.notice.announce();
  }

  showState(state) {
    if (state === "live") this.since = null;
    else if (state) this.since ??= this.words.say(this.words.now);
    this.connectionState = state;
    const name = this.isPaused ? "paused" : state;
    const isSaid = name && (name !== "live" || this.dataset.status === "live");
    this.state.textContent = isSaid ? this.words[name].replace("%s", this.since) : "";
    this.dataset.connection = name ?? "";
  }

  /* A beat says what time it is, and which release of the site sends it. */
  noteServer({ now, release }) {
    if (now) {
      this.words.late = now - Date.now();
      if (!document.hidden) this.lastLook = this.words.now;
    }
    if (!base && release && release !== document.documentElement.dataset.release) this.offer();
  }

  /* Only the reader loads the page anew: words may be typed here, or a film may play. */
  offer() {
    this.offered.hidden = false;
  }

  /* What a clock changes, as soon as the server's is known. */
  tick() {
    this.look();
    if (this.words.late === undefined) return;
    this.words.turnQuiet(this);
    for (const part of this.querySelectorAll(".bar, .latest, .summary-head")) this.words.write(part);
    this.words.age(this);
  }

  dispatch(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }

  /* Take over what a page just loaded shows; returns the cursor from where to go on. */
  async renew() {
    this.showState("updating");
    const { renew } = await import("./renewal.js"); // seldom needed
    return renew(this);
  }

  /* The story was withdrawn: nothing of it stays. */
  clear() {
    this.connection.close();
    this.remove("");
    this.notice.icon = null;
    if (!base) document.title = this.words.gone;
    this.replaceChildren(parse("<p class='empty' role='status'></p>"));
    this.firstElementChild.textContent = this.words.gone;
  }
}

customElements.define("live-story", LiveStory);
