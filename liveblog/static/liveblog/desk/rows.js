/* What one key or one click does to a row, and to several that were ticked. */

import { askConfirmed } from "./requests.js";
import * as dialogs from "./dialogs.js";
import { dropWords } from "./form-words.js";
import { announce } from "./notices.js";
import * as outbox from "./outbox.js";
import { $, $$, make, say, settings } from "./settings.js";
import { rowsShown, scroller } from "./timeline-rows.js";

const DONE = { pin: "done", unpin: "done", mark: "done", unmark: "done", retract: "retracted", restore: "restored", unschedule: "unscheduled", undo: "undone", delete: "deleted" };

/** Listen for clicks and keys on rows; `edit` opens an update in the composer. */
export function listenToRows({ edit }) {
  scroller.addEventListener("click", (event) => {
    const action = event.target.closest("[data-action]");
    if (event.target.closest("[data-pick]")) showSelection();
    else if (action && action.tagName === "BUTTON") act(action.closest("[data-update]"), action.dataset.action, edit);
    else if (!action && !event.target.closest("a, label, button")) event.target.closest("[data-update]")?.focus();
  });
  scroller.addEventListener("keydown", (event) => onKey(event, edit));
  document.addEventListener("desk:rows", showSelection);
}

function onKey(event, edit) {
  const row = event.target.closest("[data-update]");
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.toLowerCase();
  if (key === "enter" && event.target === row) return void act(row, "edit", edit);
  if (key === "x") return void tick(row);
  const isOfOne = ["enter", "e", "t", "h"].includes(key);
  if (ticked().length && !isOfOne) return onSelectionKey(event, key, row);
  const isTaken = key === "t" && row.dataset.busy;
  const button = isTaken ? $("[data-action=edit]", row) : $(`[data-action][aria-keyshortcuts="${CSS.escape(key)}"]`, row);
  if (!button) return;
  event.preventDefault();
  button.click();
}

/** With rows ticked a key means them: what is done to one alone asks to clear the ticks first. */
function onSelectionKey(event, key, row) {
  const isVerb = key === "r" || $(`[data-action][aria-keyshortcuts="${CSS.escape(key)}"]`, row);
  if (key !== "escape" && !isVerb) return;
  event.preventDefault();
  event.stopPropagation();
  if (key === "escape") clearTicks();
  else if (key === "r") retractTicked();
  else announce(say("notOfSeveral"), { tone: "bad" });
}

/** Carry out an action on a row. */
async function act(row, verb, edit) {
  const { update: id, version, busy } = row.dataset;
  if (verb === "edit") return edit(id, { isTaken: Boolean(busy) });
  if (verb === "correct") return edit(id, { kind: "correction", isTaken: Boolean(busy) });
  if (verb === "publish" || verb === "submit") return sendRow(row, verb, Number(version));
  const sent = await questionOf(row, verb);
  if (!sent) return undefined;
  const answer = await askConfirmed(`updates/${id}/${verb}`, sent, dialogs.askPassword);
  if (!answer.ok) return announce(answer.data.error ?? say("failed"), { tone: "bad" });
  dropWords(`${verb}:${id}`);
  if (answer.data.status !== "deleted") document.dispatchEvent(new CustomEvent("desk:row", { detail: answer.data }));
  else document.dispatchEvent(new CustomEvent("desk:row", { detail: { type: "removal", id } }));
  return announce(verb === "send_back" ? say("sentBack", { name: answer.data.update.author }) : say(DONE[verb], { words: wordsOf(row) }));
}

/** What is sent with the verb; null where the question was answered with no. */
async function questionOf(row, verb) {
  const words = wordsOf(row);
  const place = `${verb}:${row.dataset.update}`;
  if (verb === "retract") {
    const { choice, note } = await dialogs.open("retract", { words, place });
    return isRetraction(choice) ? { note, without_trace: choice === "without_trace" } : null;
  }
  if (verb === "send_back") {
    const { choice, note } = await dialogs.open("send_back", { words, place });
    return choice === "go" ? { note } : null;
  }
  if (verb === "delete") {
    const label = $("[data-action=delete]", row).textContent;
    const { choice } = await dialogs.open("ask", { title: label, words, go: label });
    return choice === "go" ? {} : null;
  }
  return {};
}

/** Esc, and whatever else closes the window, is a no. */
function isRetraction(choice) {
  return choice === "with_note" || choice === "without_trace";
}

/** A contribution goes out as its row shows it: by the outbox, as everything that is sent. */
async function sendRow(row, verb, version) {
  const { update } = row.dataset;
  const attempt = { update, base: settings.base, story: settings.story, verb, payload: { verb, version }, pictures: [], words: wordsOf(row), made: { update, isNew: false, status: row.dataset.status, version }, draft: null };
  try {
    await outbox.add(attempt);
  } catch {
    announce(say("notKept"), { tone: "bad" });
  }
}

function wordsOf(row) {
  return $(".row-title", row).textContent.trim();
}

// -- from row to row

/** Move the focus among the rows that are shown. */
export function step(by) {
  const rows = rowsShown();
  const at = rows.findIndex((each) => each.contains(document.activeElement));
  const next = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}

// -- several at once

function tick(row) {
  const box = $("[data-pick]", row);
  if (!box) return;
  box.checked = !box.checked;
  showSelection();
}

function ticked() {
  return $$("[data-update]", scroller).filter((row) => $("[data-pick]", row)?.checked);
}

function showSelection() {
  const place = $("[data-selection]");
  const rows = ticked();
  place.hidden = !rows.length;
  const retract = make("button", { type: "button" }, say("retractSelected"));
  retract.addEventListener("click", retractTicked);
  const clear = make("button", { type: "button" }, say("clearSelection"));
  clear.addEventListener("click", clearTicks);
  place.replaceChildren(make("span", { role: "status" }, say("selected", { count: rows.length })), ...(settings.mayRetract ? [retract] : []), clear);
}

function clearTicks() {
  for (const row of ticked()) $("[data-pick]", row).checked = false;
  showSelection();
}

async function retractTicked() {
  const rows = ticked();
  const words = rows.map(wordsOf).join(" · ");
  const { choice, note } = await dialogs.open("retract", { words, place: "retract" });
  if (!isRetraction(choice)) return;
  const ids = rows.map(({ dataset }) => dataset.update);
  const answer = await askConfirmed("retract", { ids, note, without_trace: choice === "without_trace" }, dialogs.askPassword);
  if (!answer.ok) return void announce(answer.data.error ?? say("failed"), { tone: "bad" });
  dropWords("retract");
  const left = answer.data.retracted.filter(({ error }) => error);
  clearTicks();
  announce(left.length ? `${say("couldNotRetract", { count: left.length })} ${left[0].error}` : say("retracted", { words }), { tone: left.length ? "bad" : "good" });
}
