/* What the page tells its scripts: addresses, rights, words. */

export const settings = JSON.parse(document.getElementById("desk-settings").textContent);

/** Say a word of the page's language, with what is in braces filled in. */
export function say(name, values = {}) {
  return (settings.words[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

export function $(selector, place = document) {
  return place.querySelector(selector);
}

export function $$(selector, place = document) {
  return [...place.querySelectorAll(selector)];
}

/** Make an element: `make("button", { type: "button", dataset: { verb } }, "Publish")`. */
export function make(name, properties = {}, ...children) {
  const made = document.createElement(name);
  const { dataset, ...rest } = properties;
  for (const [key, value] of Object.entries(rest)) {
    if (key.includes("-") || key === "role") made.setAttribute(key, value);
    else made[key] = value;
  }
  Object.assign(made.dataset, dataset);
  made.append(...children);
  return made;
}
