/* Once an import is done, its pasted text need not wait in this browser any more. */

import { unsentTexts } from "./autosave.js";
import { forget, keysOwnedElsewhere } from "./browser_store.js";
import { words } from "./page_words.js";

const PLACE = "/story/bring-in/";
const SHOWN = "liveblog:shown"; // in the tab's own storage: the key of the text that it was shown read

/** Note the text of a form that the server shows again: the next press may come before any script. */
export function noteShown(key) {
  sessionStorage.setItem(SHOWN, key);
}

/** Forget the text that this tab made a story of. */
export function forgetMade() {
  const key = sessionStorage.getItem(SHOWN);
  if (key && document.querySelector(".messagelist .from-document")) forget(key);
}

/** Forget the texts of the import page that no other open page is writing. */
export async function forgetBroughtIn() {
  if (!document.querySelector(".messagelist .brought-in")) return;
  const owned = await keysOwnedElsewhere();
  for (const [key, { place }] of unsentTexts(words.person)) {
    if (place.endsWith(PLACE) && !owned.has(key)) forget(key);
  }
}
