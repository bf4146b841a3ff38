/* What is done to the story from its panel: checked, opened, ended, its team, its lead picture. */

import { ask } from "./requests.js";
import { focus } from "./composer.js";
import * as dialogs from "./dialogs.js";
import { dropWords } from "./form-words.js";
import { announce } from "./notices.js";
import { $, $$, make, say, settings } from "./settings.js";
import { isOpen, tell, toggle } from "./story.js";
import { show as showRow } from "./timeline.js";
import { upload } from "./uploads.js";

const section = document.querySelector("[data-story]");

export function start() {
  section.addEventListener("change", onChange);
  section.addEventListener("click", onClick);
  $("[data-closed-story]").addEventListener("click", onClick);
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
  const body = data.waiting && new DOMParser().parseFromString(data.waiting, "text/html").body.firstElementChild;
  const { choice, note } = await dialogs.open("ask", { title: label, go: label.replace("…", ""), body, asksNote: verb === "withdraw_story", place: verb });
  return choice === "go" && (await tell({ verb, note })) ? dropWords(verb) : undefined;
}

/** Nothing goes on air with a story that was not ticked; nothing is ticked beforehand. */
async function openStory(verb, label) {
  const { data } = await ask("offered");
  const list = make("ul", { className: "offered" });
  const body = make("div", {}, make("p", {}, say(data.offered?.length ? "opensWith" : "opensEmpty")), list);
  for (const { id, title, author } of data.offered ?? []) {
    list.append(make("li", {}, make("label", { className: "tick" }, make("input", { type: "checkbox", value: id }), ` ${title} · ${author}`)));
  }
  const { choice } = await dialogs.open("ask", { title: label, go: label.replace("…", ""), body });
  const updates = $$("input:checked", body).map(({ value }) => value);
  if (choice !== "go" || !(await tell({ verb, updates }))) return;
  if (isOpen()) toggle();
  focus();
}

async function lead(file) {
  if (!file) return;
  const { choice, note } = await dialogs.open("ask", { title: say("leadPicture"), words: file.name, go: say("use"), asksNote: true, noteLabel: say("alt"), mostOfNote: settings.mostOfPicture.alt, place: "lead" });
  if (choice !== "go") return;
  const answer = await upload({ file, alt: note });
  if (answer.ok && (await tell({ verb: "edit_story", lead_picture: answer.data.id }))) dropWords("lead");
  else if (!answer.ok) announce(say("uploadFailed", { why: answer.data.error ?? "" }), { tone: "bad" });
}
