/* One line to the editor above the form, announced, with what can be done about it. */

const place = document.querySelector("[data-notices]");

/** Show a notice under a name; another under the same name takes its place. */
export function tell(name, text, ...actions) {
  drop(name);
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.dataset.notice = name;
  const words = document.createElement("p");
  words.textContent = text;
  notice.append(words, ...actions);
  place.append(notice);
}

export function drop(name) {
  place.querySelector(`[data-notice="${name}"]`)?.remove();
}

export function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

export function linkInNewTab(label, address) {
  const made = document.createElement("a");
  Object.assign(made, { href: address, target: "_blank", rel: "noopener", textContent: label });
  return made;
}
