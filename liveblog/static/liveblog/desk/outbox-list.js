/* The outbox on the page: each attempt with its first words, its state, and the way back. */

import { ask } from "./requests.js";
import { announce, drop } from "./notices.js";
import * as outbox from "./outbox.js";
import { $, make, say, settings } from "./settings.js";

const place = $("[data-outbox]");
const list = $("[data-attempts]");
const rest = $("[data-attempts-rest]");
const SENT = { publish: "sentPublication", edit: "sentEdit", save_draft: "sentDraft", submit: "sentSubmission", schedule: "sentSchedule", unschedule: "sentDraft" };
const SENT_SHOWN = 3;
const STATES = ["waiting", "sending", "sent", "refused"];

let said = { update: "", words: "" };
let isWhole = false; // whether all that was sent is listed

/** Draw the outbox whenever it changes; `takeBack` opens an attempt in the composer again. */
export function showOutbox({ takeBack, edit }) {
  const draw = async () => {
    const rows = (await outbox.attempts()).filter(({ story }) => story === settings.story);
    place.hidden = !rows.length;
    const edited = new Set(rows.filter(({ verb }) => verb === "edit").map(({ update }) => update));
    list.replaceChildren(...inView(rows.reverse()).map((row) => line(row, { takeBack, edit, isEdited: edited.has(row.update) })));
    showRest(rows);
  };
  rest.addEventListener("click", () => {
    isWhole = true;
    draw();
  });
  outbox.changes.addEventListener("change", draw);
  outbox.changes.addEventListener("overtaken", ({ detail }) => takeBackWords(detail));
  outbox.changes.addEventListener("sent", ({ detail }) => sayOutcome(detail));
  setInterval(countDown, 250);
  return draw();
}

function sayOutcome({ row, data, answer }) {
  said = { update: row.update, words: answer.exception || outcome(row, data) };
  announce(said.words);
}

/** What was said of an update is no longer so; what was said since stays. */
function takeBackWords(update) {
  if (update === said.update && $("[data-alert=said]")?.textContent === said.words) drop("said");
}

/** The newest first: all that is on its way, and few of what was sent. */
function inView(rows) {
  const old = new Set(isWhole ? [] : sentOf(rows).slice(SENT_SHOWN));
  return rows.filter((row) => !old.has(row));
}

function sentOf(rows) {
  return rows.filter(({ state }) => state === "sent");
}

function showRest(rows) {
  const count = Math.max(0, sentOf(rows).length - SENT_SHOWN);
  if (!count) isWhole = false;
  rest.hidden = isWhole || !count;
  rest.textContent = say("moreSent", { count });
}

function line(row, ways) {
  const state = make("span", { className: "attempt-state" }, stateOf(row));
  if (row.state === "waiting" && row.notBefore > Date.now()) state.dataset.until = row.notBefore;
  const words = make("span", { className: "attempt-words" }, row.words);
  const error = row.error ? [make("span", { className: "attempt-error" }, reason(row))] : [];
  const dataset = { attempt: row.attempt, state: STATES.includes(row.state) ? row.state : "waiting" };
  return make("li", { dataset }, state, words, ...error, make("span", { className: "attempt-ways" }, ...buttons(row, ways)));
}

function stateOf(row) {
  if (outbox.isStale(row)) return say("stale");
  if (row.answer?.exception) return row.answer.exception;
  if (row.state === "waiting" && row.notBefore > Date.now()) return held(row.notBefore);
  return say((row.state === "sent" && SENT[row.verb]) || row.state);
}

function held(until) {
  return say("held", { seconds: Math.ceil((until - Date.now()) / 1000) });
}

function countDown() {
  for (const each of list.querySelectorAll("[data-until]")) {
    if (each.dataset.until > Date.now()) each.textContent = held(each.dataset.until);
  }
}

function reason({ error }) {
  return ["offline", "serverError", "signedOut", "otherPerson"].includes(error) ? say(error) : error;
}

function buttons(row, { takeBack, edit, isEdited }) {
  if (row.state === "sent") return row.verb === "publish" && !isEdited && row.answer?.isOwn ? [button("undo", () => undo(row, edit))] : [];
  if (row.state === "withdrawn") return [];
  const found = [];
  if (outbox.isStale(row)) found.push(button("send", () => outbox.sendNow(row.sequence)));
  if (row.error === "signedOut") found.push(make("a", { href: settings.signIn, target: "_blank", rel: "noopener" }, say("signIn")));
  if (row.state === "refused") {
    found.push(button("edit", () => back(row, takeBack)), button("discard", () => outbox.forget(row.sequence)));
  } else {
    found.push(button("cancel", () => cancel(row, takeBack)), button("edit", () => back(row, takeBack)));
  }
  return found;
}

function button(name, act) {
  const made = make("button", { type: "button" }, say(name));
  made.addEventListener("click", act);
  return made;
}

/** Edit: out of the outbox and into the composer; what is there stays kept. */
async function back(row, takeBack) {
  const taken = row.state === "refused" ? row : await outbox.withdraw(row.sequence);
  if (row.state === "refused") await outbox.forget(row.sequence);
  if (taken) await takeBack(taken, row.status === 409 ? row.refusal : null);
  sayWhetherTaken(taken);
}

/** Cancel: nothing goes out; the words stay with the unsent texts. */
async function cancel(row, takeBack) {
  const taken = await outbox.withdraw(row.sequence);
  if (taken) await takeBack(taken);
  sayWhetherTaken(taken);
}

function sayWhetherTaken(taken) {
  if (!taken) announce(say("tooLate"), { tone: "bad" });
  else if (taken.isUnsure) announce(say("mayHaveArrived"), { tone: "bad" });
}

async function undo(row, edit) {
  const answer = await ask(`updates/${row.update}/undo`, { base: row.base, body: {} });
  if (!answer.ok) return announce(answer.data.error ?? say("failed"), { tone: "bad" });
  await outbox.forget(row.sequence);
  document.dispatchEvent(new CustomEvent("desk:row", { detail: answer.data }));
  announce(say("undone"));
  await edit(row.update);
}

function outcome({ verb, words }, data) {
  if (verb === "submit") return say("submitted");
  if (verb === "schedule") return say("scheduled", { time: data.update.scheduled_clock, zone: settings.timezone });
  if (verb === "unschedule") return say("unscheduled");
  if (verb === "publish") return say("published", { words });
  if (data.status === "scheduled") return say("scheduled", { time: data.update.scheduled_clock, zone: settings.timezone });
  return say(data.status === "draft" ? "draftSaved" : "saved", { words });
}
