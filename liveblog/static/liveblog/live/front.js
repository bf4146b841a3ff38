/* An open front page: what changed takes its place card by card; times are the reader's, and
   fresh ones tell their age. */

import { Words } from "./words.js";

const POLL = 15_000;
const LONGEST = 120_000;

function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

class LiveFront extends HTMLElement {
  connectedCallback() {
    this.said = new WeakMap(); // cards as the server wrote them
    for (const card of this.querySelectorAll("[data-key]")) this.said.set(card, card.outerHTML);
    this.zone = document.querySelector("footer [data-zone]");
    this.write();
    this.wait = POLL;
    for (const event of ["visibilitychange", "online", "pageshow"]) {
      addEventListener(event, () => this.later(1000));
    }
    this.later(1000);
  }

  /* Not where nobody looks, and not all pages at once. */
  later(milliseconds) {
    clearTimeout(this.timer);
    if (document.hidden) return;
    this.timer = setTimeout(() => this.ask(), milliseconds * (1 + Math.random() / 3));
  }

  async ask() {
    try {
      const answer = await fetch(this.dataset.address, {
        cache: "no-cache", // the browser sends its ETag
        signal: AbortSignal.timeout(POLL),
      });
      const front = await answer.json();
      this.take(front);
      this.words.late = Date.parse(answer.headers.get("date")) - Date.now() || 0;
      this.words.age(this);
      this.wait = POLL;
    } catch {
      this.wait = Math.min(LONGEST, this.wait * 2);
    }
    this.later(this.wait);
  }

  take({ leads, recent, alone, zone, timezone }) {
    const had = document.activeElement;
    const key = this.contains(had) && had.closest("[data-key]")?.dataset.key;
    this.place("leads", leads);
    this.place("recent", recent);
    this.querySelector(".recent").hidden = !recent.length;
    this.classList.toggle("front-alone", alone);
    if (this.zone) this.zone.textContent = zone;
    this.dataset.timezone = timezone;
    this.write();
    if (key && document.activeElement !== had) this.focusAgain(had, key);
  }

  place(name, wanted) {
    const box = this.querySelector(`[data-cards=${name}]`);
    const cards = wanted.map(({ key, html }) => {
      const card = parse(html);
      const old = box.querySelector(`:scope > [data-key="${key}"]`);
      if (old && this.said.get(old) === card.outerHTML) return old;
      this.said.set(card, card.outerHTML);
      old?.replaceWith(card);
      return card;
    });
    for (const card of [...box.children]) {
      if (cards.includes(card)) continue;
      card.remove();
      document.querySelector("[type='application/ld+json']")?.remove(); // names what is gone
    }
    cards.forEach((card, index) => {
      if (box.children[index] !== card) box.insertBefore(card, box.children[index] ?? null);
    });
  }

  focusAgain(had, key) {
    const links = [...this.querySelectorAll(`[data-key="${key}"] a`)];
    const same = links.find((link) => link.href === had.href) ?? links[0];
    (had.isConnected ? had : same)?.focus({ preventScroll: true });
  }

  /* The same story has the same times here and on its own page: those of the reader's zone. */
  write() {
    const { late } = this.words ?? {};
    this.words = Object.assign(new Words(this.dataset), { late });
    this.words.write(this);
    if (this.zone) this.words.writeZone(this.zone);
  }
}

customElements.define("live-front", LiveFront);
