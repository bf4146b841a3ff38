/* The timeline: a window of each group, brought up to date without moving what is under the hand. */

import { ask } from "./requests.js";
import { $, $$, make, say, settings } from "./settings.js";
import { forgetNewsAtTop, keepPlace, noteIfAbove, sight, toTop } from "./timeline-place.js";
import { build, groups, insert, listOf, rowOf, rowsOf, scroller } from "./timeline-rows.js";
import { countDown, drawDays } from "./timeline-times.js";
import { WINDOW, belongs, longGroup, sizeOf, trim, trimAfter, view } from "./timeline-window.js";

const timeline = $("[data-timeline]");
const AGAIN = 3000; // ms before rows that could not be had are asked for again
let position = settings.position;
let shownIn = null;
let loads = 0; // the number of the newest load: what answers an older one comes too late

export const where = {
  get position() {
    return position;
  },
};

export async function start() {
  const find = debounce(search, 200);
  for (const each of ["input", "search"]) $("[data-search]").addEventListener(each, find); // Esc empties it with the latter alone
  $(".filters").addEventListener("change", ({ target }) => choose(target.value));
  for (const each of $$("[data-more]", scroller)) each.addEventListener("click", () => choose(each.closest("[data-group]").dataset.group));
  const watch = new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && extend(), { root: null, rootMargin: "600px" });
  watch.observe($("[data-empty]"));
  const onScroll = debounce(() => {
    extend();
    forgetNewsAtTop();
  }, 80);
  scroller.addEventListener("scroll", onScroll);
  addEventListener("scroll", onScroll);
  $("[data-new-above]").addEventListener("click", toTop);
  setInterval(countDown, 1000);
  await load();
}

// -- windows

/** Load the windows of what is shown anew; tried again until it is done, or a newer load begun. */
export async function load() {
  const mine = (loads += 1);
  const shown = view.filter ? [view.filter] : groups.map(({ dataset }) => dataset.group);
  const answers = await Promise.all(shown.map((group) => ask(`rows?${new URLSearchParams({ group, q: view.q, size: sizeOf(group) })}`)));
  if (mine !== loads) return;
  if (answers.some(({ ok }) => !ok)) {
    setTimeout(() => mine === loads && load(), AGAIN);
    return;
  }
  const [oldest] = answers.map(({ data }) => data).sort((one, other) => byNumber(one.position, other.position));
  draw(Object.assign({}, ...answers.map(({ data }) => data.groups)), oldest);
  await catchUp(mine);
}

/** Bring an update's row into sight, wherever in its group it is. */
export async function show(id) {
  if (!rowOf(id)) await loadAround(id);
  const row = rowOf(id);
  row?.scrollIntoView({ block: "center" });
  row?.focus({ preventScroll: true });
}

async function loadAround(id) {
  const mine = (loads += 1);
  const { ok, data } = await ask(`updates/${id}/around`);
  if (mine !== loads) return;
  if (!ok) return void load();
  Object.assign(view, { filter: data.group, q: "" });
  $("[data-search]").value = "";
  $(`.filters [value="${data.group}"]`).checked = true;
  draw(data.groups, data);
  await catchUp(mine);
}

function draw(windows, { position: at, shown_in: all, counts }) {
  position = at;
  shownIn = all;
  keepPlace(() => {
    for (const group of groups) {
      const { rows = [], more_before: before = false, more_after: after = false } = windows[group.dataset.group] ?? {};
      view.ends[group.dataset.group] = { before, after };
      listOf(group).replaceChildren(...rows.map(build));
    }
    showCounts(counts);
  });
  sayDrawn();
}

/** What changed while the windows were on their way: the stream may have sent it already. */
async function catchUp(mine) {
  const { ok, data } = await ask(`changes?after=${encodeURIComponent(position)}`);
  if (!ok || data.reload || mine !== loads) return;
  for (const change of data.changes) apply({ ...change, shown_in: data.shown_in, counts: data.counts });
  position = data.position;
}

function byNumber(one, other) {
  return Number(one.split("-")[1]) - Number(other.split("-")[1]);
}

let isExtending = false;

