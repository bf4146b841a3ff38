/* The composer: always ready for the next update; another update is opened in it for editing. */

import { ask } from "./requests.js";
import { Draft, EMPTY, contentOf, isSame, wordsOf } from "./draft.js";
import * as editKind from "./edit-kind.js";
import { hold, keeper, letGo, placeOf, showUnsent, unsentTexts } from "./unsent.js";
import { announce, drop, tell } from "./notices.js";
import * as outbox from "./outbox.js";
import { $, say, settings } from "./settings.js";
import * as text from "./text.js";
import { asText } from "./uploads.js";
import { clockOf } from "./clock.js";

const composer = $("[data-composer]");
const form = $("[data-composer-form]");
export const notices = $("[data-composer-notices]");
const RESTORED_WITHIN = 12 * 3600 * 1000; // ms; an older text waits in the list

let draft;
let unsent;
let current = fresh(); // which update this is, what it was made from, and its buttons

function fresh() {
  return { update: crypto.randomUUID(), isNew: true, status: "draft", version: null, buttons: settings.buttons, baseline: EMPTY, title: say("newUpdate") };
}

/** What others ask of it. */
export const state = {
  get current() {
    return current;
  },
  get update() {
    return current.update;
  },
  get isUnsaved() {
    return Boolean(draft) && !isSame(draft.read(), current.baseline);
  },
  get failedPictures() {
    return draft.pictures.failed;
  },
  get lacksAlt() {
    return draft.pictures.lacksWords;
  },
  written: () => draft.read(),
  settle: () => draft.settle(),
  content: () => contentOf(draft.read(), current.baseline),
};

export async function start() {
  await text.ready();
  editKind.start();
  draft = new Draft(composer, () => {
    unsent?.touch();
    document.dispatchEvent(new Event("desk:typed"));
  });
  unsent = keeper(snapshot, (words) => ($("[data-kept]").textContent = words));
  await draft.write(EMPTY);
  current.baseline = draft.read();
  hold(placeOf(current.update));
  listen();
  show();
  await restoreLatest();
  outbox.changes.addEventListener("sent", ({ detail }) => afterSent(detail));
}

function snapshot() {
  if (current.isSent) return null; // it is in the outbox by now, and is kept there
  const { buttons, takenBy, ...rest } = current;
  return { ...rest, base: settings.base, place: placeOf(current.update), draft: draft.read() };
}

function listen() {
  form.addEventListener("submit", (event) => event.preventDefault());
  $("[data-composer-close]").addEventListener("click", close);
  document.addEventListener("desk:status", renewButtons);
  const headline = form.elements.headline;
  const grow = () => {
    headline.style.blockSize = "auto";
    headline.style.blockSize = `${headline.scrollHeight}px`;
  };
  headline.addEventListener("input", grow);
  form.addEventListener("draft:written", grow);
}

// -- which update

/** Make room for another text; the one here stays stored in the browser. */
export async function leave() {
  let stored;
  do {
    stored = draft.read();
    await unsent.keep({ isLeft: true });
  } while (!isSame(stored, draft.read())); // a key came meanwhile
  letGoOf(current);
}

/** Let others have the update, and other tabs its text. */
export function letGoOf({ update, isNew, takenBy }) {
  if (!isNew && !takenBy) ask(`updates/${update}/editing`, { body: { state: "closed" } });
  letGo(placeOf(update));
}

async function begin(next, written) {
  for (const each of ["conflict", "sent-back", "others", "taken"]) drop(each, notices);
  current = next;
  hold(placeOf(current.update));
  await draft.write(current.baseline);
  current.baseline = draft.read();
  if (written) await draft.write(written);
  show();
  document.dispatchEvent(new Event("desk:opened"));
  await unsent.keep();
  refreshUnsent();
}

/** Go on with an empty form, or with words that can go nowhere else. */
export function beginAnew(written) {
  return begin(fresh(), written);
}

