/* Attempts on their way to the server: frozen, kept until acknowledged, sent in order, once. */

import { ask } from "./requests.js";
import { all, change, get, moveToOutbox, remove } from "./store.js";
import { say, settings } from "./settings.js";
import { payloadOf, uploadPending } from "./uploads.js";

const AGAIN = 3000; // ms between two tries
const AGAIN_AT_MOST = 60000; // ms between two tries where the server fails at this very attempt
const ASKED_FOR = 15000; // ms to find out what became of an attempt
const FRESH = 10 * 60 * 1000; // ms after which an attempt of an earlier visit waits for a click
const SHOWN = settings.undoFor * 1000; // ms for which a sent attempt is listed, with its Undo
const LOCK = `liveblog-outbox:${settings.person}`;

const channel = new BroadcastChannel("liveblog-outbox");
export const changes = new EventTarget();
let wake = () => {};
let inFlight = null;

/** Send an attempt that this browser can't keep, without the outbox. */
export async function sendAtOnce(attempt) {
  const row = { ...attempt, attempt: crypto.randomUUID(), person: settings.person };
  const uploaded = await uploadPending(row, { keep: () => {} });
  const answer = uploaded.ok ? await ask(`updates/${row.update}/send`, { base: row.base, body: payloadOf(uploaded.row) }) : uploaded.answer;
  if (answer.ok) changes.dispatchEvent(new CustomEvent("sent", { detail: { row, data: answer.data, answer: brief(answer.data) } }));
  return answer;
}

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

/**
 * Take an attempt out of the outbox before it is acknowledged; null where it is too late.
 *
 * `isUnsure` is true where it was tried and nobody can say now whether it took effect.
 */
export async function withdraw(sequence) {
  const was = await get("outbox", sequence);
  const isSending = was?.state === "sending";
  if (!was || was.state === "sent" || (isSending && inFlight?.sequence !== sequence)) return null; // or another tab sends it
  // Nobody sends a withdrawn attempt, also while the server is asked what became of it.
  const row = await change("outbox", sequence, (now) => (now.state === was.state ? { ...now, state: "withdrawn" } : null));
  if (!row) return null;
  if (isSending) inFlight?.abort.abort();
  const done = row.isTried ? await isDone(row) : false;
  if (done) {
    await settle(row, { state: "sent", error: "", sentAt: Date.now() }, "withdrawn");
    return null;
  }
  await remove("outbox", sequence);
  tell();
  wake();
  return { ...row, isUnsure: done === null };
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

/**
 * The oldest attempt that may go: one that was left in mid-sending is sent again.
 *
 * One that the server failed at lets others pass while it waits, but none of its own update.
 */
async function next() {
  const rows = (await attempts()).filter((row) => (row.state === "waiting" || row.state === "sending") && !isStale(row));
  const failing = rows.filter(({ isFailing, notBefore }) => isFailing && notBefore > Date.now());
  const held = new Set(failing.map(({ update }) => update));
  const [soonest] = failing.sort((one, other) => one.notBefore - other.notBefore);
  return rows.find(({ update }) => !held.has(update)) ?? soonest;
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
  const sending = await change("outbox", row.sequence, (now) => (now.state === "withdrawn" ? null : { ...now, state: "sending", isTried: true, isFailing: false }));
  if (!sending) return true; // cancelled in this very moment
  tell();
  const uploaded = await uploadPending(sending, { signal: abort.signal, keep });
  const answer = uploaded.ok ? await ask(`updates/${row.update}/send`, { base: row.base, body: payloadOf(uploaded.row), signal: abort.signal }) : uploaded.answer;
  inFlight = null;
  if (answer.ok && answer.data.id !== row.update) Object.assign(answer, { ok: false, isOffline: true }); // of a proxy, not of the desk
  if (answer.ok) {
    await settle(sending, { state: "sent", error: "", sentAt: Date.now(), answer: brief(answer.data) });
    changes.dispatchEvent(new CustomEvent("sent", { detail: { row: sending, data: answer.data, answer: brief(answer.data) } }));
    return true;
  }
  const isWaiting = answer.isOffline || answer.isSignedOut || answer.isOtherPerson || answer.isStaleToken;
  const state = isWaiting ? "waiting" : "refused";
  const error = isWaiting ? reasonToWait(answer) : (answer.data.error ?? say("refusedWith", { status: answer.status }));
  const isFailing = isWaiting && answer.status >= 429;
  const tries = isFailing ? (sending.tries ?? 0) + 1 : 0;
  const notBefore = isFailing ? Date.now() + Math.min(AGAIN * 2 ** tries, AGAIN_AT_MOST) : 0;
  await settle(sending, { state, error, isFailing, tries, notBefore, refusal: isWaiting ? null : answer.data, status: answer.status });
  return !isWaiting || isFailing;
}

function reasonToWait({ isSignedOut, isOtherPerson, isStaleToken, status, data }) {
  if (isSignedOut || isStaleToken) return "signedOut";
  if (isOtherPerson) return "otherPerson";
  return status >= 429 ? data.error || "serverError" : "offline";
}

/** Store what an upload gave: the same attempt again names the same pictures. */
function keep({ sequence, pictures }) {
  return change("outbox", sequence, (now) => ({ ...now, pictures, draft: now.draft && { ...now.draft, pictures } }));
}

/** Store how a sending ended; one that was withdrawn meanwhile is its withdrawal's to settle. */
async function settle(row, more, state = "sending") {
  const settled = await change("outbox", row.sequence, (now) => (now.state === state ? { ...now, ...more } : null));
  tell();
  if (settled?.state === "sent") setTimeout(() => forget(row.sequence), SHOWN);
}

/** Find out whether an attempt whose answer was cut off took effect; null where nobody can say. */
async function isDone(row) {
  const signal = AbortSignal.timeout(ASKED_FOR);
  const answer = await ask(`updates/${row.update}/done`, { base: row.base, body: payloadOf(row), signal });
  return answer.ok ? answer.data.done : null;
}

/** Drop what was acknowledged in an earlier visit; what was about to be withdrawn is asked about. */
export async function sweep() {
  for (const row of await attempts()) {
    if (row.state === "withdrawn") await change("outbox", row.sequence, (now) => ({ ...now, state: "waiting", at: 0 }));
    if (row.state === "sent" && row.sentAt < Date.now() - SHOWN) await remove("outbox", row.sequence);
    else if (row.state === "sent") setTimeout(() => forget(row.sequence), SHOWN);
  }
}

/** The update is in another state since: what was sent is no longer what is so, nor has it an Undo. */
export async function followUp({ id, status, version }) {
  const old = (await attempts()).filter((row) => row.update === id && row.state === "sent" && row.answer && row.answer.status !== status && !(version < row.answer.version));
  for (const { sequence } of old) await forget(sequence);
  if (old.length) changes.dispatchEvent(new CustomEvent("overtaken", { detail: id }));
}

/** What is kept of an answer: `exception` says where it is not what was asked for. */
function brief({ id, status, version, published_by: name, was_deleted: wasDeleted }) {
  const deleted = wasDeleted ? say("wasDeleted") : "";
  return { id, status, version, exception: name ? say("publishedBy", { name }) : deleted, isOwn: !name };
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
