/* The connection to the server: a story's changes after a cursor, whole revisions at a time,
   by its stream, else by asking again and again. */

const FIRST = 5_000; // the stream beats at once, and then every 15 s
const SILENCE = 30_000;
const POLL = 15_000;
const SLOW_POLL = 60_000;
const HIDDEN_FOR = 3 * 3_600_000; // a page that nobody looks at asks no longer
const LONGEST_WAIT = 15_000;
const COME_BACK = [500, 5_000]; // over which all come back whose stream ended: a server restarts
const TRIES = 3; // streams that gave nothing while asking did: something holds them back
const ASKS = 4; // before the next try
const PATIENCE = 10_000; // with one answer
const SPREAD = 1_250; // milliseconds, of a crowd that one beat sends to the same address

export const revision = (cursor) => Number(cursor.split("-")[1] ?? 0);

export class StoryConnection {
  /* The page's `applyChanges` gets the changes of whole revisions and the cursor after them,
     `showState` live, lost or offline, `noteServer` the server's time and release. `caughtUp` is
     called when nothing is missed any more, `renew` where changes do not suffice, `clear` where
     the story is withdrawn. */
  constructor(page, { sleepsWhenHidden = false } = {}) {
    Object.assign(this, { page, sleepsWhenHidden });
    this.cursor = page.dataset.cursor;
    this.isEnded = page.dataset.status === "ended";
    this.attempt = 0; // what began in an earlier one is over
    document.addEventListener("visibilitychange", () => this.restart());
    addEventListener("online", () => this.restart());
    addEventListener("offline", () => this.onLost());
    addEventListener("pageshow", (event) => event.persisted && this.restart());
    this.restart();
  }

  get address() {
    return `${this.page.dataset.base ?? ""}/live/${this.page.dataset.story}/`;
  }

  restart() {
    this.lost = this.blocked = 0;
    this.hiddenAt = performance.now();
    this.wake();
  }

  wake() {
    this.close();
    if (document.hidden) this.askInBackground();
    else if (this.isEnded || this.blocked >= TRIES) this.ask();
    else this.listen();
  }

  /* A page in the background holds no stream. It asks now and then, to tell in its title. */
  askInBackground() {
    if (this.sleepsWhenHidden || performance.now() - this.hiddenAt > HIDDEN_FOR) return;
    this.timer = setTimeout(() => this.catchUp().then(() => document.hidden && this.wake()), SLOW_POLL);
  }

  close() {
    this.attempt += 1;
    clearTimeout(this.timer);
    this.source?.close();
    this.isConnected = false;
  }

  /* Come back, not all readers at once. */
  later(milliseconds) {
    this.timer = setTimeout(() => this.wake(), milliseconds * (0.5 + Math.random() / 2));
  }

  comeBack() {
    const [least, most] = COME_BACK;
    this.timer = setTimeout(() => this.wake(), least + Math.random() * (most - least));
  }

