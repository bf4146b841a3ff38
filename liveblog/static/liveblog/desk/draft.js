/* What is in the composer's form, as plain data, and back. */

import { $, $$, settings } from "./settings.js";
import { Bylines } from "./bylines.js";
import { Pictures } from "./pictures.js";
import { Sources } from "./sources.js";
import * as text from "./text.js";
import { asText } from "./uploads.js";

const FIELDS = ["headline", "verification", "published_at"];
const TICKS = ["is_key_event", "pin"];

export const EMPTY = { headline: "", body: "", verification: "none", published_at: "", is_key_event: false, pin: false, sources: [], bylines: settings.byline, pictures: [], kind: "", note: "" };

export class Draft {
  constructor(composer, changed) {
    this.form = $("[data-composer-form]", composer);
    this.sources = new Sources(composer, changed);
    this.bylines = new Bylines(composer, changed);
    this.pictures = new Pictures(composer, changed);
    this.form.addEventListener("input", changed);
    this.form.addEventListener("change", changed);
    text.onChange(changed);
    const headline = this.form.elements.headline;
    headline.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing) return;
      event.preventDefault();
      text.focus();
    });
  }

  /** Take the names that are typed and not chosen yet; false where one of them is unclear. */
  async settle() {
    for (const each of [this.sources.combo, this.bylines.combo, ...this.pictures.credits]) {
      if (!(await each.settle())) return false;
    }
    return true;
  }

  read() {
    const { elements } = this.form;
    return {
      ...Object.fromEntries(FIELDS.map((name) => [name, elements[name].value])),
      ...Object.fromEntries(TICKS.map((name) => [name, elements[name]?.checked ?? false])),
      body: text.read(),
      sources: this.sources.value,
      bylines: this.bylines.value,
      pictures: this.pictures.value,
      kind: elements.kind?.value ?? "",
      note: elements.note.value,
    };
  }

  async write(draft) {
    const { elements } = this.form;
    const values = { ...EMPTY, ...draft };
    for (const name of FIELDS) elements[name].value = values[name] ?? "";
    for (const name of TICKS) if (elements[name]) elements[name].checked = values[name];
    elements.note.value = values.note;
    for (const radio of $$("[name=kind]", this.form)) radio.checked = radio.value === values.kind;
    this.sources.value = values.sources;
    this.bylines.value = values.bylines;
    this.pictures.value = values.pictures;
    elements.schedule_at.value = "";
    await text.write(values.body);
    this.form.dispatchEvent(new Event("draft:written"));
  }
}

/** What a draft sends: `published_at` goes only where it was changed. */
export function contentOf(draft, baseline) {
  const { headline, body, verification, is_key_event, sources, bylines, pictures, published_at } = draft;
  const isMoved = published_at !== baseline.published_at;
  return { headline, body, verification, is_key_event, sources, bylines: bylines.map(({ id }) => id), pictures: pictures.map(({ id }) => id), published_at: isMoved ? published_at : "" };
}

export function isSame(one, other) {
  return JSON.stringify(comparable(one)) === JSON.stringify(comparable(other));
}

/** The kind of an edit, chosen beforehand, is no word of anybody's. */
function comparable({ pictures, body, headline, kind, ...rest }) {
  return { ...rest, headline: headline.trim(), body: body.trim(), pictures: pictures.map(({ id, file, ...words }) => [id ?? file?.name, asText(words)]) };
}

export function isEmpty({ headline, body, pictures }) {
  return !headline.trim() && !plain(body) && !pictures.length && !body.includes("data-picture");
}

/** The first words of a draft, for lists. */
export function wordsOf({ headline, body }) {
  const words = headline.trim() || plain(body);
  return words.length > 80 ? `${words.slice(0, 79)}…` : words;
}

function plain(html) {
  return new DOMParser().parseFromString(html, "text/html").body.textContent.replace(/\s+/g, " ").trim();
}
