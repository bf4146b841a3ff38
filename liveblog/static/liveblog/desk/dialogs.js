/* Questions before something is done: one window each, answered by its buttons or Esc. */

import { checkLengths } from "../admin/lengths.js";
import { keepWords, keptWords } from "./form-words.js";
import { $ } from "./settings.js";

/**
 * Open a window and resolve to its button's value, with the note that was written.
 *
 * With a `place` the note is kept there as it is typed: whoever sends it drops it from there.
 */
export function open(name, { words = "", title, go, asksNote = false, noteLabel, mostOfNote, body, place } = {}) {
  const dialog = $(`[data-dialog=${name}]`);
  const form = $("form", dialog);
  if ($("[data-dialog-words]", dialog)) $("[data-dialog-words]", dialog).textContent = words;
  if (title) $("[data-dialog-title]", dialog).textContent = title;
  if (go) $("[data-dialog-go]", dialog).textContent = go;
  const label = $("[data-dialog-note]", dialog);
  if (label) {
    label.hidden = !asksNote;
    $("span", label).textContent = noteLabel ?? label.dataset.dialogNote;
  }
  $("[data-dialog-body]", dialog)?.replaceChildren(...(body ? [body] : []));
  const { note } = form.elements;
  if (note) keepNote(note, { place, where: title ?? $("h2", dialog).textContent });
  if (note) note.dataset.most = mostOfNote ?? note.dataset.most;
  checkLengths(form);
  for (const each of dialog.querySelectorAll("details")) each.open = false;
  $("[data-dialog-error]", dialog)?.replaceChildren();
  dialog.returnValue = "cancel";
  dialog.showModal();
  const first = $("[data-dialog-focus]", dialog) ?? (note && !label?.hidden ? note : $("button.primary", dialog));
  first.focus(); // where keys of somebody who goes on typing do nothing
  return new Promise((done) => {
    dialog.addEventListener("close", () => done({ choice: dialog.returnValue, note: note?.value.trim() ?? "" }), { once: true });
  });
}

function keepNote(field, { place, where }) {
  field.value = (place && keptWords(place)?.note) ?? "";
  field.oninput = place ? () => keepWords(place, { note: field.value, words: field.value, where }) : null;
}

/** Ask for the password; null where it is not given. */
export async function askPassword(words) {
  const field = $("[data-dialog=password] [name=password]");
  field.value = "";
  const { choice } = await open("password", { words });
  const password = choice === "go" ? field.value : null;
  field.value = "";
  return password;
}

/** Answer an open window by its first button, as Ctrl+Enter does everywhere. */
export function pressPrimary(dialog) {
  $("form", dialog).requestSubmit($("button.primary", dialog));
}

/** Retracting with a note needs one: the window stays open until there is. */
export function guardNotes() {
  const dialog = $("[data-dialog=retract]");
  const form = $("form", dialog);
  form.addEventListener("submit", (event) => {
    const isBare = event.submitter?.value === "with_note" && !form.elements.note.value.trim();
    $("[data-dialog-error]", dialog).textContent = isBare ? dialog.dataset.saysWhy : "";
    if (isBare) {
      event.preventDefault();
      form.elements.note.focus();
    }
  });
}
