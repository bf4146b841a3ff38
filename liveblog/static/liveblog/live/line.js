/* The line to the server: a story's changes after a cursor, whole revisions at a time,
   by its stream, else by asking again and again. */

const SILENCE = 30_000; // the stream beats every 15 s
const POLL = 15_000;
const ENDED_POLL = 60_000;
const LONGEST_WAIT = 30_000;
const TRIES = 3; // lost streams in a row before it asks instead

export class Line {
  /* `take` gets the changes of whole revisions, `tell` the state: live, lost, offline. */
  constructor({ address, cursor, isEnded, take, tell, reload }) {
    Object.assign(this, { address, cursor, isEnded, take, tell, reload });
    this.failures = 0;
    this.batch = [];
  }

  start() {
    document.addEventListener("visibilitychange", () => this.wake());
    addEventListener("online", () => this.wake());
    addEventListener("offline", () => this.lose());
    addEventListener("pagehide", () => this.close());
    addEventListener("pageshow", (event) => event.persisted && this.wake());
    this.wake();
  }

  /* Begin anew, or stop where nobody looks. */
  wake() {
    this.close();
    if (document.hidden) return;
    if (this.isEnded || this.failures >= TRIES) this.ask();
    else this.listen();
  }

  close() {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
    this.batch = [];
  }

  later(milliseconds, act = () => this.wake()) {
    clearTimeout(this.timer);
    this.timer = setTimeout(act, milliseconds);
  }

  // -- the stream

  listen() {
    const source = new EventSource(`${this.address}stream?after=${this.cursor}`);
    this.source = source;
    source.onopen = () => this.hear();
    source.onerror = () => this.lose();
    source.addEventListener("change", (event) => this.hearChange(event));
    source.addEventListener("beat", (event) => this.hearBeat(event));
    source.addEventListener("reload", () => this.reload());
    source.addEventListener("gone", () => this.reload());
    this.later(SILENCE, () => this.lose());
  }

  hear() {
    this.failures = 0;
    this.tell("live");
    this.later(SILENCE, () => this.lose());
  }

  hearChange(event) {
    this.hear();
    this.batch.push(JSON.parse(event.data));
    if (event.lastEventId && event.lastEventId !== this.cursor) {
      const batch = this.batch;
      this.batch = [];
      this.cursor = event.lastEventId;
      this.take(batch);
    }
  }

  hearBeat(event) {
    this.hear();
    if (JSON.parse(event.data).cursor !== this.cursor) this.catchUp();
  }

  lose() {
    this.close();
    this.failures += 1;
    this.tell(navigator.onLine ? "lost" : "offline");
    const wait = Math.min(LONGEST_WAIT, 500 * 2 ** this.failures);
    this.later(wait * (0.5 + Math.random()));
  }

  // -- asking

  async ask() {
    const reached = await this.catchUp();
    this.tell(reached ? "live" : navigator.onLine ? "lost" : "offline");
    if (reached && !this.isEnded && this.failures > TRIES + 3) this.failures = TRIES - 1;
    else this.failures += 1;
    this.later((this.isEnded ? ENDED_POLL : POLL) * (0.8 + 0.4 * Math.random()));
  }

  async catchUp() {
    try {
      for (let more = true; more; ) {
        const response = await fetch(`${this.address}changes/${this.cursor}`);
        if (response.status === 410) this.reload();
        if (!response.ok) return false;
        const answer = await response.json();
        if (answer.reload) {
          this.reload();
          return true;
        }
        this.cursor = answer.cursor;
        this.isEnded = answer.status === "ended";
        if (answer.changes.length) this.take(answer.changes);
        more = answer.more;
      }
      return true;
    } catch {
      return false;
    }
  }
}
