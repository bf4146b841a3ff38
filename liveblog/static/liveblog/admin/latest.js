/* Pin and retract beside the composer, without leaving what is being written. */

import { freshenToken } from "./sending.js";

export function actBeside() {
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("[data-verb]");
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    freshenToken(form);
    const body = new FormData(form);
    if (event.submitter?.name) body.append(event.submitter.name, event.submitter.value);
    const list = await answer(form.action, body);
    if (list) form.closest("[data-latest]").replaceWith(list);
    else form.submit(); // the plain way shows what is the matter
  });
}

async function answer(address, body) {
  try {
    const response = await fetch(address, { method: "POST", body, headers: { "X-Composer": "1" } });
    if (!response.ok || response.redirected) return null;
    const read = new DOMParser().parseFromString(await response.text(), "text/html");
    return read.querySelector("[data-latest]");
  } catch {
    return null;
  }
}
