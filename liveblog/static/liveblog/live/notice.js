/* "3 new updates": what waits to be shown, and what stands further down unread. */

import { isBefore } from "./feed.js";

const TIMES = 3; // of back-dated updates, named

export class Notice {
  constructor(button, { feed, times, words }) {
    Object.assign(this, { button, feed, times, words });
    this.waiting = new Map(); // id → { article, change }, not on the page yet
    this.below = new Map(); // the same, on the page at a place where nobody looks
    this.title = document.title;
  }

  forget(id) {
    this.waiting.delete(id);
    this.below.delete(id);
  }

  /* Those that don't go where new updates are looked for. */
  late() {
    const waiting = [...this.waiting.values()];
    return waiting.filter(({ article }) => !this.feed.isNewest(article));
  }

  /* Hand over what waits, and where to begin: after an absence with the first unread. */
  release(wasAway) {
    const entries = [...this.waiting.values()];
    const late = this.late();
    if (!entries.length) return { entries, first: [...this.below.values()][0] };
    const sorted = entries.toSorted((one, two) => (isBefore(one.article, two.article) ? -1 : 1));
    const fresh = sorted.filter((entry) => !late.includes(entry));
    const isUpwards = wasAway || this.feed.isOldestFirst;
    const first = (fresh.length && !wasAway ? fresh : sorted).at(isUpwards ? 0 : -1);
    this.waiting.clear();
    for (const entry of late) {
      if (entry !== first) this.below.set(entry.change.id, entry);
    }
    return { entries: sorted, first };
  }

  announce({ isPaused, wasAway }) {
    const { button } = this;
    const count = this.waiting.size + this.below.size;
    const text = count && !isPaused ? this.say(count, wasAway) : "";
    button.hidden = !text;
    if (button.textContent !== text) button.textContent = text;
    document.title = count ? `(${count}) ${this.title}` : this.title;
  }

  say(count, wasAway) {
    if (wasAway && this.waiting.size) return this.sayMissed();
    const added = [...this.late(), ...this.below.values()].map(({ change }) =>
      this.times.say(new Date(change.published_at)),
    );
    const text = this.words.count("new", count);
    if (!added.length) return text;
    if (added.length > TIMES) added.splice(TIMES, added.length, "…");
    return `${text} · ${this.words.added.replace("%s", this.words.list(added))}`;
  }

  sayMissed() {
    const changes = [...this.waiting.values()].map(({ change }) => change);
    const key = changes.filter((change) => change.key_event).length;
    const missed = [this.words.count("missed", changes.length)];
    if (key) missed.push(this.words.count("missedKey", key));
    return this.words.away.replace("%s", this.words.list(missed));
  }
}