  expect(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.onLost(), milliseconds);
  }

  listen() {
    this.batch = [];
    this.lastId = "";
    this.source = new EventSource(`${this.address}stream?after=${this.cursor}`);
    const on = (name, act) => this.source.addEventListener(name, act);
    on("error", () => this.onLost());
    on("change", (event) => this.onChange(event));
    on("beat", (event) => this.onBeat(event));
    on("reload", () => this.restartAfter(this.catchUp()));
    on("gone", () => this.page.clear());
    this.expect(FIRST);
  }

  async restartAfter(asking) {
    this.close();
    const { attempt } = this;
    await asking;
    if (attempt === this.attempt) this.wake();
  }

  onEvent() {
    if (!this.isConnected) this.page.showState("live");
    this.isConnected = true;
    this.lost = this.blocked = 0;
    this.expect(SILENCE);
  }

  onChange({ data, lastEventId }) {
    this.onEvent();
    this.batch.push(JSON.parse(data));
    if (lastEventId === this.lastId) return; // its revision goes on
    this.lastId = lastEventId;
    const changes = this.batch.splice(0);
    if (revision(lastEventId) > revision(this.cursor)) this.accept(changes, lastEventId);
  }

  onBeat({ data }) {
    this.onEvent();
    const { cursor, time, release } = JSON.parse(data);
    this.noteServer({ now: Date.parse(time), release });
    if (cursor === this.cursor) this.page.caughtUp();
    if (this.isBehind(cursor)) this.catchUpTo(cursor);
    else if (!this.hasClock) this.catchUp();
  }

  noteServer(server) {
    if (server.now) this.hasClock = true;
    this.page.noteServer(server);
  }

  /* Beats may come late: an older one tells nothing. */
  isBehind(cursor) {
    const isSameEpoch = cursor.split("-")[0] === this.cursor.split("-")[0];
    return !isSameEpoch || revision(cursor) > revision(this.cursor);
  }

  /* Get what a beat names and the stream did not bring. */
  async catchUpTo(cursor) {
    if (this.goal) return;
    this.goal = cursor;
    await new Promise((done) => setTimeout(done, Math.random() * SPREAD));
    if (this.isBehind(cursor)) await this.catchUp();
    this.goal = null;
  }

  accept(changes, cursor) {
    this.cursor = cursor;
    if (changes.length) this.page.applyChanges(changes, cursor);
    const status = changes.find((change) => change.status)?.status;
    if (!status || (status === "ended") === this.isEnded) return;
    this.isEnded = !this.isEnded;
    this.restart();
  }

  /* Come back soon; meanwhile ask, if this stream gave nothing. */
  async onLost() {
    const wasConnected = this.isConnected;
    this.close();
    const { attempt } = this;
    this.lost += 1;
    if (wasConnected) this.showLost();
    else if (await this.catchUp()) this.blocked += 1;
    if (attempt !== this.attempt) return;
    if (wasConnected) this.comeBack();
    else this.later(Math.min(LONGEST_WAIT, 750 * 2 ** this.lost));
  }

  async ask() {
    const { attempt } = this;
    const isReached = await this.catchUp();
    if (attempt !== this.attempt) return;
    this.blocked = isReached && this.blocked + 1 < TRIES + ASKS ? this.blocked + 1 : TRIES - 1;
    this.later(isReached && this.isEnded ? SLOW_POLL : POLL);
  }

  showLost() {
    this.page.showState(navigator.onLine ? "lost" : "offline");
  }

  /* Ask until nothing is left to tell; one question at a time; tell whether that succeeded. */
  catchUp() {
    this.asking ??= this.askAll()
      .catch(() => this.showLost())
      .finally(() => (this.asking = null));
    return this.asking;
  }

  async askAll() {
    for (let more = true; more; ) {
      const { cursor } = this;
      const response = await this.fetchChanges(cursor);
      if (response.status === 410) this.page.clear();
      if (!response.ok) throw new Error(response.status);
      this.readClock(response.headers);
      const answer = await response.json();
      if (answer.reload) {
        this.cursor = await this.page.renew();
        continue;
      }
      more = answer.more || cursor !== this.cursor; // the stream was faster: ask anew
      if (cursor === this.cursor) this.accept(answer.changes, answer.cursor);
    }
    this.page.caughtUp();
    this.page.showState("live");
    return true;
  }

  /* Where a beat named a cursor, all who heard it ask at one address, which an edge may keep;
     an earlier release has no such address. */
  async fetchChanges(cursor) {
    const options = { signal: AbortSignal.timeout(PATIENCE) };
    const address = `${this.address}changes/${cursor}`;
    if (this.goal && cursor !== "0" && this.isBehind(this.goal)) {
      const response = await fetch(`${address}/${this.goal}`, options);
      if (response.ok) return response;
    }
    return fetch(address, { ...options, cache: "no-cache" });
  }

  /* The server's clock is the one that counts: its Date, and the Age of what a cache kept. */
  readClock(headers) {
    const now = Date.parse(headers.get("date")) + 1000 * Number(headers.get("age"));
    if (now) this.noteServer({ now });
  }
}
