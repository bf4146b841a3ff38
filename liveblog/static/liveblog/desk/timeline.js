/* The timeline: a window of each group, brought up to date without moving what is under the hand. */

import { ask } from "./requests.js";
import { clockOf, countdown, dayOf } from "./clock.js";
import { $, $$, make, say, settings } from "./settings.js";

const timeline = $("[data-timeline]");
const scroller = $("[data-scroll]");
const groups = $$("[data-group]", scroller);
const ROWS = { waiting: 15, scheduled: 10, drafts: 15, retracted: 5, air: 40 }; // with all groups shown
const WINDOW = 40; // rows asked for at once
const MOST = 80; // rows of the long group that stand in the page
let position = settings.position;
let shownIn = null;
let filter = "";
let q = "";
let inserted = null; // the row that came with this change
const ends = {}; // of each group: whether more stands before and after its window

export const where = {
  get position() {
    return position;
  },
};

export async function start() {
  $("[data-search]").addEventListener("input", debounce(search, 200));
  $(".filters").addEventListener("change", ({ target }) => choose(target.value));
  for (const each of $$("[data-more]", scroller)) each.addEventListener("click", () => choose(each.closest("[data-group]").dataset.group));
  const watch = new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && extend(), { root: null, rootMargin: "600px" });
  watch.observe($("[data-empty]"));
  const onScroll = debounce(() => {
    extend();
    shrinkNotice();
  }, 80);
  scroller.addEventListener("scroll", onScroll);
  addEventListener("scroll", onScroll);
  $("[data-new-above]").addEventListener("click", toTop);
  setInterval(countDown, 1000);
  await load();
}

// -- windows

function sizeOf(group) {
  return filter ? WINDOW : ROWS[group];
}

/** Load the windows of what is shown anew. */
export async function load() {
  const shown = filter ? [filter] : groups.map(({ dataset }) => dataset.group);
  const answers = await Promise.all(shown.map((group) => ask(`rows?${new URLSearchParams({ group, q, size: sizeOf(group) })}`)));
  if (answers.some(({ ok }) => !ok)) return false;
  position = answers.map(({ data }) => data.position).sort(byNumber)[0];
  shownIn = answers[0].data.shown_in;
  keepPlace(() => {
    for (const group of groups) {
      const at = shown.indexOf(group.dataset.group);
      const loaded = at < 0 ? { rows: [] } : answers[at].data.groups[group.dataset.group];
      ends[group.dataset.group] = { before: false, after: loaded.more_after ?? false };
      listOf(group).replaceChildren(...loaded.rows.map(build));
    }
    showCounts(answers[0].data.counts);
  });
  await catchUp();
  return true;
}

/** What changed while the windows were on their way: the stream may have sent it already. */
async function catchUp() {
  const { ok, data } = await ask(`changes?after=${encodeURIComponent(position)}`);
  if (!ok || data.reload) return;
  for (const change of data.changes) apply({ ...change, shown_in: data.shown_in, counts: data.counts });
  position = data.position;
}

function byNumber(one, other) {
  return Number(one.split("-")[1]) - Number(other.split("-")[1]);
}

let isExtending = false;

/** Load what stands beyond the edge that one scrolls to, and let go of the far end. */
async function extend() {
  const group = groups.find(({ dataset }) => dataset.group === (filter || "air"));
  const { group: name } = group.dataset;
  const rows = rowsOf(group);
  if (isExtending || !rows.length) return;
  const edge = scroller.scrollHeight > scroller.clientHeight + 2 ? scroller.getBoundingClientRect() : { top: 0, bottom: innerHeight };
  const isLow = rows.at(-1).getBoundingClientRect().bottom < edge.bottom + 800;
  const isHigh = rows[0].getBoundingClientRect().top > edge.top - 800;
  const side = isLow && ends[name].after ? "after" : isHigh && ends[name].before ? "before" : "";
  if (!side) return;
  isExtending = true;
  const key = (side === "after" ? rows.at(-1) : rows[0]).dataset.key;
  const answer = await ask(`rows?${new URLSearchParams({ group: name, q, size: WINDOW, [side]: key })}`);
  isExtending = false;
  if (!answer.ok) return;
  const loaded = answer.data.groups[name];
  keepPlace(() => {
    const known = new Set($$("[data-update]", scroller).map(({ dataset }) => dataset.update));
    const made = loaded.rows.filter(({ id }) => !known.has(id)).map(build);
    if (side === "after") listOf(group).append(...made);
    else listOf(group).prepend(...made);
    ends[name][side] = loaded[`more_${side}`];
    trim(group, side);
    drawDays(group);
  }, rows[side === "after" ? rows.length - 1 : 0]);
}

function trim(group, side) {
  const rows = rowsOf(group);
  const far = side === "after" ? rows.slice(0, Math.max(0, rows.length - MOST)) : rows.slice(MOST);
  if (far.length) ends[group.dataset.group][side === "after" ? "before" : "after"] = true;
  far.forEach((each) => each.remove());
}

async function choose(group) {
  filter = group;
  $(`.filters [value="${group}"]`).checked = true;
  await load();
  toTop();
}

async function search() {
  q = $("[data-search]").value.trim();
  await load();
}

export function focusSearch() {
  $("[data-search]").focus();
}

// -- changes

/** Bring one change to its place: a row in its newest state, or one that is gone. */
export function apply(change) {
  if (change.position && byNumber(change.position, position) > 0) position = change.position;
  if (change.shown_in && change.shown_in !== shownIn) return load();
  if (change.type === "update") {
    keepPlace(() => putRow(change));
    if (inserted && isOutOfSight(inserted)) noteNew();
    inserted = null;
  }
  if (change.type === "removal") keepPlace(() => takeAway(change.id));
  if (change.counts) showCounts(change.counts);
  return undefined;
}

