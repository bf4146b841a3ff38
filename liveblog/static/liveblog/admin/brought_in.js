/* Once an import is done, its pasted text need not wait in this browser any more. */

import { unsentTexts } from "./autosave.js";
import { forget, keysOwnedElsewhere } from "./browser_store.js";
import { words } from "./page_words.js";

const PLACE = "/story/bring-in/";

/** Forget the texts of the import page that no other open page is writing. */
export async function forgetBroughtIn() {
  if (!document.querySelector(".messagelist .brought-in")) return;
  const owned = await keysOwnedElsewhere();
  for (const [key, { place }] of unsentTexts(words.person)) {
    if (place.endsWith(PLACE) && !owned.has(key)) forget(key);
  }
}
