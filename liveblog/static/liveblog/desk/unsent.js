/* What is being written is kept in this browser every moment, each text at its own place. */

import { isSame, wordsOf } from "./draft.js";
import { all, put, remove } from "./store.js";
import { announce, drop } from "./notices.js";
import { $, make, say, settings } from "./settings.js";
import { clockOf } from "./clock.js";

const SOON = 150; // ms after a key: a reload takes no more than that
const held = new Map(); // places that this page is writing at: their locks' ends

export function placeOf(update) {
  return `${settings.person}:${settings.story}:${update}`;
}

/** Keep what `snapshot` returns whenever `touch` is called; null means that nothing is written. */
export function keeper(snapshot, announce) {
  let timer = null;
  let saved = "";

  async function keep({ isLeft = false } = {}) {
    clearTimeout(timer);
    timer = null;
    const record = snapshot();
    if (!record) return;
    const { baseline, draft, ...rest } = record;
    if (isSame(draft, baseline)) {
      if (saved) await remove("kept", record.place);
      saved = "";
      return;
    }
    const row = { ...rest, isLeft, draft, baseline, person: settings.person, story: settings.story, words: wordsOf(draft), at: Date.now() };
    try {
      await put("kept", row);
      saved = row.place;
      announce(say("kept", { time: clockOf(row.at) }));
    } catch {
      announce(say("keepsNothing")); // no room, or forbidden
    }
  }

  const touch = () => {
    timer ??= setTimeout(() => keep(), SOON); // not put off by the next key
  };
  addEventListener("pagehide", () => keep());
  document.addEventListener("visibilitychange", () => keep());
  return { touch, keep };
}

/** Hold a place for as long as this page writes there: other tabs leave its text alone. */
export function hold(place) {
  if (held.has(place) || !navigator.locks) return;
  let end;
  held.set(place, () => end?.());
  navigator.locks.request(`liveblog-kept:${place}`, { ifAvailable: true }, () => new Promise((done) => (end = done)));
}

export function letGo(place) {
  held.get(place)?.();
  held.delete(place);
}

export const forgetText = (place) => remove("kept", place);

/** Texts of this story that no open page is writing, the newest first. */
export async function unsentTexts({ except } = {}) {
  const { held: locks = [] } = (await navigator.locks?.query()) ?? {};
  const busy = new Set(locks.map(({ name }) => name));
  const rows = (await all("kept")).filter(({ person, story, place }) => person === settings.person && story === settings.story && place !== except && (held.has(place) || !busy.has(`liveblog-kept:${place}`)));
  return rows.sort((one, other) => other.at - one.at);
}

/** List the texts under the composer, each to be taken up again or thrown away. */
export async function showUnsent({ except, restore }) {
  const place = $("[data-unsent]");
  const rows = await unsentTexts({ except });
  place.hidden = !rows.length;
  place.replaceChildren(
    make("h3", {}, say("unsent")),
    make("ul", {}, ...rows.map((row) => line(row, { except, restore }))),
  );
}

function wayBack(row, ways) {
  const made = make("button", { type: "button" }, say("undo"));
  made.addEventListener("click", async () => {
    await put("kept", row);
    drop("said");
    showUnsent(ways);
  });
  return made;
}

function line(row, { except, restore }) {
  const take = make("button", { type: "button" }, say("restore"));
  take.addEventListener("click", () => restore(row));
  const discard = make("button", { type: "button" }, say("discard"));
  discard.addEventListener("click", async () => {
    await forgetText(row.place);
    showUnsent({ except, restore });
    announce(say("discarded", { words: row.words || say("noWords") }), { actions: [wayBack(row, { except, restore })] });
  });
  return make("li", {}, make("span", {}, say("unsentRow", { words: row.words || say("noWords"), time: clockOf(row.at) })), take, discard);
}