/** Open an update for editing; what was kept of it here comes back with it. */
export async function edit(id, { kind = "", isTaken = false } = {}) {
  if (id === current.update) return focus();
  const answer = await ask(`updates/${id}`);
  if (!answer.ok) return announce(answer.data.error ?? say("failed"), { tone: "bad" });
  if (!answer.data.buttons.length) return document.dispatchEvent(new CustomEvent("desk:show", { detail: id }));
  const mine = (await unsentTexts()).find(({ place }) => place === placeOf(id));
  await leave();
  const next = { ...describe(answer.data), title: say(kind === "correction" ? "correcting" : "editing", { words: wordsOf(answer.data) || "…" }) };
  await begin(next, mine?.draft);
  if (mine) editKind.choose(mine.draft.kind);
  else if (kind) editKind.choose(kind);
  else if (next.status === "published" && answer.data.is_recent) editKind.choose("typo", { preset: true });
  if (answer.data.sent_back_note) tell("sent-back", say("sentBackNote", { name: answer.data.sent_back_by, note: answer.data.sent_back_note }), { place: notices });
  if (isTaken) await ask(`updates/${id}/editing`, { body: { state: "taken" } });
  return focus();
}

function describe(data) {
  const { id, status, version, buttons, headline, body, verification, is_key_event, is_pinned, sources, bylines, published_at, scheduled_for } = data;
  const pictures = data.pictures.map((each) => ({ ...each, savedWords: asText(each) }));
  const baseline = { ...EMPTY, headline, body, verification, is_key_event, pin: is_pinned, sources, bylines, pictures, published_at };
  return { update: id, isNew: false, status, version, buttons, baseline, scheduledFor: scheduled_for };
}

/** Go back to an empty form; an edit that was begun stays stored. */
export async function close() {
  await leave();
  await beginAnew();
  if (isNarrow()) composer.classList.remove("is-open");
  else focus();
}

function isNarrow() {
  return innerWidth < 900; // as in desk.css: the composer lies over the timeline
}

export function focus(where = "headline") {
  composer.classList.add("is-open");
  if (where === "text") text.focus();
  else form.elements.headline.focus();
}

/** Go on with the text that stood here; one that was closed waits in the list. */
async function restoreLatest() {
  const [latest] = (await unsentTexts({ except: placeOf(current.update) })).filter(({ at, isLeft }) => !isLeft && at > Date.now() - RESTORED_WITHIN);
  if (latest) await takeUp(latest);
  else refreshUnsent();
}

/** Take a kept text up again, where it was written. */
async function takeUp(row) {
  const known = await knownOf(row);
  await leave();
  const { update, isNew, status, version, baseline, title, scheduledFor } = row;
  await begin({ update, isNew, status, version, baseline, title, scheduledFor, ...known }, row.draft);
  tell("restored", say("kept", { time: clockOf(row.at) }), { place: notices });
  setTimeout(() => drop("restored", notices), 6000);
  focus(row.draft.body ? "text" : "headline"); // where most of it was written
}

/** The buttons that an update has now, and its state. */
async function knownOf({ update, isNew }) {
  const answer = isNew ? {} : await ask(`updates/${update}`);
  return answer.ok ? { buttons: answer.data.buttons, status: answer.data.status } : { buttons: settings.buttons };
}

/** Bring an attempt back that was cancelled or refused. */
export async function takeBack(row) {
  if (!row.draft) return edit(row.update); // it was sent from its row, as it stood there
  const known = await knownOf(row.made);
  await leave();
  await begin({ ...row.made, ...known }, row.draft);
  return focus();
}

export function refreshUnsent() {
  return showUnsent({ except: placeOf(current.update), restore: takeUp });
}

/** Once sent, an update that is here unchanged makes room for the next. */
function afterSent({ row, data }) {
  document.dispatchEvent(new CustomEvent("desk:row", { detail: data }));
  const isOlder = (current.version ?? 0) < data.version; // not opened anew since
  if (row.update === current.update && isOlder && isSame(draft.read(), row.draft ?? current.baseline)) close();
}

// -- what is shown

export function show() {
  $("[data-composer-title]").textContent = current.title;
  $("[data-composer-close]").hidden = current.isNew;
  composer.dataset.composing = current.status;
  document.dispatchEvent(new Event("desk:buttons"));
  const isOnAir = current.status === "published";
  editKind.show(isOnAir && current.buttons.length > 0);
  const pin = $("[data-pin-label]");
  if (pin) pin.hidden = isOnAir;
  $("[data-kept]").textContent = "";
}

/** The story was opened or ended: what may be done with the text is something else now. */
async function renewButtons() {
  const { update } = current;
  const known = await knownOf(current);
  if (update !== current.update) return;
  Object.assign(current, known);
  document.dispatchEvent(new Event("desk:buttons"));
}
