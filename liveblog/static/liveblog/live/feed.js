/* The list of updates: every article at its place in order, under its day. */

const place = (article) => [article.dataset.publishedAt, Number(article.dataset.number)];

function isBefore(one, other) {
  const [at, number] = place(one);
  const [otherAt, otherNumber] = place(other);
  if (at !== otherAt) return at < otherAt;
  if (number !== otherNumber) return number < otherNumber;
  return one.dataset.id < other.dataset.id;
}

export function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

export class Feed {
  /* `isOldestFirst`: the way the page reads; `isWhole`: nothing older lies on other pages. */
  constructor(element, { isOldestFirst, isWhole }) {
    Object.assign(this, { element, isOldestFirst, isWhole });
  }

  articles() {
    return [...this.element.querySelectorAll("article[data-id]")];
  }

  find(id) {
    return this.element.querySelector(`article[data-id="${CSS.escape(id)}"]`);
  }

  /* Tell whether an update lies in the range that the page holds. */
  holds(article) {
    const articles = this.articles();
    if (this.isWhole || !articles.length) return true;
    return isBefore(this.isOldestFirst ? articles[0] : articles.at(-1), article);
  }

  /* Put an article at its place, instead of what was shown of it before. */
  put(article) {
    const old = this.find(article.dataset.id);
    const stays = old && String(place(old)) === String(place(article));
    if (stays) {
      const hadFocus = old.contains(document.activeElement);
      old.replaceWith(article);
      if (hadFocus) article.focus({ preventScroll: true });
      return;
    }
    old?.remove();
    const next = this.articles().find((other) =>
      this.isOldestFirst ? isBefore(article, other) : isBefore(other, article),
    );
    if (next) next.before(article);
    else this.element.append(article);
    this.element.hidden = false;
    this.sortDays();
  }

  remove(id) {
    this.find(id)?.remove();
    this.sortDays();
  }

  /* One line for each day, above the first of its articles. */
  sortDays() {
    const lines = new Map();
    for (const line of this.element.querySelectorAll(".day")) {
      lines.set(line.dataset.day, line);
    }
    let day = null;
    for (const article of this.articles()) {
      if (article.dataset.day !== day) {
        day = article.dataset.day;
        const line = lines.get(day) ?? this.makeLine(article);
        if (article.previousElementSibling !== line) article.before(line);
        lines.delete(day);
      }
    }
    for (const line of lines.values()) line.remove();
  }

  makeLine(article) {
    const line = document.createElement("div");
    line.className = "day";
    line.dataset.day = article.dataset.day;
    line.textContent = article.dataset.date;
    return line;
  }
}
