/* The kind of an edit on air: a slip of the first minutes is taken for a typo, more than that is asked. */

import { announce } from "./notices.js";
import { $, $$, make, say, settings } from "./settings.js";

const form = $("[data-composer-form]");
const NOTED = ["clarification", "correction"];
const MOST_WORDS = 2; // put in, and taken out, by whoever mends a slip
let isPreset = false; // by the desk, and not by whoever edits

export function start() {
  $("[data-edit-kinds]").replaceChildren(
    ...settings.editKinds.map(([value, words]) => make("label", { className: "tick" }, make("input", { type: "radio", name: "kind", value }), ` ${words}`)),
  );
  form.addEventListener("change", ({ target }) => {
    if (target.name === "kind") isPreset = false;
    showNote();
  });
  form.addEventListener("draft:written", showNote);
}

export function show(isShown) {
  $("[data-edit-kind]").hidden = !isShown;
  showNote();
}

function showNote() {
  $("[data-edit-note]").hidden = !NOTED.includes(form.elements.kind?.value ?? "");
}

export function choose(kind, { preset = false } = {}) {
  for (const radio of $$("[name=kind]", form)) radio.checked = radio.value === kind;
  isPreset = preset;
  showNote();
}

/** Whether the kind is chosen, and its note written; else the cursor is where it is missing. */
export function isChosen(written, baseline) {
  if (isPreset && written.kind && !isSlip(written, baseline)) choose("");
  const kind = form.elements.kind?.value ?? "";
  if (kind && (!NOTED.includes(kind) || written.note.trim())) return true;
  const field = kind ? form.elements.note : $("[name=kind]", form);
  field.focus();
  field.scrollIntoView({ block: "center" }); // clear of the buttons
  announce(say(kind ? "noteMissing" : "kindMissing"), { tone: "bad" });
  return false;
}

/** A word or two, and none of them a figure. */
function isSlip(after, before) {
  const [now, was] = [wordsIn(after), wordsIn(before)];
  const changed = [without(now, was), without(was, now)];
  return changed.every((words) => words.length <= MOST_WORDS && !/\p{N}/u.test(words.join("")));
}

function wordsIn({ headline, body }) {
  return `${headline} ${new DOMParser().parseFromString(body.replaceAll("<", " <"), "text/html").body.textContent}`.match(/\S+/g) ?? [];
}

/** The words of one text that the other has not got as often. */
function without(words, others) {
  const left = [...others];
  return words.filter((word) => {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
