/* Pin and retract beside the composer, without leaving what is being written. */

import { forget, read, remember } from "./browser_store.js";
import { tell } from "./notices.js";
import { words } from "./page_words.js";
import { post } from "./post.js";

export function actBeside() {
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("[data-verb]");
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    const answer = await post(form.action, new FormData(form, event.submitter), { headers: { "X-Composer": "list" } });
    if (answer.page) showList(form, answer.page);
    else tell("not-done", answer.isSignedOut ? words.saysSignedOut : words.saysNotDone);
  });
  document.addEventListener("input", ({ target }) => {
    const form = target.closest("[data-verb]");
    if (form) remember(keyOf(form), { at: Date.now(), note: target.value });
  });
  fillNotes();
}

function showList(form, page) {
  const list = new DOMParser().parseFromString(page, "text/html").querySelector("[data-latest]");
  if (!list) return form.submit(); // the plain way shows what is the matter
  const isDone = !list.querySelector(".error");
  if (isDone) forget(keyOf(form));
  form.closest("[data-latest]").replaceWith(list);
  fillNotes();
}

/** Put back the notes that were written and not sent. */
function fillNotes() {
  for (const form of document.querySelectorAll("[data-verb]:has(textarea)")) {
    const note = read(keyOf(form))?.note;
    if (!note) continue;
    form.querySelector("textarea").value = note;
    form.closest("details").open = true;
  }
}

function keyOf(form) {
  return `liveblog:note:${words.person}:${new URL(form.action).pathname}`;
}
