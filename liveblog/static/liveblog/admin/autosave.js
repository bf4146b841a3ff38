/* What is written is stored in this browser, per person, place and text, until the server has it. */

import { forget, keysOwnedElsewhere, own, read, records, remember } from "./browser_store.js";
import { firstWords, sameWords } from "./form_fields.js";
import { checkLengths } from "./lengths.js";
import { button, drop, tell } from "./notices.js";
import { clock, fill, words } from "./page_words.js";

const EVERY = 2000; // ms
const PREFIX = "liveblog:draft";
const ATTEMPTS = "liveblog:unsent"; // attempt.js

export class Autosave {
  constructor(fields, { place, where, status }) {
    Object.assign(this, { fields, place, where, status });
    this.baseline = fields.read();
    this.stored = this.baseline;
    this.isOff = false;
    this.isStored = true; // else this page is the only place that has the words
  }

  start() {
    setInterval(() => this.save(), EVERY);
    addEventListener("pagehide", () => this.save());
    addEventListener("beforeunload", (event) => this.isStored || this.isOff || event.preventDefault());
    document.addEventListener("visibilitychange", () => this.save());
    document.querySelector("[data-discard]")?.addEventListener("click", () => this.stop());
    own(this.key());
    this.offer();
  }

  /** Whether something is in the form that the server has not got. */
  get isUnsaved() {
    return !this.isOff && !sameWords(this.fields.read(), this.baseline);
  }

  save() {
    if (this.isOff) return;
    const fields = this.fields.read();
    if (sameWords(fields, this.stored)) return;
    const isBare = sameWords(fields, this.baseline);
    if (isBare) forget(this.key());
    this.isStored = isBare || this.remember(fields);
    if (this.isStored) this.stored = fields;
    if (!isBare) this.status.textContent = this.isStored ? `${words.saysKept} ${clock(Date.now())}` : words.saysNotKept;
  }

  remember(fields, { id = this.fields.id, madeFrom = this.fields.madeFrom } = {}) {
    const { place, where } = this;
    const record = { at: Date.now(), id, madeFrom, place, where, words: firstWords(fields, this.baseline), address: location.href, fields };
    return remember(this.key(id), record);
  }

  /** Show another text in the form; what stood there is stored, and offered. */
  show(record) {
    this.save();
    own(this.key(record.id));
    this.fields.write(record.fields, record);
    checkLengths(this.fields.form);
    this.stored = [];
    this.save();
    this.offer();
  }

  /** The browser itself takes the words along: no question holds it back. */
  leave() {
    this.isStored = true;
  }

  stop() {
    this.isOff = true;
    forget(this.key());
  }

  /** Offer every text of this place that no open page is writing. */
  async offer() {
    const published = document.querySelector("[data-published]")?.dataset.published;
    if (published) forget(this.key(published));
    const owned = await keysOwnedElsewhere();
    for (const [key, record] of records(keyOf(this.place, ""))) {
      if (owned.has(key) || isPressed(record)) continue;
      if (sameWords(record.fields, this.fields.read())) this.#goOnWith(record);
      else this.#offerOne(key, record);
    }
  }

  /** The form shows this text already, as after a refusal: it is one text still. */
  #goOnWith(record) {
    this.fields.become(record.id);
    own(this.key());
  }

  #offerOne(key, record) {
    const notice = `restore-${record.id}`;
    const restore = button(words.saysRestore, () => {
      drop(notice);
      this.show(record);
    });
    const discard = button(words.saysDiscard, () => {
      drop(notice);
      forget(key);
    });
    const values = { time: clock(record.at), words: record.words, where: record.where };
    tell(notice, fill(words.saysOffered, values), restore, discard);
  }

  key(id = this.fields.id) {
    return keyOf(this.place, id);
  }
}

/** Whether a button was pressed for these very words: they are offered with it. */
function isPressed({ id, fields }) {
  return records(`${ATTEMPTS}:${words.person}:`).some(([, attempt]) => attempt.id === id && sameWords(attempt.fields, fields));
}

/** Forget the words of an attempt, unless others were written over them. */
export function forgetWords({ place, id, fields }) {
  const key = keyOf(place, id);
  const kept = read(key);
  if (kept && sameWords(kept.fields, fields)) forget(key);
}

function keyOf(place, id) {
  return `${PREFIX}:${words.person}:${place}:${id}`;
}

/** All texts of a person that wait in this browser, wherever they belong: `[key, record]`. */
export function unsentTexts(person) {
  return records(`${PREFIX}:${person}:`);
}
