/* One attempt to send: a frozen payload under one id, stored until the server has answered. */

import { forget, keysOwnedElsewhere, own, records, remember } from "./browser_store.js";
import { firstWords } from "./form_fields.js";
import { pause, post, session } from "./post.js";
import { words } from "./page_words.js";

const PREFIX = "liveblog:unsent";

export class Attempt extends EventTarget {
  constructor(record, data = null) {
    super();
    this.record = record;
    this.data = data; // where the browser's storage is no place for it
    this.state = "waiting";
    this.stopper = new AbortController();
  }

  /** Freeze what is in a form now, and the button that was pressed. */
  static freeze(fields, pressed, { place, where, baseline }) {
    const data = fields.data();
    if (pressed?.name) data.append(pressed.name, pressed.value);
    const record = {
      at: Date.now(),
      id: fields.id,
      madeFrom: fields.madeFrom,
      place,
      where,
      label: pressed?.value || pressed?.textContent.trim() || "",
      words: firstWords(fields.read(), baseline, fields.fileName),
      address: location.href,
      action: new URL(pressed?.getAttribute("formaction") || fields.form.action, location).href,
      fields: fields.read(),
      body: [...data].filter(([, value]) => typeof value === "string"),
    };
    const attempt = new Attempt(record, fields.isStorable ? null : data);
    attempt.store();
    return attempt;
  }

  get key() {
    return `${PREFIX}:${words.person}:${this.record.id}`;
  }

  store() {
    own(this.key);
    return this.data === null && remember(this.key, this.record);
  }

  /** Tell whether another press sends the very same. */
  isSame(other) {
    const sent = ({ record }) => JSON.stringify(record.body.filter(([name]) => name !== "csrfmiddlewaretoken"));
    return sent(this) === sent(other);
  }

  /** Stop sending; an answer that comes all the same is not waited for. */
  cancel() {
    this.isCancelled = true;
    forget(this.key);
    this.stopper.abort();
  }

  /** Send until the server has answered; null where it was cancelled or somebody else signed in. */
  async deliver() {
    while (!this.isCancelled) {
      this.#become("sending");
      const answer = await post(this.record.action, this.#body(), { signal: this.stopper.signal, hasFile: this.data !== null });
      if (this.isCancelled) return null;
      if (answer.next || answer.page || answer.isRefused) return this.#settle(answer);
      this.#become("waiting", answer);
      if (!(await this.#signedInAgain(answer))) return null;
    }
    return null;
  }

  #body() {
    const body = new FormData();
    for (const [name, value] of this.data || this.record.body) body.append(name, value);
    return body;
  }

  #settle(answer) {
    forget(this.key);
    this.#become(answer.next ? "sent" : "refused", answer);
    return answer;
  }

  #become(state, answer = {}) {
    this.state = state;
    this.answer = answer;
    this.dispatchEvent(new Event("change"));
  }

  /** Wait for the connection and the session; false where somebody else came in. */
  async #signedInAgain() {
    while (!this.isCancelled) {
      await pause();
      const state = await session();
      if (state.isSignedOut) this.#become("waiting", state);
      if (state.person === undefined) continue;
      if (String(state.person) === words.person) return true;
      this.#become("waiting", { isOtherPerson: true });
      return false;
    }
    return false;
  }
}

/** Attempts of this person that a closed tab left behind: they were not sent, as far as is known. */
export async function leftBehind() {
  const owned = await keysOwnedElsewhere();
  return records(`${PREFIX}:${words.person}:`)
    .filter(([key]) => !owned.has(key))
    .map(([, record]) => new Attempt(record));
}
