/* What is too long in the composer is said among its warnings, and holds its buttons back. */

import { isTooLong, lengthWarning } from "../admin/lengths.js";
import { $$ } from "./settings.js";

/** The fields of a form that hold more than they may. */
function tooLong(form) {
  return $$("[data-most]", form).filter((field) => field.offsetParent && isTooLong(field));
}

export function lengthWarnings(form) {
  return tooLong(form).map(lengthWarning);
}

/** Put the cursor where there is too much; true where nothing is. */
export function isShortEnough(form) {
  const [field] = tooLong(form);
  field?.focus();
  return !field;
}
