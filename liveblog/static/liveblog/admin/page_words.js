/* What the server tells every page of the admin: who is signed in, and words in their language. */

const place = document.querySelector("[data-page-words]");

export const words = place?.dataset || {};

/** Write a moment by the 24-hour clock of the page's zone, with the day where that is not today. */
export function clock(at, zone = document.querySelector("[data-clock-zone]")?.dataset.clockZone) {
  const day = (moment) => new Date(moment).toLocaleDateString("en", { timeZone: zone });
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone };
  const date = day(at) === day(Date.now()) ? {} : { day: "numeric", month: "short" };
  return new Date(at).toLocaleString(document.documentElement.lang || [], { ...date, ...time });
}

/** Fill `{name}` in a phrase. */
export function fill(phrase, values) {
  return (phrase || "").replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
