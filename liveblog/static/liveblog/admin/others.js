/* Who else has this open: asked every few seconds while the page is seen, or holds unsaved words. */

import { drop, tell } from "./notices.js";
import { fill, words } from "./page_words.js";

const EVERY = 4000; // ms; liveblog/editing/presence.py forgets after three of them

export function showOthers(address, autosave) {
  let shown = "";

  async function beat() {
    if (document.hidden && !autosave.isUnsaved) return;
    const names = await others(autosave.isUnsaved ? `${address}?unsaved=1` : address);
    if (names === null || names === shown) return;
    shown = names;
    if (names) tell("others", fill(words.saysEditing, { names }));
    else drop("others");
  }

  beat();
  setInterval(beat, EVERY);
  addEventListener("pagehide", () => fetch(`${address}?left=1`, { keepalive: true }));
}

async function others(address) {
  try {
    const response = await fetch(address);
    return response.ok && !response.redirected ? (await response.json()).others.join(", ") : null;
  } catch {
    return null;
  }
}
