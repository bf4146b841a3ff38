/* What is written is kept in this browser, per person, story and update, until the server has it. */

import { sameWords } from "./draft.js";
import { button, drop, tell } from "./notices.js";

const EVERY = 2000; // ms
const PREFIX = "liveblog:composer";

/** Keep the draft every two seconds; offer what an earlier visit left. */
export function keepDraft(draft, row) {
  const place = placeOf(row);
  let baseline = draft.read();
  let kept = baseline;
  let isOver = false;

  function keep() {
    if (isOver) return;
    const fields = draft.read();
    if (sameWords(fields, kept)) return;
    kept = fields;
    const at = Date.now();
    const record = { at, id: draft.id, madeFrom: draft.form.elements.made_from.value, fields };
    if (sameWords(fields, baseline)) forget(`${place}:${draft.id}`);
    else if (remember(`${place}:${draft.id}`, record)) {
      row.querySelector("[data-kept]").textContent = `${row.dataset.saysKept} ${clock(at)}`;
    }
  }

  setInterval(keep, EVERY);
  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", keep);
  draft.form.addEventListener("composer:keep", keep);
  draft.form.addEventListener("composer:confirmed", () => {
    isOver = true;
    forget(`${place}:${draft.id}`);
  });
  document.querySelector("[data-discard]")?.addEventListener("click", () => {
    isOver = true;
    forget(`${place}:${draft.id}`);
  });
  hold(`${place}:${draft.id}`);
  offer(draft, row, place, baseline);
}

async function offer(draft, row, place, baseline) {
  const open = await heldElsewhere(`${place}:${draft.id}`);
  const [key, record] = latest(place, open) || [];
  if (!record || sameWords(record.fields, baseline)) return;
  const words = row.dataset;
  const close = () => drop("restore");
  const restore = button(words.saysYes, () => {
    draft.form.elements.client_id.value = record.id; // the same update, if it was sent after all
    if (record.madeFrom !== undefined) draft.form.elements.made_from.value = record.madeFrom;
    draft.write(record.fields);
    close();
  });
  const discard = button(words.saysNo, () => {
    forget(key);
    close();
  });
  tell("restore", words.saysRestore.replace("{time}", clock(record.at)), restore, discard);
}

function placeOf({ dataset }) {
  return `${PREFIX}:${dataset.person}:${dataset.story}:${dataset.update || "new"}`;
}

/** Find the newest record of a place that no other open page is writing. */
function latest(place, open) {
  forget(`${place}:${document.querySelector("[data-published]")?.dataset.published}`);
  const found = [];
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(`${place}:`) && !open.has(key)) found.push([key, read(key)]);
  }
  return found.filter(([, record]) => record?.fields).sort((a, b) => b[1].at - a[1].at)[0];
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function remember(key, record) {
  try {
    localStorage.setItem(key, JSON.stringify(record));
    return true;
  } catch {
    return false; // no room, or forbidden: nothing is said to be kept
  }
}

function forget(key) {
  localStorage.removeItem(key);
}

/** Hold a lock for as long as this page is open: other tabs leave its text alone. */
function hold(key) {
  navigator.locks?.request(key, { ifAvailable: true }, () => new Promise(() => {}));
}

async function heldElsewhere(own) {
  const { held = [] } = (await navigator.locks?.query()) || {};
  return new Set(held.map((each) => each.name).filter((name) => name !== own));
}

function clock(at) {
  const timeZone = document.querySelector("[data-clock-zone]")?.dataset.clockZone;
  return new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone });
}
