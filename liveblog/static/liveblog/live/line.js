/* The line to the server: a story's changes after a cursor, whole revisions at a time,
   by its stream, else by asking again and again. */

const FIRST = 5_000; // the stream beats at once, and then every 15 s
const SILENCE = 30_000;
const POLL = 15_000;
const ENDED_POLL = 60_000;
const LONGEST_WAIT = 15_000;
const TRIES = 3; // streams that gave nothing while asking did: something holds them back
const ASKS = 4; // before the next try
const PATIENCE = 10_000; // with one answer

export const revision = (cursor) => Number(cursor.split("-")[1] ?? 0);

export class Line {
  /* The page's `take` gets the changes of whole revisions and the cursor after them, `tell` the
     state (live, lost, offline); `settle` is called when nothing is left to tell. */
  constructor(page) {
    this.page = page;
    this.cursor = page.dataset.cursor;
    this.isEnded = page.dataset.status === "ended";
    this.address = `/live/${page.dataset.story}/`;
    this.turn = 0; // what began in an earlier one is over
    document.addEventListener("visibilitychange", () => this.restart());
    addEventListener("online", () => this.restart());
    addEventListener("offline", () => this.lose());
    addEventListener("pageshow", (event) => event.persisted && this.restart());
    this.restart();
  }

  restart() {
    this.lost = this.blocked = 0;
    this.wake();
  }

  wake() {
    this.close();
    if (document.hidden) return;
    if (this.isEnded || this.blocked >= TRIES) this.ask();
    else this.listen();
  }

  close() {
    this.turn += 1;
    clearTimeout(this.timer);
    this.source?.close();
    this.isHeard = false;
  }

  /* Come back, not all readers at once. */
  later(wait) {
    this.timer = setTimeout(() => this.wake(), wait * (0.5 + Math.random() / 2));
  }

  expect(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.lose(), wait);
  }

  listen() {
    this.batch = [];
    this.lastId = "";
    this.source = new EventSource(`${this.address}stream?after=${this.cursor}`);
    const on = (name, act) => this.source.addEventListener(name, act);
    on("error", () => this.lose());
    on("change", (event) => this.hearChange(event));
    on("beat", (event) => this.hearBeat(event));
    on("reload", () => this.page.reload());
    on("gone", () => this.page.clear());
    this.expect(FIRST);
  }

  hear() {
    if (!this.isHeard) this.page.tell("live");
    this.isHeard = true;
    this.lost = this.blocked = 0;
    this.expect(SILENCE);
  }

  hearChange({ data, lastEventId }) {
    this.hear();
    this.batch.push(JSON.parse(data));
    if (lastEventId === this.lastId) return; // its revision goes on
    this.lastId = lastEventId;
    const changes = this.batch.splice(0);
    if (revision(lastEventId) > revision(this.cursor)) this.accept(changes, lastEventId);
  }

  hearBeat({ data }) {
    this.hear();
    const isLevel = JSON.parse(data).cursor === this.cursor;
    if (isLevel) this.page.settle();
    if (!isLevel || this.page.words.late === undefined) this.catchUp();
  }

  accept(changes, cursor) {
    this.cursor = cursor;
    if (changes.length) this.page.take(changes, cursor);
    const status = changes.find((change) => change.status)?.status;
    if (!status || (status === "ended") === this.isEnded) return;
    this.isEnded = !this.isEnded;
    this.restart();
  }

  /* Come back soon; meanwhile ask, if this stream gave nothing. */
  async lose() {
    const wasHeard = this.isHeard;
    this.close();
    const { turn } = this;
    this.lost += 1;
    if (wasHeard) this.tellLost();
    else if (await this.catchUp()) this.blocked += 1;
    if (turn === this.turn) this.later(Math.min(LONGEST_WAIT, 750 * 2 ** this.lost));
  }

  async ask() {
    const { turn } = this;
    const isReached = await this.catchUp();
    if (turn !== this.turn) return;
    this.blocked = isReached && this.blocked + 1 < TRIES + ASKS ? this.blocked + 1 : TRIES - 1;
    this.later(isReached && this.isEnded ? ENDED_POLL : POLL);
  }

  tellLost() {
    this.page.tell(navigator.onLine ? "lost" : "offline");
  }

  /* Ask until nothing is left to tell; one question at a time; tell whether that succeeded. */
  catchUp() {
    this.asking ??= this.askAll()
      .catch(() => this.tellLost())
      .finally(() => (this.asking = null));
    return this.asking;
  }

  /* Take all there is, from the beginning. */
  async resync() {
    this.close();
    const { turn } = this;
    await this.asking;
    this.cursor = "0";
    await this.catchUp();
    if (turn === this.turn) this.wake();
  }

  async askAll() {
    for (let more = true; more; ) {
      const { cursor } = this;
      const response = await fetch(`${this.address}changes/${cursor}`, {
        cache: "no-cache",
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (response.status === 410) this.page.clear();
      if (!response.ok) throw new Error(response.status);
      this.readClock(response.headers);
      const answer = await response.json();
      if (answer.reload) {
        this.page.reload();
        return true;
      }
      more = answer.more || cursor !== this.cursor; // the stream was faster: ask anew
      if (cursor === this.cursor) this.accept(answer.changes, answer.cursor);
    }
    this.page.settle();
    this.page.tell("live");
    return true;
  }

  /* The server's clock is the one that counts: its Date, and the Age of what a cache kept. */
  readClock(headers) {
    const now = Date.parse(headers.get("date")) + 1000 * Number(headers.get("age"));
    if (now) this.page.words.late = now - Date.now();
  }
}
