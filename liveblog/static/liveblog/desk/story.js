/* The story's own controls: its texts, its state, its lead picture and its silence alarm. */

import { ask } from "./requests.js";
import * as dialogs from "./dialogs.js";
import { dropWords, keepWords, keptWords } from "./form-words.js";
import { announce, drop, tell as tellLine } from "./notices.js";
import { clockOf } from "./clock.js";
import { $, $$, make, say, settings } from "./settings.js";
import { showRow } from "./rows.js";
import { upload } from "./uploads.js";

const section = $("[data-story]");
const PLACE = "story";
const TEXTS = ["kicker", "headline", "standfirst"];
let isChanged = false;
let saved = null; // the texts as the server gave them

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
  section.addEventListener("change", onChange);
  section.addEventListener("click", onClick);
  section.addEventListener("paste", pastePlain);
}

export function toggle() {
  section.hidden = !section.hidden;
  $("[data-open-story]").setAttribute("aria-expanded", String(!section.hidden));
  if (!section.hidden) $("textarea, a", section)?.focus();
}

/** Show what changed elsewhere, unless words stand here that nobody has saved. */
export function apply({ html, status }) {
  if (status) showStatus(html);
  if (!isChanged) replace(html);
}

function replace(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  $("[data-story-panel]").replaceWith(holder.content.firstElementChild);
  fill();
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
  keep();
}

function keep() {
  const written = read();
  isChanged = JSON.stringify(written) !== JSON.stringify(saved);
  if (!isChanged) return dropWords(PLACE);
  const name = [...TEXTS, "summary"].find((each) => written[each] !== saved[each]);
  const words = name === "summary" ? $("[data-summary]", section).textContent : written[name];
  const { version } = $("[data-story-panel]").dataset;
  return keepWords(PLACE, { written, version, words: words || say("noWords"), where: $("[data-open-story]").firstChild.textContent.trim() });
}

/** What an earlier visit left unsaved stands in the panel again, which opens. */
function restore() {
  const kept = keptWords(PLACE);
  if (!kept || !saved) return;
  write(kept.written, kept.version);
  if (!isChanged) return;
  section.hidden = false;
  $("[data-open-story]").setAttribute("aria-expanded", "true");
  tellLine("story-kept", say("kept", { time: clockOf(kept.at) }), { actions: [way("discard", () => letGo())] });
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

function showStatus(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const { storyState: status } = holder.content.firstElementChild.dataset;
  const shown = $("[data-story-status]");
  if (shown.classList.contains(`state-${status}`)) return;
  location.reload(); // what may be done here depends on it; what is written is kept
}

function fill() {
  for (const each of $$("[data-html]", section)) each.innerHTML = each.dataset.html;
  isChanged = false;
  saved = read();
}

function onChange({ target }) {
  if (target.matches("[data-silence-alarm]")) {
    tell({ verb: "set_silence_alarm", minutes: target.value ? Number(target.value) : null });
  } else if (target.matches("[data-lead-picture]")) lead(target.files[0]);
}

async function onClick(event) {
  const link = event.target.closest("[data-show]");
  const verb = event.target.closest("[data-story-verb]")?.dataset.storyVerb;
  if (event.target.closest("[data-save-team]")) return saveTeam();
  if (link) {
    event.preventDefault();
    showRow(link.dataset.show);
  } else if (verb) return perform(verb, event.target.closest("[data-story-verb]").textContent);
  return undefined;
}

function saveTeam() {
  const members = $$("[data-team] input:checked", section).map(({ value }) => Number(value));
  return tell({ verb: "set_team", members });
}

async function perform(verb, label) {
  if (verb === "check_summary") return tell({ verb });
  if (verb === "open_story") return openStory(verb, label);
  const { data } = verb === "end_story" ? await ask("offered") : { data: {} };
  const words = data.waiting ? `${data.waiting} ✎` : "";
  const { choice, note } = await dialogs.open("ask", { title: label, go: label.replace("…", ""), words, asksNote: verb === "withdraw_story", place: verb });
  return choice === "go" && (await tell({ verb, note })) ? dropWords(verb) : undefined;
}

/** Nothing goes on air with a story that was not ticked; nothing is ticked beforehand. */
async function openStory(verb, label) {
  const { data } = await ask("offered");
  const body = make("ul", { className: "offered" });
  for (const { id, title, author } of data.offered ?? []) {
    body.append(make("li", {}, make("label", { className: "tick" }, make("input", { type: "checkbox", value: id }), ` ${title} · ${author}`)));
  }
  const { choice } = await dialogs.open("ask", { title: label, go: label.replace("…", ""), body });
  const updates = $$("input:checked", body).map(({ value }) => value);
  return choice === "go" ? tell({ verb, updates }) : undefined;
}

async function save() {
  const isSaved = await tell({ verb: "edit_story", version: Number($("[data-story-panel]").dataset.version), ...read() });
  if (!isSaved) return;
  dropWords(PLACE);
  for (const each of ["story-kept", "story-conflict"]) drop(each);
}

async function lead(file) {
  if (!file) return;
  const { choice, note } = await dialogs.open("ask", { title: say("alt"), words: file.name, go: say("send"), asksNote: true, place: "lead" });
  if (choice !== "go") return;
  const answer = await upload({ file, alt: note });
  if (answer.ok && (await tell({ verb: "edit_story", lead_picture: answer.data.id }))) dropWords("lead");
  else if (!answer.ok) announce(say("uploadFailed", { why: answer.data.error ?? "" }), { tone: "bad" });
}

/** Carry out a verb on the story and show the panel as it is then; true where it was done. */
async function tell(sent) {
  const answer = await ask("story", { body: sent });
  if (answer.status === 409) return showConflict(answer.data);
  if (!answer.ok) {
    announce(answer.data.error ?? say("failed"), { tone: "bad" });
    return false;
  }
  const { html, status } = answer.data;
  if (status) showStatus(html);
  if (isChanged && !("headline" in sent)) replaceAround(html);
  else replace(html);
  announce(say("done", { words: "" }).replace(/:\s*$/, "."));
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
