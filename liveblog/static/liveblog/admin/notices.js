/* Lines to the editor above the form, announced, with what can be done about each. */

/** Show a notice under a name; another under the same name takes its place. */
export function tell(name, text, ...actions) {
  drop(name);
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.dataset.notice = name;
  const words = document.createElement("p");
  words.textContent = text;
  notice.append(words, ...actions);
  place().append(notice);
  return notice;
}

export function drop(name) {
  document.querySelector(`[data-notice="${CSS.escape(name)}"]`)?.remove();
}

export function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

export function link(label, address) {
  return Object.assign(document.createElement("a"), { href: address, textContent: label });
}

export function linkInNewTab(label, address) {
  return Object.assign(link(label, address), { target: "_blank", rel: "noopener" });
}

/** The page's place for notices; pages without one get it above their content. */
function place() {
  const found = document.querySelector("[data-notices]");
  if (found) return found;
  const made = Object.assign(document.createElement("div"), { className: "notices" });
  made.dataset.notices = "";
  made.setAttribute("role", "status");
  document.querySelector("#content")?.prepend(made);
  return made;
}
