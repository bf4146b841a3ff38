/* The line to the server: a story's changes after a cursor, whole revisions at a time,
   by its stream, else by asking again and again. */

const FIRST = 5_000; // the stream beats at once, and then every 15 s
const SILENCE = 30_000;
const POLL = 15_000;
const ENDED_POLL = 60_000;
const LONGEST_WAIT = 10_000;
const TRIES = 3; // streams that gave nothing while asking did: something holds them back
const ASKS = 4; // before the next try
const PATIENCE = 10_000; // with one answer

const revision = (cursor) => Number(cursor.split("-")[1] ?? 0);
const jitter = (wait) => wait * (0.5 + Math.random());

export class Line {
  /* `take` gets the changes of whole revisions and the cursor after them, `tell` the state
     (live, lost, offline), `time` by how many milliseconds the reader's clock is slow;
     `caughtUp` is called when nothing is left to tell. */
  constructor(options) {
    Object.assign(this, options);
    this.turn = 0; // what began in an earlier one is over
    this.lost = this.blocked = this.asked = 0;
  }

  start() {
    document.addEventListener("visibilitychange", () => this.restart());
    addEventListener("online", () => this.restart());
    addEventListener("offline", () => this.lose());
    addEventListener("pagehide", () => this.close());
    addEventListener("pageshow", (event) => event.persisted && this.restart());
    this.wake();
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
    this.source = null;
    this.isHeard = false;
  }

  later(milliseconds, act = () => this.wake()) {
    clearTimeout(this.timer);
    this.timer = setTimeout(act, milliseconds);
  }

  listen() {
    const source = new EventSource(`${this.address}stream?after=${this.cursor}`);
    this.source = source;
    this.batch = [];
    this.lastId = "";
    source.onerror = () => this.lose();
    source.addEventListener("change", (event) => this.hearChange(event));
    source.addEventListener("beat", (event) => this.hearBeat(event));
    source.addEventListener("reload", () => this.reload());
    source.addEventListener("gone", () => this.gone());
    this.later(FIRST, () => this.lose());
  }

  hear() {
    if (!this.isHeard) this.tell("live");
    this.isHeard = true;
    this.lost = this.blocked = 0;
    this.later(SILENCE, () => this.lose());
  }

  hearChange(event) {
    this.hear();
    this.batch.push(JSON.parse(event.data));
    if (event.lastEventId === this.lastId) return; // its revision goes on
    const batch = this.batch;
    this.batch = [];
    this.lastId = event.lastEventId;
    if (revision(this.lastId) <= revision(this.cursor)) return; // asked for meanwhile
    this.accept(batch, this.lastId);
  }

  hearBeat(event) {
    this.hear();
    const isLevel = JSON.parse(event.data).cursor === this.cursor;
    if (isLevel) this.caughtUp();
    if (!isLevel || !this.isTimed) this.catchUp();
  }

  accept(changes, cursor) {
    this.cursor = cursor;
    const story = changes.find((change) => change.type === "story");
    const wasEnded = this.isEnded;
    if (story) this.isEnded = story.status === "ended";
    if (changes.length) this.take(changes, cursor);
    if (this.isEnded !== wasEnded) this.wake();
  }

  /* Come back soon; meanwhile ask, if this stream gave nothing. */
  async lose() {
    const wasHeard = this.isHeard;
    this.close();
    const { turn } = this;
    if (wasHeard || !navigator.onLine) this.tell(navigator.onLine ? "lost" : "offline");
    if (!wasHeard && (await this.catchUp())) this.blocked += 1;
    else this.lost += 1;
    if (turn !== this.turn) return;
    if (this.blocked) this.tell("live");
    this.later(jitter(Math.min(LONGEST_WAIT, 500 * 2 ** (this.lost + this.blocked))));
  }

  async ask() {
    const { turn } = this;
    const isReached = await this.catchUp();
    if (turn !== this.turn) return;
    if (isReached) this.tell("live");
    this.asked += 1;
    if (!isReached || this.asked % ASKS === 0) this.blocked = Math.min(this.blocked, TRIES - 1);
    this.later((isReached && this.isEnded ? ENDED_POLL : POLL) * (0.7 + 0.3 * Math.random()));
  }

  /* Ask until nothing is left to tell; one question at a time. */
  catchUp() {
    this.asking ??= this.askAll().finally(() => (this.asking = null));
    return this.asking;
  }

  async resync() {
    this.close();
    const { turn } = this;
    await this.asking;
    this.cursor = "0";
    await this.catchUp();
    if (turn === this.turn) this.wake();
  }

  async askAll() {
    try {
      for (let more = true; more; ) {
        const { cursor } = this;
        const response = await fetch(`${this.address}changes/${cursor}`, {
          cache: "no-cache",
          signal: AbortSignal.timeout(PATIENCE),
        });
        if (response.status === 410) this.gone();
        if (!response.ok) throw new Error(response.status);
        this.readClock(response.headers);
        const answer = await response.json();
        if (answer.reload) {
          this.reload();
          return true;
        }
        more = answer.more || cursor !== this.cursor; // the stream was faster: ask anew
        if (cursor === this.cursor) this.accept(answer.changes, answer.cursor);
      }
      this.caughtUp();
      return true;
    } catch {
      this.tell(navigator.onLine ? "lost" : "offline");
      return false;
    }
  }

  /* The server's clock is the one that counts: its Date, and the Age of what a cache kept. */
  readClock(headers) {
    const now = Date.parse(headers.get("date")) + 1000 * Number(headers.get("age"));
    if (Number.isNaN(now)) return;
    this.isTimed = true;
    this.time(now - Date.now());
  }
}
