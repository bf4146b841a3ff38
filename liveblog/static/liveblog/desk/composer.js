/* The composer: always ready for the next update; another update is opened in it for editing. */

import { ask } from "./requests.js";
import { Draft, EMPTY, contentOf, isEmpty, isSame, wordsOf } from "./draft.js";
import { forgetText, hold, keeper, letGo, placeOf, showUnsent, unsentTexts } from "./unsent.js";
import { announce, drop, tell } from "./notices.js";
import * as dialogs from "./dialogs.js";
import { dropWords } from "./form-words.js";
import * as outbox from "./outbox.js";
import { $, $$, make, say, settings } from "./settings.js";
import * as text from "./text.js";
import { clockOf } from "./clock.js";

const composer = $("[data-composer]");
const form = $("[data-composer-form]");
const notices = $("[data-composer-notices]");
const EDITING_BEAT = 4000; // ms; liveblog/editing/presence.py forgets after three of them
const RESTORED_WITHIN = 12 * 3600 * 1000; // ms; an older text waits in the list

let draft;
let unsent;
let current = fresh(); // which update this is, what it was made from, and its buttons

function fresh() {
  return { update: crypto.randomUUID(), isNew: true, status: "draft", version: null, buttons: settings.buttons, baseline: EMPTY, title: say("newUpdate") };
}

/** What others ask of it. */
export const state = {
  get update() {
    return current.update;
  },
  get isNew() {
    return current.isNew;
  },
  get lacksAlt() {
    return draft.pictures.lacksWords;
  },
  content: () => contentOf(draft.read(), current.baseline),
};

export async function start() {
  await text.ready();
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
  setInterval(beat, EDITING_BEAT);
}

function snapshot() {
  if (current.isSent) return null; // it stands in the outbox by now, and is kept there
  const { buttons, ...rest } = current;
  return { ...rest, base: settings.base, place: placeOf(current.update), draft: draft.read() };
}

function listen() {
  form.addEventListener("submit", (event) => event.preventDefault());
  $("[data-actions]").addEventListener("click", ({ target }) => {
    const button = target.closest("[data-verb]");
    if (button) press(button.dataset.verb);
  });
  form.elements.schedule_at.addEventListener("keydown", (event) => {
    if (event.key === "Enter") press("schedule");
  });
  $("[data-schedule-close]").addEventListener("click", () => showSchedule(false));
  $("[data-composer-close]").addEventListener("click", close);
  form.addEventListener("change", showNote);
  form.addEventListener("draft:written", showNote);
  const headline = form.elements.headline;
  const grow = () => {
    headline.style.blockSize = "auto";
    headline.style.blockSize = `${headline.scrollHeight}px`;
  };
  headline.addEventListener("input", grow);
  form.addEventListener("draft:written", grow);
}

// -- which update

/** Make room for another text: what is written here stays kept. */
async function leave() {
  await unsent.keep();
  if (!current.isNew) ask(`updates/${current.update}/editing`, { body: { state: "closed" } });
  letGo(placeOf(current.update));
}

async function begin(next, written) {
  drop("conflict", notices);
  drop("sent-back", notices);
  drop("others", notices);
  current = next;
  hold(placeOf(current.update));
  await draft.write(current.baseline);
  current.baseline = draft.read();
  if (written) await draft.write(written);
  show();
  beat();
  await unsent.keep();
  refreshUnsent();
}

/** Open an update for editing; what was kept of it here comes back with it. */
export async function edit(id, { kind = "", isTaken = false } = {}) {
  if (id === current.update) return focus();
  const answer = await ask(`updates/${id}`);
  if (!answer.ok) return announce(answer.data.error ?? say("failed"), { tone: "bad" });
  await leave();
  const mine = (await unsentTexts()).find(({ place }) => place === placeOf(id));
  const next = { ...describe(answer.data), title: say(kind === "correction" ? "correcting" : "editing", { words: wordsOf(answer.data) || "…" }) };
  await begin(next, mine?.draft);
  const chosen = kind || (next.status === "published" && answer.data.is_recent ? "typo" : "");
  if (chosen && !mine) chooseKind(chosen);
  if (answer.data.sent_back_note) tell("sent-back", say("sentBackNote", { name: answer.data.sent_back_by, note: answer.data.sent_back_note }), { place: notices });
  if (isTaken) await ask(`updates/${id}/editing`, { body: { state: "taken" } });
  focus(kind ? "text" : "headline");
}

