/* The sources of an update: found by name, new ones in place, each with how it is cited. */

import { ask } from "./requests.js";
import { combo } from "./combo.js";
import { $, make, say, settings } from "./settings.js";

export class Sources {
  constructor(place, changed) {
    this.chips = $("[data-source-chips]", place);
    this.input = $("#desk-sources", place);
    this.changed = changed;
    this.items = [];
    this.combo = combo(this.input, $("#desk-source-list", place), {
      search: async (q) => (await ask(`sources?q=${encodeURIComponent(q)}`)).data.found,
      label: ({ name, kind }) => (kind ? `${name} · ${kind}` : name),
      offersNew: true,
      pick: (item) => this.add(item),
    });
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Backspace" && !this.input.value && this.items.length) this.remove(this.items.at(-1));
    });
  }

  get value() {
    return this.items.map(({ id, name, kind, role, url }) => (id ? { id, name, role, url } : { name, kind, role, url }));
  }

  set value(items) {
    this.items = items.map((each) => ({ role: "reported_by", url: "", ...each }));
    this.combo.clear();
    this.#draw();
  }

  add({ id, name, isNew }) {
    if (this.items.some((each) => each.name === name)) return;
    this.items.push({ id: isNew ? undefined : id, name, kind: "", role: "reported_by", url: "" });
    this.#draw();
    this.changed();
  }

  remove(item) {
    this.items = this.items.filter((each) => each !== item);
    this.#draw();
    this.changed();
    this.input.focus();
  }

  #draw() {
    this.chips.replaceChildren(...this.items.map((each) => this.#chip(each)));
  }

  #chip(item) {
    const { name } = item;
    const role = this.#choice(item, "role", settings.roles, say("sourceRole", { name }));
    const kind = item.id ? [] : [this.#choice(item, "kind", settings.kinds, say("sourceKind", { name }))];
    const link = make("input", { type: "url", value: item.url ?? "", placeholder: "https://", "aria-label": say("sourceLink", { name }) });
    link.addEventListener("input", () => {
      item.url = link.value;
      this.changed();
    });
    const remove = make("button", { type: "button", className: "chip-remove", "aria-label": say("removeSource", { name }) }, "×");
    remove.addEventListener("click", () => this.remove(item));
    return make("li", { className: "chip" }, make("strong", {}, name), ...kind, role, link, remove);
  }

  #choice(item, field, choices, label) {
    const select = make("select", { "aria-label": label }, ...choices.map(([value, words]) => new Option(words, value)));
    select.value = item[field];
    select.addEventListener("change", () => {
      item[field] = select.value;
      this.changed();
    });
    return select;
  }
}
