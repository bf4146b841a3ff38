/* The story's own controls: its texts, its state, its lead picture and its silence alarm. */

import { ask } from "./requests.js";
import * as dialogs from "./dialogs.js";
import { announce } from "./notices.js";
import { $, $$, make, say, settings } from "./settings.js";
import { showRow } from "./rows.js";
import { upload } from "./uploads.js";

const section = $("[data-story]");
let isChanged = false;

export function start() {
  fill();
  $("[data-open-story]").addEventListener("click", toggle);
  section.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  section.addEventListener("input", ({ target }) => {
    if (target.closest("[data-story-form]")) isChanged = true;
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
  if (isChanged) return;
  const holder = document.createElement("template");
  holder.innerHTML = html;
  $("[data-story-panel]").replaceWith(holder.content.firstElementChild);
  fill();
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
}

function onChange({ target }) {
  if (target.matches("[data-silence-alarm]")) {
    tell({ verb: "set_silence_alarm", minutes: target.value ? Number(target.value) : null });
  } else if (target.matches("[data-lead-picture]")) lead(target.files[0]);
}

async function onClick(event) {
  const link = event.target.closest("[data-show]");
  const verb = event.target.closest("[data-story-verb]")?.dataset.storyVerb;
  if (link) {
    event.preventDefault();
    showRow(link.dataset.show);
  } else if (verb) perform(verb, event.target.closest("[data-story-verb]").textContent);
}

async function perform(verb, label) {
  if (verb === "check_summary") return tell({ verb });
  if (verb === "open_story") return openStory(verb, label);
  const { data } = verb === "end_story" ? await ask("offered") : { data: {} };
  const words = data.waiting ? `${data.waiting} ✎` : "";
  const { choice, note } = await dialogs.open("ask", { title: label, go: label.replace("…", ""), words, asksNote: verb === "withdraw_story" });
  return choice === "go" ? tell({ verb, note }) : undefined;
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

function save() {
  const { kicker, headline, standfirst } = $("[data-story-form]", section).elements;
  return tell({ verb: "edit_story", version: Number($("[data-story-panel]").dataset.version), kicker: kicker.value, headline: headline.value, standfirst: standfirst.value, summary: $("[data-summary]", section).innerHTML });
}

async function lead(file) {
  if (!file) return;
  const { choice, note } = await dialogs.open("ask", { title: say("alt"), words: file.name, go: say("send"), asksNote: true });
  if (choice !== "go") return;
  const answer = await upload({ file, alt: note });
  if (answer.ok) await tell({ verb: "edit_story", lead_picture: answer.data.id });
  else announce(say("uploadFailed", { why: answer.data.error ?? "" }), { tone: "bad" });
}

async function tell(sent) {
  const answer = await ask("story", { body: sent });
  if (!answer.ok) {
    announce(answer.data.error ?? say("failed"), { tone: "bad" });
    if (answer.status === 409) $("[data-story-panel]").dataset.version = answer.data.version;
    return;
  }
  isChanged = false;
  apply(answer.data);
  announce(say("done", { words: "" }).replace(/:\s*$/, "."));
}

function pastePlain(event) {
  const place = event.target.closest("[data-summary]");
  if (!place) return;
  event.preventDefault();
  document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
}

export const isOpen = () => !section.hidden && settings.isEditor;
