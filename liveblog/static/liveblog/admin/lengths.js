/* Words past the most that a field holds stay in it, and are not sent: nothing is cut off. */

import { fill, words } from "./page_words.js";

const LIMITED = "[data-most]";

/** As the server counts: signs outside the first plane are one. */
function lengthOf({ value }) {
  return [...value.trim()].length;
}

export function isTooLong(field) {
  return lengthOf(field) > Number(field.dataset.most);
}

/** Say of a field how much is in it; "" where it is not too much. */
export function lengthWarning(field) {
  return isTooLong(field) ? fill(words.saysTooLong, { field: nameOf(field), count: lengthOf(field), most: field.dataset.most }) : "";
}

function nameOf(field) {
  const [first] = [...(field.labels?.[0]?.childNodes ?? [])].filter((each) => each !== field && each.textContent.trim());
  return field.ariaLabel || (first?.textContent.trim().replace(/:$/, "") ?? "");
}

/** Let fields take more than they hold, where the browser would cut a paste. */
export function liftLimits(form) {
  for (const field of form.querySelectorAll("input[maxlength], textarea[maxlength]")) {
    field.dataset.most = field.maxLength;
    field.removeAttribute("maxlength");
  }
  checkLengths(form);
}

/** What is too long holds its form back, and says so under its field. */
export function watchLengths() {
  document.addEventListener("input", ({ target }) => target.matches?.(LIMITED) && check(target));
}

/** Look at the fields of a form whose words did not come by typing. */
export function checkLengths(form) {
  for (const field of form.querySelectorAll(LIMITED)) check(field);
}

function check(field) {
  const warning = lengthWarning(field);
  field.setCustomValidity(warning);
  if (field.form?.noValidate) return; // the composer, which lists its warnings
  const label = field.closest("label") ?? field;
  const said = label.nextElementSibling?.matches(".too-long") ? label.nextElementSibling : null;
  if (!warning) said?.remove();
  else if (said) said.textContent = warning;
  else label.after(Object.assign(document.createElement("p"), { className: "too-long", role: "alert", textContent: warning }));
}
