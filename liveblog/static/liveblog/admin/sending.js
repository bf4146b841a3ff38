/* A pressed button is sent until the server has answered: nothing is said to be published before. */

import { drop, linkInNewTab, tell } from "./notices.js";

const AGAIN = 3000; // ms between tries
const PATIENCE = 30000; // ms for one answer

/** Send the form by script; what the server wants to show goes the plain way. */
export function sendByScript(draft, row) {
  const { form } = draft;
  let isSending = false;
  let isPlain = false;

  form.addEventListener("submit", async (event) => {
    if (isPlain) return;
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    form.dispatchEvent(new Event("composer:keep"));
    await sendUntilAnswered(event.submitter);
    isSending = false;
  });

  async function sendUntilAnswered(pressed) {
    const address = pressed?.getAttribute("formaction") || form.action;
    for (;;) {
      row.querySelector("[data-kept]").textContent = row.dataset.saysSending;
      const answer = await send(address, pressed);
      row.querySelector("[data-kept]").textContent = "";
      if (answer.next) return leave(answer.next);
      if (answer.isPage) return sendPlainly(pressed);
      if (answer.isRefused) return tell("unsent", row.dataset.saysRefused);
      if (!(await signedInAgain(answer))) return;
    }
  }

  async function send(address, pressed) {
    draft.read();
    freshenToken(form);
    const body = new FormData(form);
    if (pressed?.name) body.append(pressed.name, pressed.value);
    try {
      const response = await ask(address, { method: "POST", body });
      if (response.redirected) return { isSignedOut: true };
      const isData = response.headers.get("Content-Type")?.includes("json");
      if (response.ok && isData) return await response.json();
      if (response.ok) return { isPage: true };
      if (response.status === 403) return (await session()).isSignedOut ? { isSignedOut: true } : { isRefused: true };
      return response.status >= 500 ? { isUnsent: true } : { isRefused: true };
    } catch {
      return { isUnsent: true };
    }
  }

  /** Wait for the connection and the session; false where somebody else came in. */
  async function signedInAgain(answer) {
    let state = answer;
    for (;;) {
      say(state);
      await pause();
      state = await session();
      if (state.person === undefined) continue;
      drop("unsent");
      if (String(state.person) === row.dataset.person) return true;
      tell("unsent", row.dataset.saysOtherPerson);
      return false;
    }
  }

  function say({ isSignedOut }) {
    const told = isSignedOut ? row.dataset.saysSignedOut : row.dataset.saysUnsent;
    if (document.querySelector("[data-notice=unsent] p")?.textContent === told) return;
    const signIn = isSignedOut ? [linkInNewTab(row.dataset.saysSignIn, row.dataset.signIn)] : [];
    tell("unsent", told, ...signIn);
  }

  async function session() {
    try {
      const response = await ask(row.dataset.editing);
      if (response.redirected || response.status === 403) return { isSignedOut: true };
      return response.ok ? await response.json() : { isUnsent: true };
    } catch {
      return { isUnsent: true };
    }
  }

  function leave(next) {
    drop("unsent");
    form.dispatchEvent(new Event("composer:confirmed"));
    location.replace(next); // Back leads past the form that was sent
  }

  function sendPlainly(pressed) {
    isPlain = true;
    freshenToken(form);
    form.requestSubmit(pressed || undefined);
  }
}

function ask(address, options = {}) {
  const signal = AbortSignal.timeout(PATIENCE);
  return fetch(address, { headers: { "X-Composer": "1" }, signal, ...options });
}

/** Signing in again makes a new token; the cookie has it, the form has the old one. */
export function freshenToken(form) {
  const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
  if (token) form.elements.csrfmiddlewaretoken.value = token[1];
}

function pause() {
  return new Promise((done) => {
    const wake = () => {
      clearTimeout(timer);
      removeEventListener("online", wake);
      removeEventListener("focus", wake);
      done();
    };
    const timer = setTimeout(wake, AGAIN);
    addEventListener("online", wake);
    addEventListener("focus", wake);
  });
}
