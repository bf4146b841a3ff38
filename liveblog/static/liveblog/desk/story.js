/* The story's own controls: its texts, its state, its lead picture and its silence alarm. */

import { checkLengths } from "../admin/lengths.js";
import { ask } from "./requests.js";
import { dropWords, keepWords, keptWords } from "./form-words.js";
import { announce, drop, tell as tellLine } from "./notices.js";
import { clockOf } from "./clock.js";
import { $, $$, make, say, settings } from "./settings.js";

const section = $("[data-story]");
const PLACE = "story";
const TEXTS = ["kicker", "headline", "standfirst"];
const BEAT = 4000; // ms; liveblog/editing/presence.py forgets after three of them
let isChanged = false;
let saved = null; // the texts as the server gave them
let latest = ""; // the panel as the server gave it last
let shown = ""; // the panel whose fields and side are in the page
let shownSide = "";

export function start() {
  fill();
  restore();
  $("[data-open-story]").addEventListener("click", toggle);
  section.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  section.addEventListener("input", ({ target }) => {
    if (target.closest("[data-story-form]")) keep();
  });
  section.addEventListener("paste", pastePlain);
  section.addEventListener("focusout", () => setTimeout(showLatest));
  setInterval(beat, BEAT);
}

/** Whoever has the story's texts open, or left words unsaved in them, is named to the others. */
async function beat() {
  if (saved && (isChanged || (isOpen() && !document.hidden))) await ask("editing", { body: { state: "open", unsaved: isChanged } });
}

/** Show who else has the story's texts open, on a desk or in the admin's form. */
export function showOthers({ editing }) {
  const names = (editing[`story:${settings.story}`] ?? []).filter(({ id }) => id !== settings.person).map(({ name }) => name);
  if (names.length && isOpen()) tellLine("story-others", `${say("storyOpen")} ${say("alsoEditing", { names: names.join(", ") })}`);
  else drop("story-others");
}

export function toggle() {
  section.hidden = !section.hidden;
  $("[data-open-story]").setAttribute("aria-expanded", String(!section.hidden));
  if (!section.hidden) $("textarea, a", section)?.focus();
  else if (saved) ask("editing", { body: { state: "closed" } });
}

/** Show what changed elsewhere, but no other words under a caret, nor in place of unsaved ones. */
export function apply(change) {
  showStatus(change);
  if (change.html === latest) return;
  latest = change.html;
  showLatest();
}

function showLatest() {
  if (shown === latest) return;
  if (isChanged || $("[data-story-panel]").contains(document.activeElement)) replaceSide(latest);
  else replace(latest);
}

function panelOf(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content.firstElementChild;
}

function replace(html) {
  latest = shown = shownSide = html;
  $("[data-story-panel]").replaceWith(panelOf(html));
  fill();
}

/** Show the key events, the team and what else is beside the texts. */
function replaceSide(html) {
  const side = $(".story-side", section);
  if (html === shownSide || side.contains(document.activeElement)) return;
  shownSide = html;
  side.replaceWith($(".story-side", panelOf(html)));
}

/** Show the panel anew with the words that nobody has saved; they were made from `version`. */
function replaceAround(html) {
  const [written, before, { version }] = [read(), saved, $("[data-story-panel]").dataset];
  replace(html);
  const isSame = JSON.stringify(saved) === JSON.stringify(before);
  write(written, isSame ? $("[data-story-panel]").dataset.version : version);
}

// -- words that are not saved yet

function read() {
  const { elements } = $("[data-story-form]", section) ?? {};
  if (!elements) return null;
  return { ...Object.fromEntries(TEXTS.map((name) => [name, elements[name].value])), summary: $("[data-summary]", section).innerHTML };
}

function write({ summary, ...texts }, version) {
  const { elements } = $("[data-story-form]", section);
  for (const name of TEXTS) elements[name].value = texts[name];
  $("[data-summary]", section).innerHTML = summary;
  $("[data-story-panel]").dataset.version = version;
  checkLengths($("[data-story-form]", section));
  keep();
}

