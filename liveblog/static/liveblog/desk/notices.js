/* What the desk says: lines that stay until they are untrue, and words for the ear. */

import { $, make } from "./settings.js";

/** Show a line under a name, in place of the last of that name. */
export function tell(name, words, { actions = [], place = $("[data-alerts]"), tone = "" } = {}) {
  const line = make("p", { className: `alert ${tone}`.trim(), dataset: { alert: name } }, words, ...actions);
  const before = $(`[data-alert="${name}"]`, place);
  if (before?.textContent === line.textContent) return;
  if (before) before.replaceWith(line);
  else place.append(line);
}

export function drop(name, place = $("[data-alerts]")) {
  $(`[data-alert="${name}"]`, place)?.remove();
}

/** Say something once, over the page: nothing moves for it, and it goes by itself. */
export function announce(words, { actions = [], tone = "good" } = {}) {
  tell("said", words, { actions, tone: `said ${tone}` });
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => drop("said"), 8000);
}
