/* Attempts on their way to the server: frozen, kept until acknowledged, sent in order, once. */

import { ask } from "./requests.js";
import { all, change, get, moveToOutbox, remove } from "./store.js";
import { settings } from "./settings.js";
import { uploadPending } from "./uploads.js";

const AGAIN = 3000; // ms between two tries
const FRESH = 10 * 60 * 1000; // ms after which an attempt of an earlier visit waits for a click
const SHOWN = settings.undoFor * 1000; // ms for which a sent attempt is listed, with its Undo
const LOCK = `liveblog-outbox:${settings.person}`;

const channel = new BroadcastChannel("liveblog-outbox");
export const changes = new EventTarget();
let wake = () => {};
let inFlight = null;

/** Put an attempt at the end of the outbox, in place of the text kept at `place`. */
export async function add(attempt, place) {
  const held = attempt.verb === "publish" ? settings.publishDelay * 1000 : 0;
  const row = { ...attempt, attempt: crypto.randomUUID(), person: settings.person, state: "waiting", at: Date.now(), notBefore: Date.now() + held };
  const sequence = await moveToOutbox(row, place);
  tell();
  wake();
  return sequence;
}

export async function attempts() {
  return (await all("outbox")).filter((row) => row.person === settings.person);
}

/** Take an attempt out of the outbox before it is acknowledged; null where it is too late. */
export async function withdraw(sequence) {
  const row = await get("outbox", sequence);
  if (!row || row.state === "sent") return null;
  if (row.state === "sending") {
    if (inFlight?.sequence === sequence) inFlight.abort.abort();
    else return null; // another tab is sending it
    if (await arrived(row)) {
      await settle(row, { state: "sent", sentAt: Date.now() });
      return null;
    }
  }
  await remove("outbox", sequence);
  tell();
  wake();
  return row;
}

export async function forget(sequence) {
  await remove("outbox", sequence);
  tell();
}

/** Send an attempt of an earlier visit, or one that was refused, after all. */
export async function sendNow(sequence, more = {}) {
  await change("outbox", sequence, (row) => ({ ...row, ...more, state: "waiting", error: "", at: Date.now(), notBefore: 0 }));
  tell();
  wake();
}

/** Send for as long as this page is open; of all tabs of a person one sends at a time. */
export async function run() {
  channel.onmessage = () => {
    changes.dispatchEvent(new Event("change"));
    wake();
  };
  addEventListener("online", () => wake());
  const work = () => drain();
  if (navigator.locks) await navigator.locks.request(LOCK, work);
  else await work();
}

async function drain() {
  for (;;) {
    const row = await next();
    if (!row) await pause(AGAIN * 10);
    else if (row.notBefore > Date.now()) await pause(row.notBefore - Date.now());
    else if (!(await send(row))) await pause(AGAIN);
  }
}

/** The oldest attempt that may go: one that was left in mid-sending is sent again. */
async function next() {
  const rows = await attempts();
  return rows.find((row) => (row.state === "waiting" || row.state === "sending") && !isStale(row));
}

/** What a long-closed browser kept is not put on air by itself. */
export function isStale(row) {
  return row.state !== "sent" && row.state !== "refused" && row.at < Date.now() - FRESH && row.at < opened - 1000;
}
const opened = Date.now();

/** Send one attempt; false where it is to be tried again. */
async function send(row) {
  const abort = new AbortController();
  inFlight = { sequence: row.sequence, abort };
  const sending = await change("outbox", row.sequence, (now) => ({ ...now, state: "sending" }));
  if (!sending) return true; // cancelled in this very moment
  tell();
  const pictures = await uploadPending(sending, abort.signal);
  const answer = pictures.ok ? await ask(`updates/${row.update}/send`, { base: row.base, body: pictures.payload, signal: abort.signal }) : pictures.answer;
  inFlight = null;
  if (answer.ok) {
    await settle(sending, { state: "sent", sentAt: Date.now(), answer: brief(answer.data) });
    changes.dispatchEvent(new CustomEvent("sent", { detail: { row: sending, data: answer.data } }));
    return true;
  }
  const isWaiting = answer.isOffline || answer.isSignedOut || answer.isOtherPerson || answer.isStaleToken;
  const state = isWaiting ? "waiting" : "refused";
  const error = isWaiting ? reasonToWait(answer) : answer.data.error;
  await settle(sending, { state, error, refusal: isWaiting ? null : answer.data, status: answer.status });
  return !isWaiting;
}

function reasonToWait(answer) {
  if (answer.isSignedOut) return "signedOut";
  return answer.isOtherPerson ? "otherPerson" : "offline";
}

async function settle(row, more) {
  const settled = await change("outbox", row.sequence, (now) => ({ ...now, ...more, tries: (now.tries ?? 0) + 1 }));
  tell();
  if (settled?.state === "sent") setTimeout(() => forget(row.sequence), SHOWN);
}

/** Find out whether an attempt whose answer was cut off took effect. */
async function arrived(row) {
  const answer = await ask(`updates/${row.update}`, { base: row.base });
  if (!answer.ok) return false;
  const expected = { publish: "published", submit: "submitted", schedule: "scheduled", save_draft: answer.data.status, edit: "published", unschedule: "draft" }[row.verb];
  return answer.data.status === expected && answer.data.version > (row.payload.version ?? 0);
}

/** Drop what was acknowledged in an earlier visit. */
export async function sweep() {
  for (const row of await attempts()) {
    if (row.state === "sent" && row.sentAt < Date.now() - SHOWN) await remove("outbox", row.sequence);
    else if (row.state === "sent") setTimeout(() => forget(row.sequence), SHOWN);
  }
}

function brief({ id, status, version }) {
  return { id, status, version };
}

function tell() {
  channel.postMessage("change");
  changes.dispatchEvent(new Event("change"));
}

function pause(ms) {
  return new Promise((done) => {
    const timer = setTimeout(done, ms);
    wake = () => {
      clearTimeout(timer);
      done();
    };
  });
}
