/* Who else has this update open: asked every few seconds while the page is seen. */

import { drop, tell } from "./notices.js";

const EVERY = 4000; // ms; liveblog/admin/composer/presence.py forgets after three of them

export function showOthers(row) {
  if (!row.dataset.update) return;
  let shown = "";

  async function beat() {
    const names = await others(row.dataset.editing);
    if (names === null || names === shown) return;
    shown = names;
    if (names) tell("others", row.dataset.saysEditing.replace("{names}", names));
    else drop("others");
  }

  beat();
  setInterval(() => document.hidden || beat(), EVERY);
}

async function others(address) {
  try {
    const response = await fetch(address);
    return response.ok && !response.redirected ? (await response.json()).others.join(", ") : null;
  } catch {
    return null;
  }
}