function describe(data) {
  const { id, status, version, buttons, headline, body, verification, is_key_event, is_pinned, sources, bylines, pictures, published_at, scheduled_for } = data;
  const baseline = { ...EMPTY, headline, body, verification, is_key_event, pin: is_pinned, sources, bylines, pictures, published_at };
  return { update: id, isNew: false, status, version, buttons, baseline, scheduledFor: scheduled_for };
}

/** Go back to an empty form; an edit that was begun stays kept. */
export async function close() {
  await leave();
  await begin(fresh());
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

async function restoreLatest() {
  const [latest] = (await unsentTexts({ except: placeOf(current.update) })).filter(({ at }) => at > Date.now() - RESTORED_WITHIN);
  if (latest) await takeUp(latest);
  else refreshUnsent();
}

/** Take a kept text up again, where it was written. */
async function takeUp(row) {
  await leave();
  const known = row.isNew ? { buttons: settings.buttons } : await buttonsOf(row);
  const { update, isNew, status, version, baseline, title, scheduledFor } = row;
  await begin({ update, isNew, status, version, baseline, title, scheduledFor, ...known }, row.draft);
  tell("restored", say("kept", { time: clockOf(row.at) }), { place: notices });
  setTimeout(() => drop("restored", notices), 6000);
  focus();
}

async function buttonsOf(row) {
  const answer = await ask(`updates/${row.update}`);
  return answer.ok ? { buttons: answer.data.buttons, status: answer.data.status } : { buttons: settings.buttons };
}

export function refreshUnsent() {
  return showUnsent({ except: placeOf(current.update), restore: takeUp });
}

// -- what is shown

function show() {
  $("[data-composer-title]").textContent = current.title;
  $("[data-composer-close]").hidden = current.isNew;
  composer.dataset.composing = current.status;
  $("[data-actions]").replaceChildren(...current.buttons.map(button));
  const isOnAir = current.status === "published";
  $("[data-edit-kind]").hidden = !isOnAir;
  const pin = $("[data-pin-label]");
  if (pin) pin.hidden = isOnAir;
  showSchedule(false);
  showNote();
  $("[data-kept]").textContent = "";
}

function button({ verb, label, key, is_primary }) {
  const keys = key ? [" ", make("kbd", { "aria-hidden": "true" }, key.replace("Enter", "↵"))] : [];
  const made = make("button", { type: "button", className: is_primary ? "primary" : "", dataset: { verb } }, label, ...keys);
  if (key) made.setAttribute("aria-keyshortcuts", key.replace("Ctrl", "Control"));
  return made;
}

function showNote() {
  const kind = form.elements.kind?.value ?? "";
  $("[data-edit-note]").hidden = !["clarification", "correction"].includes(kind);
}

function chooseKind(kind) {
  for (const radio of $$("[name=kind]", form)) radio.checked = radio.value === kind;
  showNote();
}

function showSchedule(isShown) {
  $("[data-schedule]").hidden = !isShown;
  if (isShown) {
    form.elements.schedule_at.value ||= current.scheduledFor ?? "";
    form.elements.schedule_at.focus();
  }
}

// -- sending

/** Press the button of a key: the primary one, or the one that saves. */
export function pressKey(key) {
  const found = current.buttons.find((each) => each.key === key) ?? (key === "Ctrl+Enter" && current.buttons.find((each) => each.is_primary));
  if (found) press(found.verb);
}

export async function press(verb) {
  await draft.settled();
  const written = draft.read();
  if (verb === "send_back") return sendBack();
  if (isEmpty(written)) return announce(say("emptyText"), { tone: "bad" });
  if (verb === "schedule" && !form.elements.schedule_at.value) return showSchedule(true);
  if (verb === "schedule" && $("[data-schedule]").hidden) return showSchedule(true);
  if (verb === "edit" && !isKindTold(written)) return;
  const payload = { verb, version: current.version, content: contentOf(written, current.baseline) };
  if (verb === "publish") payload.pin = written.pin;
  if (verb === "schedule") payload.schedule_at = form.elements.schedule_at.value;
  if (verb === "edit") Object.assign(payload, { kind: written.kind, note: written.note });
  const { buttons, ...made } = current;
  const place = placeOf(current.update);
  current.isSent = true;
  await outbox.add({ update: current.update, base: settings.base, story: settings.story, verb, payload, pictures: written.pictures, words: wordsOf(written), made, draft: written }, place);
  letGo(place);
  await begin(fresh());
  refreshUnsent();
  focus();
}

function isKindTold({ kind, note }) {
  const isNoted = ["clarification", "correction"].includes(kind);
  if (kind && (!isNoted || note.trim())) return true;
  const field = kind ? form.elements.note : $("[name=kind]", form);
  field.focus();
  announce($(kind ? "[data-edit-note]" : "[data-edit-kind] legend").textContent.trim(), { tone: "bad" });
  return false;
}

async function sendBack() {
  const place = `send_back:${current.update}`;
  const { choice, note } = await dialogs.open("send_back", { words: current.title, place });
  if (choice !== "go") return;
  const answer = await ask(`updates/${current.update}/send_back`, { body: { note } });
  if (!answer.ok) return announce(answer.data.error ?? say("failed"), { tone: "bad" });
  dropWords(place);
  announce(say("sentBack", { name: answer.data.update.author }));
  document.dispatchEvent(new CustomEvent("desk:row", { detail: answer.data }));
  await close();
}

/** Bring an attempt back that was cancelled or refused; `conflict` is what stood against it. */
export async function takeBack(row, conflict) {
  await leave();
  const { made } = row;
  const known = made.isNew ? { buttons: settings.buttons } : await buttonsOf(row);
  await begin({ ...made, ...known }, row.draft);
  if (conflict) await showConflict(conflict);
  focus();
}

async function showConflict({ saved_by: name, saved_at: time, html, version }) {
  const answer = await ask(`updates/${current.update}`);
  if (answer.ok) Object.assign(current, { version: answer.data.version, status: answer.data.status, buttons: answer.data.buttons, isNew: false });
  else current.version = version;
  show();
  const theirs = make("button", { type: "button" }, say("takeTheirs"));
  theirs.addEventListener("click", async () => {
    const { update } = current;
    await begin(fresh());
    await forgetText(placeOf(update));
    edit(update);
  });
  const both = make("div", { className: "both-texts" });
  both.append(...new DOMParser().parseFromString(html ?? "", "text/html").body.childNodes);
  tell("conflict", `${say("conflict", { name, time })} ${say("conflictKept")} `, { place: notices, actions: [theirs, both] });
}

function afterSent({ row, data }) {
  document.dispatchEvent(new CustomEvent("desk:row", { detail: data }));
  if (row.update === current.update && isSame(draft.read(), row.draft)) close();
}

// -- others on the same update

async function beat() {
  if (!current.isNew && !document.hidden) await ask(`updates/${current.update}/editing`, { body: { state: "open" } });
}

/** Show who else has the open update; close it where somebody took it over. */
export async function showOthers({ editing, taken }) {
  if (current.isNew) return;
  const over = taken[current.update];
  if (over && over.id !== settings.person) {
    const { title } = current;
    await close();
    tell("taken", `${title}: ${say("takenOver", over)}`, { place: notices });
    return;
  }
  const names = (editing[current.update] ?? []).filter(({ id }) => id !== settings.person).map(({ name }) => name);
  if (names.length) tell("others", say("alsoEditing", { names: names.join(", ") }), { place: notices });
  else drop("others", notices);
}