/** Load what is beyond the edge that one scrolls to, and let go of the far end. */
async function extend() {
  const mine = loads;
  const group = groups.find(({ dataset }) => dataset.group === longGroup());
  const { group: name } = group.dataset;
  const rows = rowsOf(group);
  if (isExtending || !rows.length) return;
  const edge = sight();
  const isLow = rows.at(-1).getBoundingClientRect().bottom < edge.bottom + 800;
  const isHigh = rows[0].getBoundingClientRect().top > edge.top - 800;
  const side = isLow && view.ends[name].after ? "after" : isHigh && view.ends[name].before ? "before" : "";
  if (!side) return;
  isExtending = true;
  const key = (side === "after" ? rows.at(-1) : rows[0]).dataset.key;
  const answer = await ask(`rows?${new URLSearchParams({ group: name, q: view.q, size: WINDOW, [side]: key })}`);
  isExtending = false;
  if (!answer.ok || mine !== loads) return;
  const loaded = answer.data.groups[name];
  keepPlace(() => {
    const known = new Set($$("[data-update]", scroller).map(({ dataset }) => dataset.update));
    const made = loaded.rows.filter(({ id }) => !known.has(id)).map(build);
    if (side === "after") listOf(group).append(...made);
    else listOf(group).prepend(...made);
    view.ends[name][side] = loaded[`more_${side}`];
    trim(group, side);
    drawDays(group);
  }, rows[side === "after" ? rows.length - 1 : 0]);
  sayDrawn();
}

async function choose(group) {
  view.filter = group;
  $(`.filters [value="${group}"]`).checked = true;
  await load();
  toTop();
}

async function search() {
  view.q = $("[data-search]").value.trim();
  await load();
}

export function focusSearch() {
  $("[data-search]").focus();
}

/** Rows were drawn that do not come with a change: who has them open is marked anew. */
function sayDrawn() {
  document.dispatchEvent(new Event("desk:rows"));
}

// -- changes

/** Bring one change to its place: a row in its newest state, or one that is gone. */
export function apply(change) {
  if (change.position && byNumber(change.position, position) > 0) position = change.position;
  if (change.shown_in && change.shown_in !== shownIn) {
    shownIn = change.shown_in; // one load for all that comes with it
    load();
    return;
  }
  if (change.type === "update") {
    let inserted = null;
    keepPlace(() => (inserted = putRow(change)));
    if (inserted) noteIfAbove(inserted);
  }
  if (change.type === "removal") keepPlace(() => takeAway(change.id));
  if (change.counts && !view.q) showCounts(change.counts); // a search has its own
}

/** Show a row where it belongs; the row is returned where it is new in that place. */
function putRow(change) {
  const standing = rowOf(change.id);
  if (standing && Number(standing.dataset.version) > change.version) return null;
  const group = groups.find(({ dataset }) => dataset.group === change.group);
  const focus = standing?.contains(document.activeElement) ? document.activeElement.dataset.action ?? "row" : "";
  const isTicked = standing && $("[data-pick]", standing)?.checked;
  const made = build(change);
  if (isTicked) $("[data-pick]", made).checked = true;
  const isInPlace = standing && standing.dataset.key === change.key && standing.closest("[data-group]") === group;
  if (isInPlace) standing.replaceWith(made);
  else {
    if (standing) takeAway(change.id, standing.matches(":hover") || focus ? made : null);
    if (!belongs(group, change)) return null;
    insert(group, made);
    trimAfter(group);
  }
  if (focus) (focus === "row" ? made : $(`[data-action="${focus}"]`, made) ?? made).focus({ preventScroll: true });
  drawDays(group);
  return isInPlace ? null : made;
}

/** Leave the room of a row that is under the hand until the hand is gone: no click hits another. */
function takeAway(id, moved) {
  const row = rowOf(id);
  if (!row) return;
  const group = row.closest("[data-group]");
  if (moved || row.matches(":hover")) {
    const state = moved ? $(".state", moved).textContent : say("discard");
    const ghost = make("li", { className: "ghost", ariaHidden: "true" }, say("movedBy", { state }));
    ghost.style.blockSize = `${row.offsetHeight}px`;
    row.replaceWith(ghost);
    timeline.addEventListener("pointerleave", () => keepPlace(() => ghost.remove()), { once: true });
    setTimeout(() => ghost.matches(":hover") || ghost.remove(), 2500);
  } else row.remove();
  drawDays(group);
}

function showCounts(counts) {
  for (const each of $$("[data-count]")) each.textContent = counts[each.dataset.count];
  let isEmpty = true;
  for (const group of groups) {
    if (rowsOf(group).length) isEmpty = false;
    const isLong = group.dataset.group === longGroup();
    $("[data-more]", group).hidden = isLong || !(view.ends[group.dataset.group]?.after ?? false);
    drawDays(group);
  }
  $("[data-empty]").hidden = !isEmpty;
  $("[data-empty]").textContent = isEmpty ? say(view.q ? "noneFound" : "nothingHere") : "";
}

function debounce(act, ms) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, ms);
  };
}
