/* Words past the most that a field holds stay in it, and are not sent: nothing is cut off. */

import { $$, say } from "./settings.js";

/** The fields of a form that hold more than they may. */
function tooLong(form) {
  return $$("[data-most]", form).filter((field) => field.offsetParent && lengthOf(field) > Number(field.dataset.most));
}

/** As the server counts: signs outside the first plane are one. */
function lengthOf({ value }) {
  return [...value.trim()].length;
}

export function lengthWarnings(form) {
  return tooLong(form).map((field) => say("tooLong", { field: field.ariaLabel, count: lengthOf(field), most: field.dataset.most }));
}

/** Put the cursor where there is too much; true where nothing is. */
export function isShortEnough(form) {
  const [field] = tooLong(form);
  field?.focus();
  return !field;
}
