/* A live page: what changes is shown in place; new updates wait while the reader reads. */

import { Feed, parse } from "./feed.js";
import { Line } from "./line.js";

const RELOAD_EVERY = 60_000;

class LiveStory extends HTMLElement {
  connectedCallback() {
    this.words = JSON.parse(this.dataset.words);
    this.plural = new Intl.PluralRules(document.documentElement.lang);
    this.title = document.title;
    this.seen = Number(this.dataset.cursor.split("-")[1]);
    this.waiting = new Map();
    this.feed = new Feed(this.querySelector("[data-feed]"), {
      isOldestFirst: this.dataset.order === "oldest",
      isWhole: !this.querySelector(".pager"),
    });
    this.isOlderPage = Boolean(this.dataset.before);
    this.prepareControls();
    this.number();
    this.line = new Line({
      address: `/live/${this.dataset.story}/`,
      cursor: this.dataset.cursor,
      isEnded: this.dataset.status === "ended",
      take: (changes) => this.take(changes),
      tell: (state) => this.tell(state),
      reload: () => this.reload(),
    });
    this.line.start();
  }

  prepareControls() {
    this.news = this.querySelector("[data-news]");
    this.news.addEventListener("click", () => this.showWaiting());
    this.state = this.querySelector("[data-line]");
    this.pause = this.querySelector("[data-pause]");
    this.pause.hidden = this.dataset.status === "ended";
    this.pause.addEventListener("click", () => this.togglePause());
  }

  // -- changes

  take(changes) {
    this.feed.element.setAttribute("aria-busy", "true");
    for (const change of changes) {
      if (change.type === "removal") this.remove(change.id);
      else if (change.type === "update") this.update(change);
      else this.story(change);
    }
    this.feed.element.removeAttribute("aria-busy");
    this.number();
    this.announce();
  }

  remove(id) {
    this.waiting.delete(id);
    this.feed.remove(id);
  }

  update(change) {
    const article = parse(change.html);
    const isShown = this.feed.find(change.id);
    if (!isShown && (this.isOlderPage || !this.feed.holds(article))) return;
    const isNew = !isShown && change.number > this.seen;
    if (isNew) this.dispatch("liveblog:new", change);
    if (isNew && this.mustWait()) {
      this.waiting.set(change.id, article);
      return;
    }
    this.waiting.delete(change.id);
    this.feed.put(article);
    this.querySelector(".updates > .empty")?.remove();
    if (isNew) this.welcome(article);
  }

  story(change) {
    this.dataset.status = change.status;
    for (const [name, html] of Object.entries(change.parts)) {
      const part = this.querySelector(`[data-part="${name}"]`);
      if (part && part.outerHTML !== html) part.replaceWith(parse(html));
    }
    this.title = this.title.replace(/^.* · /, `${change.title} · `);
  }

  /* New updates come in at once only where that moves nothing that the reader sees. */
  mustWait() {
    if (this.isPaused) return true;
    const { top, bottom } = this.feed.element.getBoundingClientRect();
    const edge = this.feed.isOldestFirst ? bottom : top;
    return !this.feed.element.hidden && edge < innerHeight;
  }

  welcome(article) {
    article.classList.add("is-new");
    this.dispatch("liveblog:shown", { id: article.dataset.id });
  }

  showWaiting() {
    const articles = [...this.waiting.values()];
    this.waiting.clear();
    for (const article of articles) {
      this.feed.put(article);
      this.welcome(article);
    }
    this.number();
    this.announce();
    const first = this.feed.isOldestFirst ? articles[0] : this.feed.articles()[0];
    first?.scrollIntoView({ block: "start" });
    first?.focus({ preventScroll: true });
  }

  // -- what is said

  announce() {
    const count = this.isPaused ? 0 : this.waiting.size;
    const word = this.words.new[this.plural.select(count)] ?? this.words.new.other;
    const text = count ? word.replace("%s", count) : "";
    this.news.hidden = !count;
    if (this.news.textContent !== text) this.news.textContent = text;
    document.title = this.waiting.size ? `(${this.waiting.size}) ${this.title}` : this.title;
  }

  tell(state) {
    const moment = new Date().toLocaleTimeString(document.documentElement.lang, {
      hour: "2-digit",
      minute: "2-digit",
    });
    if (state === "offline" && this.connection !== "offline") this.offlineSince = moment;
    this.connection = state;
    const word = this.isPaused ? this.words.paused : this.words[state];
    const text = word.replace("%s", this.offlineSince);
    if (this.state.textContent !== text) this.state.textContent = text;
    this.state.dataset.line = this.isPaused ? "paused" : state;
  }

  togglePause() {
    this.isPaused = !this.isPaused;
    this.pause.textContent = this.isPaused ? this.words.resume : this.words.pause;
    this.pause.setAttribute("aria-pressed", String(this.isPaused));
    this.tell(this.connection ?? "lost");
    if (this.isPaused || !this.waiting.size) this.announce();
    else this.showWaiting();
  }

  /* Say where each article stands in the feed (WAI-ARIA, feed). */
  number() {
    const articles = this.feed.articles();
    articles.forEach((article, index) => {
      article.setAttribute("aria-posinset", index + 1);
      article.setAttribute("aria-setsize", this.feed.isWhole ? articles.length : -1);
    });
  }

  dispatch(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }

  /* Load the page anew, at most once a minute. */
  reload() {
    this.line.close();
    const last = Number(sessionStorage.getItem("liveblog:reloaded") ?? 0);
    const wait = Math.max(0, last + RELOAD_EVERY - Date.now());
    setTimeout(() => {
      sessionStorage.setItem("liveblog:reloaded", Date.now());
      location.reload();
    }, wait);
  }
}

customElements.define("live-story", LiveStory);