function putRow(change) {
  const standing = rowOf(change.id);
  if (standing && Number(standing.dataset.version) > change.version) return;
  const group = groups.find(({ dataset }) => dataset.group === change.group);
  const focus = standing?.contains(document.activeElement) ? document.activeElement.dataset.action ?? "row" : "";
  const isTicked = standing && $("[data-pick]", standing)?.checked;
  const made = build(change);
  if (isTicked) $("[data-pick]", made).checked = true;
  if (standing && standing.dataset.key === change.key && standing.closest("[data-group]") === group) standing.replaceWith(made);
  else {
    if (standing) takeAway(change.id, standing.matches(":hover") || focus ? made : null);
    if (!belongs(group, change)) return;
    insert(group, made);
    trimAfter(group);
  }
  if (focus) (focus === "row" ? made : $(`[data-action="${focus}"]`, made) ?? made).focus({ preventScroll: true });
  drawDays(group);
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

/** Whether a row's place is in the window of its group that stands in the page. */
function belongs(group, change) {
  const { group: name } = group.dataset;
  if (filter && filter !== name) return false;
  if (q) return false;
  const rows = rowsOf(group);
  if (!rows.length) return true;
  const end = ends[name] ?? {};
  const isBefore = isAbove(group, change.key, rows[0].dataset.key);
  const isAfter = isAbove(group, rows.at(-1).dataset.key, change.key);
  return !(isBefore && end.before) && !(isAfter && end.after);
}

function insert(group, row) {
  const next = rowsOf(group).find((each) => isAbove(group, row.dataset.key, each.dataset.key));
  if (next) next.before(row);
  else listOf(group).append(row);
  inserted = row;
}

function trimAfter(group) {
  const rows = rowsOf(group);
  const most = group.dataset.group === (filter || "air") ? MOST : Math.max(sizeOf(group.dataset.group), 1);
  const extra = rows.slice(most);
  if (extra.length) ends[group.dataset.group].after = true;
  extra.forEach((each) => each.remove());
}

function isAbove(group, key, other) {
  return "ascending" in group.dataset ? key < other : key > other;
}

/** Make a change; whatever row is under the pointer, or has the focus, stays where it is. */
function keepPlace(act, fixed) {
  const anchor = fixed ?? $$("[data-update]", scroller).find((each) => each.matches(":hover") || each.contains(document.activeElement)) ?? firstInSight();
  const before = anchor?.getBoundingClientRect().top;
  act();
  if (!anchor?.isConnected) return;
  const moved = anchor.getBoundingClientRect().top - before;
  if (!moved) return;
  if (scroller.scrollHeight > scroller.clientHeight + 2) scroller.scrollTop += moved;
  else scrollBy(0, moved);
}

/** One who reads further down goes on reading there; at the top the newest comes into sight. */
function firstInSight() {
  const isScrolled = scroller.scrollTop > 8 || (scroller.scrollHeight <= scroller.clientHeight + 2 && timeline.getBoundingClientRect().top < -8);
  const top = Math.max(0, scroller.getBoundingClientRect().top);
  return isScrolled ? $$("[data-update]", scroller).find((each) => each.getBoundingClientRect().bottom > top) : undefined;
}

// -- what is shown beside rows

let news = 0;

function isOutOfSight(row) {
  return row.getBoundingClientRect().bottom < Math.max(0, scroller.getBoundingClientRect().top);
}

function noteNew() {
  news += 1;
  const button = $("[data-new-above]");
  button.hidden = false;
  button.textContent = say("newAbove", { count: news });
}

function shrinkNotice() {
  if (scroller.scrollTop > 8 || timeline.getBoundingClientRect().top < -8) return;
  news = 0;
  $("[data-new-above]").hidden = true;
}

function toTop() {
  scroller.scrollTop = 0;
  if (timeline.getBoundingClientRect().top < 0) timeline.scrollIntoView();
  shrinkNotice();
}

function showCounts(counts) {
  for (const each of $$("[data-count]")) each.textContent = counts[each.dataset.count];
  let isEmpty = true;
  for (const group of groups) {
    const rows = rowsOf(group).length;
    group.hidden = !rows;
    if (rows) isEmpty = false;
    const isLong = group.dataset.group === (filter || "air");
    $("[data-more]", group).hidden = isLong || !(ends[group.dataset.group]?.after ?? false);
    drawDays(group);
  }
  $("[data-empty]").hidden = !isEmpty;
  $("[data-empty]").textContent = isEmpty ? say(q ? "noneFound" : "nothingHere") : "";
}

/** Say the day where it changes, among what is on air. */
function drawDays(group) {
  group.hidden = !rowsOf(group).length;
  if (group.dataset.group !== "air") return;
  $$(".day", group).forEach((each) => each.remove());
  let last = "";
  const today = dayOf(Date.now());
  for (const row of rowsOf(group)) {
    const day = dayOf($("time", row).dateTime);
    if (day !== last && !(last === "" && day === today)) row.before(make("li", { className: "day" }, day));
    last = day;
  }
}

function countDown() {
  for (const due of $$("[data-due]", scroller)) {
    const left = countdown(due.dateTime);
    due.textContent = `${clockOf(due.dateTime)} · ${left ? say("dueIn", { time: left }) : say("overdue")}`;
    due.classList.toggle("is-overdue", !left);
  }
}

// -- rows

function build({ html }) {
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

function rowsOf(group) {
  return $$("[data-update]", group);
}

function listOf(group) {
  return $(".rows", group);
}

function debounce(act, ms) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, ms);
  };
}
