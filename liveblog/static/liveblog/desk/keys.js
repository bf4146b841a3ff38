/* Keys of the whole desk: with Ctrl everywhere, single letters where no field has the cursor. */

import * as composer from "./composer.js";
import { pressKey } from "./composer-actions.js";
import * as dialogs from "./dialogs.js";
import { $ } from "./settings.js";
import { step } from "./rows.js";
import { isOpen as isStoryOpen, toggle as toggleStory } from "./story.js";
import { focusSearch } from "./timeline.js";
import { toggle as togglePreview } from "./preview.js";

const LETTERS = {
  n: () => composer.focus(),
  j: () => step(1),
  k: () => step(-1),
  arrowdown: () => step(1),
  arrowup: () => step(-1),
  "/": focusSearch,
  g: toggleStory,
  "?": () => dialogs.open("keys"),
};

export function start() {
  document.addEventListener("keydown", withControl, { capture: true });
  document.addEventListener("keydown", alone);
  $("[data-open-keys]").addEventListener("click", () => dialogs.open("keys"));
  $("[data-write]").addEventListener("click", () => composer.focus());
}

function withControl(event) {
  const isControl = event.ctrlKey || event.metaKey;
  const dialog = $("dialog[open]");
  if (dialog) {
    if (isControl && event.key === "Enter" && !event.repeat) take(event, () => dialogs.pressPrimary(dialog));
    return;
  }
  if (isControl && isInStory(event) && (event.key === "Enter" || event.key.toLowerCase() === "s")) {
    take(event, () => event.repeat || $("[data-story-form]")?.requestSubmit());
  } else if (event.altKey && event.key.toLowerCase() === "p") take(event, togglePreview);
  else if (isControl && event.key === "Enter" && !event.repeat) take(event, () => pressKey("Ctrl+Enter"));
  else if (isControl && event.key.toLowerCase() === "s") take(event, () => event.repeat || pressKey("Ctrl+S"));
}

function isInStory({ target }) {
  return target.closest?.("[data-story]");
}

function alone(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") return leaveField(event);
  if (isWriting(event.target)) return;
  const act = LETTERS[event.key.toLowerCase()];
  if (act) take(event, act);
}

/** Esc leaves a field and loses nothing: from there the single letters work. */
function leaveField({ target }) {
  if (isWriting(target)) target.blur();
  else if (isStoryOpen()) toggleStory();
  else if ($("[data-composer]").classList.contains("is-open") && innerWidth < 900) $("[data-composer]").classList.remove("is-open");
}

function isWriting(target) {
  return target.isContentEditable || target.matches?.("input:not([type=checkbox], [type=radio]), textarea, select");
}

function take(event, act) {
  event.preventDefault();
  event.stopPropagation();
  act();
}
