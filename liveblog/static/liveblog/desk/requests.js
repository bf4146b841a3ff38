/* Requests to the desk's own addresses, and what an answer means. */

import { settings } from "./settings.js";

const PATIENCE = 30000; // ms for one answer

/**
 * Ask the desk; never throws. The answer has `ok`, `status` and `data`; `isOffline` where
 * nothing is known of what became of it, `isSignedOut` or `isOtherPerson` for the session.
 */
export async function ask(path, { body, method = body === undefined ? "GET" : "POST", base = settings.base, signal } = {}) {
  const headers = { "X-Person": String(settings.person), Accept: "application/json" };
  const options = { method, headers, signal: withPatience(signal) };
  if (method !== "GET") headers["X-CSRFToken"] = token();
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) {
    headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  try {
    return await read(await fetch(base + path, options));
  } catch {
    return { ok: false, isOffline: true, data: {} };
  }
}

/** Ask, and give the password where the desk wants it once more; `askFor` asks the person. */
export async function askConfirmed(path, body, askFor) {
  let answer = await ask(path, { body });
  while (answer.data.reason === "password") {
    const password = await askFor(answer.data.error);
    if (password === null) break;
    answer = await ask(path, { body: { ...body, password } });
  }
  return answer;
}

async function read(response) {
  const isData = response.headers.get("Content-Type")?.includes("json");
  const data = isData ? await response.json() : {};
  const { status } = response;
  return {
    ok: response.ok && isData && !response.redirected,
    status,
    data,
    isOffline: status >= 500 || status === 429 || (response.ok && !isData && !response.redirected), // the last: a page that is not ours
    isSignedOut: data.reason === "signed-out" || response.redirected,
    isOtherPerson: data.reason === "other-person",
    isStaleToken: status === 403 && !isData,
  };
}

/** Signing in again makes a new token: the cookie has it. */
function token() {
  const found = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
  return found ? found[1] : document.querySelector("[name=csrfmiddlewaretoken]").value;
}

function withPatience(signal) {
  const patience = AbortSignal.timeout(PATIENCE);
  return signal ? AbortSignal.any([signal, patience]) : patience;
}
