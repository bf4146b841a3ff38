/* One request to the server, and what its answer means to somebody who waits for it. */

import { token } from "./token.js";
import { words } from "./page_words.js";

const PATIENCE = 30_000; // ms for an answer
const PATIENCE_WITH_FILE = 600_000; // ms: 20 MB over a slow line
const AGAIN = 3000; // ms between tries
const HEADERS = { "X-Form-Script": "1" };

/**
 * Send a form's data; the answer is one of `{next}`, `{page}` (the server wants to show
 * something), `{isRefused}`, `{isSignedOut}` and `{isUnsent}`.
 */
export async function post(address, body, { signal, hasFile = false } = {}) {
  const patience = AbortSignal.timeout(hasFile ? PATIENCE_WITH_FILE : PATIENCE);
  const signals = AbortSignal.any([patience, ...(signal ? [signal] : [])]);
  const fresh = token();
  if (fresh) body.set("csrfmiddlewaretoken", fresh);
  try {
    return await meaning(await fetch(address, { method: "POST", body, headers: HEADERS, signal: signals }));
  } catch {
    return { isUnsent: true };
  }
}

async function meaning(response) {
  if (isSignIn(response)) return { isSignedOut: true };
  const isData = response.headers.get("Content-Type")?.includes("json");
  if (response.ok && isData) return response.json();
  if (response.ok) return response.redirected ? { next: response.url } : { page: await response.text() };
  if (response.status === 403) return (await session()).isSignedOut ? { isSignedOut: true } : { isRefused: true };
  return response.status >= 500 ? { isUnsent: true } : { isRefused: true };
}

function isSignIn(response) {
  return response.status === 401 || (response.redirected && new URL(response.url).pathname === new URL(words.signIn, location).pathname);
}

/** Who is signed in, as the server knows: `{person}`, `{isSignedOut}` or `{isUnsent}`. */
export async function session() {
  try {
    const response = await fetch(words.session, { headers: HEADERS, signal: AbortSignal.timeout(PATIENCE) });
    if (isSignIn(response) || response.status === 403) return { isSignedOut: true };
    return response.ok ? await response.json() : { isUnsent: true };
  } catch {
    return { isUnsent: true };
  }
}

/** Wait a moment before another try: shorter where the connection or the person comes back. */
export function pause() {
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
