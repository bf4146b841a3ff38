/* Signing in again makes a new token; the cookie has it, the forms of open pages have the old one. */

const COOKIE = /(?:^|; )csrftoken=([^;]+)/;

export function token() {
  return COOKIE.exec(document.cookie)?.[1];
}

/** Bring every form of the page up to date: uploads read the token from one of them. */
export function freshenTokens() {
  const fresh = token();
  if (!fresh) return;
  for (const each of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) each.value = fresh;
}

/** Freshen before anything is sent, and whenever somebody comes back to the page. */
export function watchToken() {
  freshenTokens();
  addEventListener("focus", freshenTokens);
  document.addEventListener("visibilitychange", freshenTokens);
  for (const kind of ["submit", "click", "change", "drop", "paste", "keydown"]) {
    document.addEventListener(kind, freshenTokens, { capture: true });
  }
}
