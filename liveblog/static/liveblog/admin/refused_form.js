/* A form that the server refused keeps its file: its errors come to it, not it to them. */

/** Put the errors of an answered page beside the fields of a form; false where it names none. */
export function showErrors(form, page) {
  const answered = new DOMParser().parseFromString(page, "text/html");
  const lists = [...answered.querySelectorAll("form .errorlist")].filter((each) => each.textContent.trim());
  form.querySelectorAll(".errorlist, .errornote").forEach((each) => each.remove());
  if (lists.length === 0) return false;
  const note = answered.querySelector(".errornote");
  if (note) form.prepend(document.importNode(note, true));
  for (const list of lists) placeOf(list, form).before(document.importNode(list, true));
  form.querySelector(".errorlist")?.scrollIntoView({ block: "center" });
  return true;
}

/** The field that an error list is beside, by name; the form's first row for the others. */
function placeOf(list, form) {
  const row = list.closest(".form-row, p, div, td");
  const name = row?.querySelector("input[name], textarea[name], select[name]")?.name;
  const field = name && form.querySelector(`[name="${CSS.escape(name)}"]`);
  return field?.closest(".form-row, p, div, td")?.firstElementChild || form.querySelector(".form-row, p") || form.firstElementChild;
}

const POPUP_ANSWER = "#django-admin-popup-response-constants";

export function isPopupAnswer(page) {
  return new DOMParser().parseFromString(page, "text/html").querySelector(POPUP_ANSWER) !== null;
}

/** Hand what was added to the page that opened this window, as Django's own answer does. */
export function closePopup(page) {
  const answered = new DOMParser().parseFromString(page, "text/html").querySelector(POPUP_ANSWER);
  const { action, value, obj, new_value: newValue } = JSON.parse(answered.dataset.popupResponse);
  if (action === "change") opener.dismissChangeRelatedObjectPopup(window, value, obj, newValue);
  else if (action === "delete") opener.dismissDeleteRelatedObjectPopup(window, value);
  else opener.dismissAddRelatedObjectPopup(window, value, obj);
}
