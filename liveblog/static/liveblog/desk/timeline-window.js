/* The part of the timeline that is in the page: which groups, which words, how many rows. */

import { isAbove, rowsOf } from "./timeline-rows.js";

const ROWS = { waiting: 15, scheduled: 10, drafts: 15, retracted: 5, air: 40 }; // with all groups shown
export const WINDOW = 40; // rows asked for at once
const MOST = 80; // rows of the long group that are in the page

/** `filter` is the one group that is shown, or none; `ends` says of each whether there are more rows before and after. */
export const view = { filter: "", q: "", ends: {} };

/** The group that goes on as one scrolls. */
export const longGroup = () => view.filter || "air";

export function sizeOf(group) {
  return view.filter ? WINDOW : ROWS[group];
}

/** Let go of the far end of a group that grew at the other. */
export function trim(group, side) {
  const rows = rowsOf(group);
  const far = side === "after" ? rows.slice(0, Math.max(0, rows.length - MOST)) : rows.slice(MOST);
  if (far.length) view.ends[group.dataset.group][side === "after" ? "before" : "after"] = true;
  far.forEach((each) => each.remove());
}

/** Whether a row's place is in the window of its group that is in the page. */
export function belongs(group, change) {
  const { group: name } = group.dataset;
  if (view.filter && view.filter !== name) return false;
  if (view.q) return false;
  const rows = rowsOf(group);
  if (!rows.length) return true;
  const end = view.ends[name] ?? {};
  const isBefore = isAbove(group, change.key, rows[0].dataset.key);
  const isAfter = isAbove(group, rows.at(-1).dataset.key, change.key);
  return !(isBefore && end.before) && !(isAfter && end.after);
}

export function trimAfter(group) {
  const rows = rowsOf(group);
  const most = group.dataset.group === longGroup() ? MOST : Math.max(sizeOf(group.dataset.group), 1);
  const extra = rows.slice(most);
  if (extra.length) view.ends[group.dataset.group].after = true;
  extra.forEach((each) => each.remove());
}
