/* Select2 draws a box of its own for a choice and forgets its name. */

export function nameChoices(form) {
  name(form);
  document.addEventListener("formset:added", ({ target }) => setTimeout(() => name(target)));
}

function name(place) {
  for (const select of place.querySelectorAll("select.admin-autocomplete[aria-label]")) {
    const box = select.parentElement.querySelector(".select2-selection");
    for (const each of [box, box?.querySelector("[role=textbox]")]) {
      each?.setAttribute("aria-label", select.getAttribute("aria-label"));
      each?.removeAttribute("aria-labelledby");
    }
  }
}
