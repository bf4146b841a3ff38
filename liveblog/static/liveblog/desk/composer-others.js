/* Others who work on the update in the composer: who has it open, who took it over, who saved it. */

import { ask } from "./requests.js";
import { beginAnew, edit, notices, show, state, takeBack } from "./composer.js";
import { announce, drop, tell } from "./notices.js";
import { make, say, settings } from "./settings.js";
import { forgetText, placeOf } from "./unsent.js";

const EDITING_BEAT = 4000; // ms; liveblog/editing/presence.py forgets after three of them

export function start() {
  document.addEventListener("desk:opened", beat);
  setInterval(beat, EDITING_BEAT);
}

async function beat() {
  const { isNew, update, takenBy } = state.current;
  const unsaved = state.isUnsaved;
  if (!isNew && !takenBy && (unsaved || !document.hidden)) await ask(`updates/${update}/editing`, { body: { state: "open", unsaved } });
}

/** Show who else has the open update; whoever lost it goes on writing, but sends nothing of it. */
export function showOthers({ editing, taken }) {
  const { isNew, update, takenBy } = state.current;
  if (isNew) return;
  const others = (editing[update] ?? []).filter(({ id }) => id !== settings.person);
  const over = takenBy ?? taken[update];
  const isTaken = over && others.some(({ id }) => id === over.id);
  state.current.takenBy = isTaken ? over : null;
  if (isTaken) {
    drop("others", notices);
    tell("taken", `${say("takenOver", over)} `, { place: notices, tone: "warn", actions: [takeAgain(), asNew()] });
    return;
  }
  drop("taken", notices);
  if (others.length) tell("others", say("alsoEditing", { names: others.map(({ name }) => name).join(", ") }), { place: notices });
  else drop("others", notices);
}

/** Say what came back to whoever wrote it, wherever they are, until it is opened or moves on. */
export function showSentBack({ id, sent_back: back }) {
  const name = `sent-back-${id}`;
  if (!back || id === state.update) return drop(name, notices);
  const open = make("button", { type: "button" }, say("edit"));
  open.addEventListener("click", () => {
    drop(name, notices);
    edit(id);
  });
  return tell(name, `${say("sentBackNote", back)} `, { place: notices, tone: "warn", actions: [open] });
}

function takeAgain() {
  const made = make("button", { type: "button" }, say("takeOver"));
  made.addEventListener("click", async () => {
    const { current } = state;
    const answer = await ask(`updates/${current.update}/editing`, { body: { state: "taken" } });
    if (!answer.ok) return announce(answer.data.error ?? say("failed"), { tone: "bad" });
    current.takenBy = null;
    return drop("taken", notices);
  });
  return made;
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
