/* Words in the desk's windows and in the story's panel: in this browser until the server has them. */

import { forget, read, remember } from "../admin/browser_store.js";
import { settings } from "./settings.js";

/** The prefix is that of the admin's forms: the home lists these texts with theirs. */
function keyOf(place) {
  return `liveblog:draft:${settings.person}:desk-${settings.story}:${place}`;
}

/** Store what is in a form; nothing written leaves no record. */
export function keepWords(place, { words, where, ...rest }) {
  if (!words.trim()) return forget(keyOf(place));
  const brief = words.trim().slice(0, 80);
  return remember(keyOf(place), { ...rest, words: brief, where, at: Date.now(), address: settings.base });
}

export const keptWords = (place) => read(keyOf(place));

export const dropWords = (place) => forget(keyOf(place));
