/* Others who work on the update in the composer: who has it open, who took it over, who saved it. */

import { ask } from "./requests.js";
import { beginAnew, close, edit, notices, show, state, takeBack } from "./composer.js";
import * as dialogs from "./dialogs.js";
import { drop, tell } from "./notices.js";
import { make, say, settings } from "./settings.js";
import { forgetText, placeOf } from "./unsent.js";

const EDITING_BEAT = 4000; // ms; liveblog/editing/presence.py forgets after three of them

export function start() {
  document.addEventListener("desk:opened", beat);
  setInterval(beat, EDITING_BEAT);
}

async function beat() {
  const { isNew, update } = state.current;
  const unsaved = state.isUnsaved;
  if (!isNew && (unsaved || !document.hidden)) await ask(`updates/${update}/editing`, { body: { state: "open", unsaved } });
}

/** Show who else has the open update; close it where somebody took it over and is at it. */
export async function showOthers({ editing, taken }) {
  const { isNew, update, title } = state.current;
  if (isNew) return;
  const others = (editing[update] ?? []).filter(({ id }) => id !== settings.person);
  const over = taken[update];
  if (over && others.some(({ id }) => id === over.id)) {
    await close();
    dialogs.open("taken", { words: `${title}: ${say("takenOver", over)}` });
  } else if (others.length) tell("others", say("alsoEditing", { names: others.map(({ name }) => name).join(", ") }), { place: notices });
  else drop("others", notices);
}

/** Bring a refused attempt back, with what stood against it. */
export async function takeBackFrom(row, conflict) {
  await takeBack(row);
  if (conflict && row.draft) await showConflict(conflict);
}

async function showConflict({ saved_by: name, saved_at: time, html, version }) {
  const { current } = state;
  const answer = await ask(`updates/${current.update}`);
  if (answer.ok) Object.assign(current, { version: answer.data.version, status: answer.data.status, buttons: answer.data.buttons, isNew: false });
  else current.version = version;
  show();
  const theirs = make("button", { type: "button" }, say("takeTheirs"));
  theirs.addEventListener("click", async () => {
    const { update } = state.current;
    await beginAnew();
    await forgetText(placeOf(update));
    edit(update);
  });
  const ways = current.buttons.length ? [theirs] : [asNew(), theirs];
  const both = make("div", { className: "both-texts" });
  both.append(...new DOMParser().parseFromString(html ?? "", "text/html").body.childNodes);
  tell("conflict", `${say("conflict", { name, time })} ${say("conflictKept")} `, { place: notices, actions: [...ways, both] });
}

/** Words for an update that one may not change any more go on as another. */
function asNew() {
  const made = make("button", { type: "button" }, say("asNew"));
  made.addEventListener("click", async () => {
    const { update } = state.current;
    const { kind, note, published_at, ...written } = state.written();
    await beginAnew(written);
    await forgetText(placeOf(update));
  });
  return made;
}