function keep() {
  const written = read();
  isChanged = JSON.stringify(written) !== JSON.stringify(saved);
  if (!isChanged) return dropWords(PLACE);
  const name = [...TEXTS, "summary"].find((each) => written[each] !== saved[each]);
  const words = name === "summary" ? $("[data-summary]", section).textContent : written[name];
  const { version } = $("[data-story-panel]").dataset;
  return keepWords(PLACE, { written, version, words: words || say("noWords"), where: nameOfPanel() });
}

/** What an earlier visit left unsaved is in the panel again, which opens. */
function restore() {
  const kept = keptWords(PLACE);
  if (!kept || !saved) return;
  write(kept.written, kept.version);
  if (!isChanged) return;
  section.hidden = false;
  $("[data-open-story]").setAttribute("aria-expanded", "true");
  tellLine("story-kept", say("kept", { time: clockOf(kept.at) }), { actions: [way("discard", () => letGo())] });
}

function nameOfPanel() {
  return $("[data-open-story]").firstChild.textContent.trim();
}

function way(name, act) {
  const made = make("button", { type: "button" }, say(name));
  made.addEventListener("click", act);
  return made;
}

/** Go back to the texts as they are saved. */
function letGo() {
  const { version } = $("[data-story-panel]").dataset;
  write(saved, version);
  drop("story-kept");
}

/** What may be done here depends on the story's status: the page around changes with it. */
function showStatus({ status, label, address, buttons }) {
  const shown = $("[data-story-status]");
  if (shown.classList.contains(`state-${status}`)) return false;
  shown.className = `state state-${status}`;
  shown.textContent = label;
  const view = $("[data-view]");
  view.hidden = !address;
  view.href = address;
  $("[data-closed-story]").hidden = status !== "draft" || !settings.mayOpen;
  settings.buttons = buttons;
  document.dispatchEvent(new Event("desk:status"));
  return true;
}

function fill() {
  for (const each of $$("[data-html]", section)) each.innerHTML = each.dataset.html;
  isChanged = false;
  saved = read();
}

async function save() {
  const isSaved = await tell({ verb: "edit_story", version: Number($("[data-story-panel]").dataset.version), ...read() });
  if (!isSaved) return;
  dropWords(PLACE);
  for (const each of ["story-kept", "story-conflict"]) drop(each);
}

/** Carry out a verb on the story and show the panel as it is then; true where it was done. */
export async function tell(sent) {
  const before = $("[data-story-panel]").dataset.storyState;
  const answer = await ask("story", { body: sent });
  if (answer.status === 409) return showConflict(answer.data);
  if (!answer.ok) {
    announce(answer.data.error ?? say("failed"), { tone: "bad" });
    return false;
  }
  const { html, status } = answer.data;
  const isMoved = status !== before;
  showStatus(answer.data);
  if (isChanged && !("headline" in sent)) replaceAround(html);
  else replace(html);
  announce(isMoved ? say("storyIs", { state: answer.data.label }) : say("saved", { words: nameOfPanel() }));
  return true;
}

/** Both texts side by side; saving once more keeps mine. */
function showConflict({ error, version, html, differences }) {
  const both = make("div", { className: "both-texts" });
  both.append(...new DOMParser().parseFromString(differences, "text/html").body.childNodes);
  const theirs = way("takeTheirs", () => {
    replace(html);
    dropWords(PLACE);
    drop("story-conflict");
  });
  tellLine("story-conflict", `${error} ${say("conflictKept")} `, { actions: [theirs, both], tone: "warn" });
  $("[data-story-panel]").dataset.version = version;
  keep();
  return false;
}

function pastePlain(event) {
  const place = event.target.closest("[data-summary]");
  if (!place) return;
  event.preventDefault();
  document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
}

export const isOpen = () => !section.hidden;
