/* A field that finds things by their names: type, arrow, Enter (ARIA 1.2 combobox with a list). */

import { announce } from "./notices.js";
import { make, say, settings } from "./settings.js";

const WAIT = 120; // ms after a key before the server is asked
const LEAST = 1; // letters
const PATIENCE = 5000; // ms for the server, when the form is sent

const MOST_WORDS = 8; // in the name of a source: what is longer, or ends as a sentence, is text in the wrong field

/** Whether what was typed can be the name of a new source without a question. */
function isName(typed) {
  return typed.split(/\s+/).length <= MOST_WORDS && !/[^.\s]{4,}[.!?…]$/u.test(typed);
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/**
 * `search(words)` resolves to `[{ id, name, … }]`, or null without connection; `pick(item)` takes
 * a choice, which has no id where the name is new and `offersNew`. `settle()` takes what is typed and not chosen.
 */
export function combo(input, list, { search, pick, offersNew = false, label = ({ name }) => name }) {
  let items = [];
  let at = -1;
  let timer;
  let asked = 0;
  let entering = Promise.resolve();

  async function find() {
    const words = input.value.trim();
    const mine = (asked += 1);
    if (words.length < LEAST) return show([]);
    const found = (await search(words)) ?? [];
    if (mine !== asked) return;
    const isKnown = found.some(({ name }) => name.toLowerCase() === words.toLowerCase());
    show(offersNew && !isKnown ? [...found, { name: words, isNew: true }] : found);
  }

  function show(found) {
    items = found;
    at = found.length ? 0 : -1;
    list.replaceChildren(...found.map(option));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark();
  }

  function option(item, index) {
    const words = item.isNew ? say("addSource", { name: item.name }) : label(item);
    const made = make("li", { id: `${list.id}-${index}`, role: "option" }, words);
    made.addEventListener("mousedown", (event) => {
      event.preventDefault(); // the field keeps the caret
      choose(item);
    });
    return made;
  }

  function mark() {
    [...list.children].forEach((each, index) => each.setAttribute("aria-selected", String(index === at)));
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `${list.id}-${at}`);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  }

  function choose(item) {
    clear();
    pick(item);
  }

  async function enter() {
    clearTimeout(timer);
    const typed = input.value.trim();
    if (!items.length || !isAbout(items[at], typed)) await find();
    if (items[at]) choose(items[at]);
  }

  /**
   * Take what is in the field when the form is sent: a known name, or a new one where
   * the server knows none like it. False where it is unclear who is meant; the field then asks.
   */
  async function settle() {
    await entering;
    const typed = input.value.trim();
    if (!typed) return true;
    const found = await Promise.race([search(typed), pause(PATIENCE)]);
    if (input.value.trim() !== typed) return settle(); // typed on, or another update is in the form
    const known = found?.find(({ name }) => name.toLowerCase() === typed.toLowerCase());
    const isUnknown = found?.length === 0; // without an answer nobody knows
    const meant = known ?? (offersNew && isUnknown && isName(typed) ? { name: typed, isNew: true } : null);
    if (meant) choose(meant);
    else ask(!offersNew && isUnknown);
    return Boolean(meant);
  }

  function ask(isUnknown) {
    find();
    const around = input.closest("details");
    if (around) around.open = true;
    input.focus();
    const words = input.value.trim();
    if (isUnknown && settings.newName) announce(`${say("nobody", { words })} `, { tone: "bad", actions: [make("a", { href: settings.newName, target: "_blank", rel: "noopener" }, say("newName"))] });
    else announce(say(isUnknown ? "nobody" : "whoIsMeant", { words }), { tone: "bad" });
  }

  function clear() {
    clearTimeout(timer);
    asked += 1;
    input.value = "";
    show([]);
  }

  /** What was found belongs to what is in the field now. */
  function isAbout(item, typed) {
    return item && (item.isNew ? item.name === typed : item.name.toLowerCase().includes(typed.toLowerCase()));
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(find, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Enter" && input.value.trim()) {
      event.preventDefault();
      entering = enter();
    } else if (event.key === "Enter") event.preventDefault();
    else if (["ArrowDown", "ArrowUp"].includes(event.key) && items.length) {
      event.preventDefault();
      at = (at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length;
      mark();
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      show([]);
    }
  });
  input.addEventListener("blur", () => setTimeout(() => show([]), 100));
  return { settle, clear };
}
