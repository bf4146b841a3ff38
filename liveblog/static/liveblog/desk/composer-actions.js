/* The composer's buttons, and what a press on them sends. */

import { ask } from "./requests.js";
import { contentOf, isEmpty, wordsOf } from "./draft.js";
import { nextQuarter, tidy } from "../admin/clock_field.js";
import { now } from "./clock.js";
import { beginAnew, close, focus, letGoOf, refreshUnsent, state } from "./composer.js";
import { placeOf } from "./unsent.js";
import { announce } from "./notices.js";
import * as dialogs from "./dialogs.js";
import { isChosen as isKindChosen } from "./edit-kind.js";
import { isShortEnough, lengthWarnings } from "./lengths.js";
import { dropWords } from "./form-words.js";
import * as outbox from "./outbox.js";
import { pictureFailed } from "./preview.js";
import { $, make, say, settings } from "./settings.js";

const form = $("[data-composer-form]");

export function start() {
  $("[data-actions]").addEventListener("click", ({ target }) => {
    const pressed = target.closest("[data-verb]");
    if (pressed) press(pressed.dataset.verb);
  });
  form.elements.schedule_at.addEventListener("keydown", (event) => {
    if (event.key === "Enter") press("schedule");
  });
  $("[data-schedule-close]").addEventListener("click", () => {
    form.elements.schedule_at.value = "";
    showSchedule(false);
  });
  document.addEventListener("desk:buttons", showButtons);
}

function showButtons() {
  showSchedule(false);
}

function button({ verb, label, key, is_primary }) {
  const keys = key ? [" ", make("kbd", { "aria-hidden": "true" }, key.replace("Enter", "↵"))] : [];
  const made = make("button", { type: "button", className: is_primary ? "primary" : "", dataset: { verb } }, label, ...keys);
  if (key) made.setAttribute("aria-keyshortcuts", key.replace("Ctrl", "Control"));
  return made;
}

/** While a time is asked for, scheduling is what the first button and its key do. */
function showSchedule(isShown) {
  $("[data-schedule]").hidden = !isShown;
  const { buttons } = state.current;
  const shown = isShown ? buttons.map((each) => ({ ...each, ...asFirst(each.verb === "schedule") })) : buttons;
  $("[data-actions]").replaceChildren(...shown.map(button));
  if (!isShown) return;
  form.elements.schedule_at.value ||= state.current.scheduledFor || nextQuarter(settings.timezone, now());
  form.elements.schedule_at.focus();
}

function asFirst(isFirst) {
  return { is_primary: isFirst, key: isFirst ? "Ctrl+Enter" : "" };
}

/** Press the button of a key: the primary one, or the one that saves. */
export function pressKey(key) {
  if (key === "Ctrl+Enter" && !$("[data-schedule]").hidden) return void press("schedule");
  const { buttons } = state.current;
  const found = buttons.find((each) => each.key === key) ?? (key === "Ctrl+Enter" && buttons.find((each) => each.is_primary));
  if (found) press(found.verb);
}

async function press(verb) {
  const { current } = state;
  if (!(await state.settle()) || state.current !== current) return; // another update is open by now
  if (verb !== "send_back" && !isClockRight(verb)) return;
  const written = state.written();
  if (current.isSent) return; // pressed again while it was put away
  if (current.takenBy) return announce(say("takenOver", current.takenBy), { tone: "bad" });
  if (verb === "send_back") return sendBack(current);
  if (state.failedPictures.length) return announce(pictureFailed(), { tone: "bad" });
  if (isEmpty(written)) return announce(say("emptyText"), { tone: "bad" });
  if (verb === "schedule" && ($("[data-schedule]").hidden || !form.elements.schedule_at.value)) return showSchedule(true);
  if (!isShortEnough(form)) return announce(lengthWarnings(form)[0], { tone: "bad" });
  if (verb === "edit" && !isKindChosen(written, current.baseline)) return;
  if (!(await putAway(current, verb, written))) return;
  letGoOf(current);
  await beginAnew();
  refreshUnsent();
  focus();
}

/** Freeze what is written into the outbox; false where it stays in the form. */
async function putAway(current, verb, written) {
  const payload = { verb, version: current.version, content: contentOf(written, current.baseline) };
  if (verb === "publish") payload.pin = written.pin;
  if (verb === "schedule") payload.schedule_at = form.elements.schedule_at.value;
  if (verb === "edit") Object.assign(payload, { kind: written.kind, note: written.note });
  const { buttons, ...made } = current;
  const attempt = { update: current.update, base: settings.base, story: settings.story, verb, payload, pictures: written.pictures, words: wordsOf(written), made, draft: written };
  current.isSent = true;
  try {
    await outbox.add(attempt, placeOf(current.update));
    return true;
  } catch {
    return sendFromForm(current, attempt);
  }
}

/** This browser keeps nothing, or has no room: the text stays in the form until it has arrived. */
async function sendFromForm(current, attempt) {
  const answer = await outbox.sendAtOnce(attempt);
  current.isSent = answer.ok;
  if (!answer.ok) announce(answer.data?.error ?? say("notKept"), { tone: "bad" });
  return answer.ok;
}

/** Times are checked before they are sent: what the outbox refuses comes back late. */
function isClockRight(verb) {
  const { schedule_at: schedule, published_at: published } = form.elements;
  const clocks = [published, ...(verb === "schedule" ? [schedule] : [])];
  clocks.forEach(tidy); // a key comes before the field is left
  const wrong = clocks.find((field) => !field.checkValidity());
  if (!wrong) return true;
  const around = wrong.closest("details");
  if (around) around.open = true;
  wrong.focus();
  announce(say("badClock", { example: nextQuarter(settings.timezone, now()) }), { tone: "bad" });
  return false;
}

async function sendBack({ update, title }) {
  const place = `send_back:${update}`;
  const { choice, note } = await dialogs.open("send_back", { words: title, place });
  if (choice !== "go") return;
  const answer = await ask(`updates/${update}/send_back`, { body: { note } });
  if (!answer.ok) return announce(answer.data.error ?? say("failed"), { tone: "bad" });
  dropWords(place);
  announce(say("sentBack", { name: answer.data.update.author }));
  document.dispatchEvent(new CustomEvent("desk:row", { detail: answer.data }));
  await close();
}
