/* Who is here, and who is on which update. */

import { $, $$, make, say, settings } from "./settings.js";

document.addEventListener("desk:rows", mark); // rows were drawn anew

let latest = { here: [], editing: {}, taken: {} };

export function show(presence) {
  latest = presence;
  const others = presence.here.filter(({ id }) => id !== settings.person);
  const names = others.map(({ name }) => name);
  const place = $("[data-here]");
  place.replaceChildren(...others.map(({ name }) => make("span", { className: "person", title: name, "aria-hidden": "true" }, initials(name))), make("span", { className: "names" }, names.length ? say("here", { names: names.join(", ") }) : say("nobodyElse")));
  mark();
}

/** Mark the rows that somebody has open. */
export function mark() {
  for (const row of $$("[data-update]")) {
    const people = (latest.editing[row.dataset.update] ?? []).filter(({ id }) => id !== settings.person);
    const note = $("[data-editing]", row);
    note.hidden = !people.length;
    note.textContent = people.length ? say("alsoEditing", { names: people.map(({ name }) => name).join(", ") }) : "";
    const edit = $("[data-action=edit]", row);
    if (people.length) row.dataset.busy = "1";
    else delete row.dataset.busy;
    if (!edit) continue;
    edit.dataset.label ??= edit.textContent;
    edit.textContent = people.length ? say("takeOver") : edit.dataset.label;
  }
}

function initials(name) {
  return name.split(/[\s@.]+/).filter(Boolean).slice(0, 2).map((word) => word[0].toUpperCase()).join("");
}
