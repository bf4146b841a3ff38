/* The list of updates, each at its place in order, under its day. */

import { heightOf, keepScroll, make, swap } from "./dom.js";

/* An article's place in order, as text that compares. */
export function placeOf({ dataset: { publishedAt, number, id } }) {
  return `${publishedAt} ${number.padStart(9)} ${id}`;
}

export const isBefore = (one, other) => placeOf(one) < placeOf(other);

export class Feed {
  /* A page of the story shows what is at or after `from`, and before `until`. */
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
        if (!isIntersecting) keepScroll(() => target.remove());
      }
    });
    // Who reads on does not wait before a hole.
    for (const deed of ["click", "keydown", "wheel", "touchmove"])
      document.addEventListener(deed, () => this.closeGaps(), { passive: true });
    const listen = async () => (await import("./feed-keys.js")).listen(this);
    this.element.addEventListener("focusin", listen, { once: true });
    this.arrange();
  }

  articles() {
    return [...this.element.querySelectorAll("article[data-id]")];
  }

  find(id) {
    return this.articles().find((article) => article.dataset.id === id);
  }

  holds(article) {
    return placeOf(article) >= this.from && !this.isBeyond(article);
  }

  /* Tell whether an article belongs to a newer page. */
  isBeyond(article) {
    return placeOf(article) >= this.until;
  }

  /* Find what an article that is not here would be before; nothing: at the end. */
  findNext(article) {
    return this.articles().find((other) => isBefore(article, other) === this.isOldestFirst);
  }

  /* Tell whether an article would come where new updates are looked for. */
  isNewest(article) {
    return !this.articles().some((other) => isBefore(article, other));
  }

  /* Show an article at its place; returns the one that is on the page now. */
  put(article) {
    const old = this.find(article.dataset.id);
    let shown = article;
    if (old && placeOf(old) === placeOf(article)) {
      const height = heightOf(old);
      shown = swap(old, article);
      this.leaveGap(shown, height - heightOf(shown));
    } else {
      old?.remove();
      this.closeGaps();
      this.element.insertBefore(article, this.findNext(article) ?? null);
    }
    this.arrange();
    return shown;
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

  closeGaps() {
    const gaps = this.element.querySelectorAll(".gap");
    if (gaps.length) keepScroll(() => gaps.forEach((gap) => gap.remove()));
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
}
