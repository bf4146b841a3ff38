/* The list of updates: every article at its place in order, under its day. */

import { keepPlace, make, swap } from "./still.js";

const place = (article) => [article.dataset.publishedAt, Number(article.dataset.number)];

export function isBefore(one, other) {
  const [at, number] = place(one);
  const [otherAt, otherNumber] = place(other);
  if (at !== otherAt) return at < otherAt;
  if (number !== otherNumber) return number < otherNumber;
  return one.dataset.id < other.dataset.id;
}

export class Feed {
  /* The page shows what stands from `from` (or the beginning) and before `until` (or ever). */
  constructor(element, { isOldestFirst, isLast, until }) {
    Object.assign(this, { element, isOldestFirst, until });
    const articles = this.articles();
    if (!isLast) this.from = isOldestFirst ? articles[0] : articles.at(-1);
    this.isWhole = isLast && !until;
    // What is off the screen again needs no gap any longer.
    this.gaps = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) keepPlace(() => target.remove());
      }
    });
  }

  articles() {
    return [...this.element.querySelectorAll("article[data-id]")];
  }

  find(id) {
    return this.element.querySelector(`article[data-id="${CSS.escape(id)}"]`);
  }

  holds(article) {
    const { from, until } = this;
    return !(from && isBefore(article, from)) && !(until && !isBefore(article, until));
  }

  /* Find what an article would stand before; nothing: at the end. */
  findNext(article) {
    return this.articles().find(
      (other) =>
        other.dataset.id !== article.dataset.id &&
        (this.isOldestFirst ? isBefore(article, other) : isBefore(other, article)),
    );
  }

  /* Tell whether an article stands, or would stand, where new updates are looked for. */
  isNewest(article) {
    return !this.articles().some((other) => other !== article && isBefore(article, other));
  }

  put(article) {
    const old = this.find(article.dataset.id);
    if (old && String(place(old)) === String(place(article))) {
      const { height } = old.getBoundingClientRect();
      swap(old, article);
      this.fill(article, height - article.getBoundingClientRect().height);
    } else {
      old?.remove();
      const next = this.findNext(article);
      if (next) next.before(article);
      else this.element.append(article);
    }
    this.arrange();
  }

  remove(id) {
    const article = this.find(id);
    if (!article) return;
    const focused = article.contains(document.activeElement);
    const { height } = article.getBoundingClientRect();
    this.fill(article, height);
    const next = this.findNext(article) ?? this.articles().at(-2);
    article.remove();
    this.arrange();
    if (focused) next?.focus({ preventScroll: true });
  }

  /* Leave a gap after an article that shrinks before the reader's eyes. */
  fill(article, height) {
    const { top, bottom } = article.getBoundingClientRect();
    if (height < 1 || bottom + height < 0 || top > innerHeight) return;
    const gap = make("div", "gap");
    gap.style.blockSize = `${height}px`;
    article.after(gap);
    this.gaps.observe(gap);
  }

  /* Number the articles (WAI-ARIA, feed); one line for each day, above its first article. */
  arrange() {
    const lines = new Map();
    for (const line of this.element.querySelectorAll(".day")) {
      lines.set(line.dataset.day, line);
    }
    const articles = this.articles();
    let day = null;
    articles.forEach((article, index) => {
      article.setAttribute("aria-posinset", index + 1);
      article.setAttribute("aria-setsize", this.isWhole ? articles.length : -1);
      if (article.dataset.day === day) return;
      day = article.dataset.day;
      const line = lines.get(day) ?? make("div", "day", article.dataset.date);
      line.dataset.day = day;
      if (article.previousElementSibling !== line) article.before(line);
      lines.delete(day);
    });
    for (const line of lines.values()) line.remove();
    this.element.hidden = !articles.length;
  }
}
