/* Times in the story's zone, by the server's clock. */

import { settings } from "./settings.js";

let ahead = 0; // ms that this machine's clock is ahead of the server's

export function setServerTime(iso) {
  ahead = Date.now() - Date.parse(iso);
}

export function now() {
  return Date.now() - ahead;
}

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: settings.timezone });
const day = new Intl.DateTimeFormat(document.documentElement.lang || "en", { weekday: "short", day: "numeric", month: "long", year: "numeric", timeZone: settings.timezone });

export function clockOf(moment) {
  return clock.format(new Date(moment));
}

export function dayOf(moment) {
  return day.format(new Date(moment));
}

export function minutesSince(iso) {
  return Math.max(0, Math.floor((now() - Date.parse(iso)) / 60000));
}

/** Write how long it is until a moment: "4:05", "2 h 10". */
export function countdown(iso) {
  const seconds = Math.round((Date.parse(iso) - now()) / 1000);
  if (seconds <= 0) return "";
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const hours = Math.floor(seconds / 3600);
  return hours < 48 ? `${hours} h ${Math.floor((seconds % 3600) / 60)}` : `${Math.floor(hours / 24)} d`;
}
