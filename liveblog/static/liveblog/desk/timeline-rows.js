/* The timeline's rows as they are in the page: found, made, put in their order. */

import { $, $$ } from "./settings.js";

export const scroller = $("[data-scroll]");
export const groups = $$("[data-group]", scroller);

export function build({ html }) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content.firstElementChild;
}

export function rowOf(id) {
  return $(`[data-update="${CSS.escape(id)}"]`, scroller);
}

export function rowsShown() {
  return $$("[data-update]", scroller).filter((each) => each.offsetParent);
}

export function rowsOf(group) {
  return $$("[data-update]", group);
}

export function listOf(group) {
  return $(".rows", group);
}

export function isAbove(group, key, other) {
  return "ascending" in group.dataset ? key < other : key > other;
}

/** Put a row before the first that belongs below it. */
export function insert(group, row) {
  const next = rowsOf(group).find((each) => isAbove(group, row.dataset.key, each.dataset.key));
  if (next) next.before(row);
  else listOf(group).append(row);
}
