/* An open front page: what changed takes its place card by card; fresh ones tell their age. */

const POLL = 15_000;
const LONGEST = 120_000;
const FRESH = 3_600_000; // an hour

const { lang } = document.documentElement;
const ago = new Intl.RelativeTimeFormat(lang, { numeric: "auto", style: "short" });

function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

class LiveFront extends HTMLElement {
  connectedCallback() {
    this.said = new WeakMap(); // cards as the server wrote them
    for (const card of this.querySelectorAll("[data-key]")) this.said.set(card, card.outerHTML);
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
      this.late = Date.parse(answer.headers.get("date")) - Date.now() || 0;
      this.take(front);
      this.wait = POLL;
    } catch {
      this.wait = Math.min(LONGEST, this.wait * 2);
    }
    this.later(this.wait);
  }

  take({ leads, recent, alone, zone }) {
    const had = document.activeElement;
    const key = this.contains(had) && had.closest("[data-key]")?.dataset.key;
    this.place("leads", leads);
    this.place("recent", recent);
    this.querySelector(".recent").hidden = !recent.length;
    this.classList.toggle("front-alone", alone);
    const said = document.querySelector("footer [data-zone]");
    if (said) said.textContent = zone;
    this.age();
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
    for (const card of [...box.children]) if (!cards.includes(card)) card.remove();
    cards.forEach((card, index) => {
      if (box.children[index] !== card) box.insertBefore(card, box.children[index] ?? null);
    });
  }

  focusAgain(had, key) {
    const links = [...this.querySelectorAll(`[data-key="${key}"] a`)];
    const same = links.find((link) => link.href === had.href) ?? links[0];
    (had.isConnected ? had : same)?.focus({ preventScroll: true });
  }

  /* Tell how long ago, by the server's clock. */
  age() {
    for (const time of this.querySelectorAll(".status[data-status=live] > time")) {
      const age = Math.max(0, Date.now() + this.late - Date.parse(time.dateTime));
      const minutes = Math.floor(age / 60_000);
      if (age >= FRESH) delete time.dataset.ago;
      else time.dataset.ago = minutes ? ago.format(-minutes, "minute") : ago.format(0, "second");
    }
  }
}

customElements.define("live-front", LiveFront);
