/* "3 new updates": those that wait to be shown, and those that are out of the reader's sight. */

import { isBefore } from "./feed.js";
import { base } from "./dom.js";

const READ = 5_000; // before the reader
const NAMED = 3; // back-dated updates

export class Notice {
  constructor(page) {
    this.page = page;
    this.button = page.querySelector("[data-news]");
    this.button.addEventListener("click", () => page.go());
    this.waiting = new Map(); // id → { article, detail, isLate }, not on the page yet
    this.unseen = new Map(); // the same, on the page and out of sight
    this.beyond = new Set(); // ids of updates that only a newer page holds
    this.title = document.title;
    this.icon = base ? null : document.querySelector("link[rel=icon]");
    this.timers = new WeakMap();
    this.reading = new IntersectionObserver(
      (entries) => entries.forEach((each) => this.watch(each)),
      { rootMargin: "-15% 0px" },
    );
  }

  get count() {
    return this.waiting.size + this.unseen.size + this.beyond.size;
  }

  forget(id) {
    for (const each of [this.waiting, this.unseen, this.beyond]) each.delete(id);
  }

  /* The thin edge of a new update fades once it was before the reader for a while. */
  mark(article) {
    article.classList.add("is-new");
    this.reading.observe(article);
  }

  watch({ isIntersecting, target }) {
    clearTimeout(this.timers.get(target));
    if (!isIntersecting || document.hidden) return;
    if (this.unseen.delete(target.dataset.id)) this.announce();
    this.timers.set(target, setTimeout(() => this.markRead(target), READ));
  }

  markRead(article) {
    article.classList.remove("is-new");
    this.reading.unobserve(article);
  }

  /* Show what waits; returns where to begin: after an absence with the first unread. */
  release() {
    const { wasAway, feed } = this.page;
    const order = (one, other) => (isBefore(one.article, other.article) ? -1 : 1);
    const entries = [...this.waiting.values()].sort(order);
    const firstOf = (all) => {
      const fresh = all.filter(({ isLate }) => !isLate);
      return (fresh.length && !wasAway ? fresh : all).at(wasAway || feed.isOldestFirst ? 0 : -1);
    };
    const first = firstOf(entries.length ? entries : [...this.unseen.values()].sort(order));
    for (const entry of entries) {
      if (entry.isLate) this.unseen.set(entry.detail.id, entry);
      this.page.show(entry);
    }
    return first?.detail.id;
  }

  /* A press on the button brings them all; back-dated ones are elsewhere, each has its own. */
  forgetFresh() {
    for (const [id, { isLate }] of this.unseen) if (!isLate) this.unseen.delete(id);
  }

  /* The story's list of moments names none that waits. */
  hideWaiting() {
    const list = this.page.querySelector("[data-part=key-events] .entries");
    if (!list) return;
    for (const entry of list.children) {
      entry.hidden = this.waiting.has(entry.querySelector("a").hash.slice(8)); // #update-…
    }
    this.page.words.writeDates(list);
  }

  announce() {
    const { count } = this;
    this.hideWaiting();
    const text = count ? this.say(count) : "";
    this.button.hidden = !text;
    if (this.button.textContent !== text) this.button.textContent = text;
    if (!base) document.title = count ? `(${count}) ${this.title}` : this.title;
    const { plain, dotted } = this.icon?.dataset ?? {};
    if (dotted) this.icon.href = count ? dotted : plain;
  }

  say(count) {
    const { words, wasAway } = this.page;
    const waiting = [...this.waiting.values()];
    if (wasAway && waiting.length) return this.sayMissed(waiting);
    const text = words.count("new", count);
    const late = [...waiting, ...this.unseen.values()].filter(({ isLate }) => isLate);
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
