/* Who signs an update. */

import { ask } from "./requests.js";
import { combo } from "./combo.js";
import { $, make, say } from "./settings.js";

export class Bylines {
  constructor(place, changed) {
    this.chips = $("[data-byline-chips]", place);
    this.changed = changed;
    this.items = [];
    this.combo = combo($("#desk-people", place), $("#desk-people-list", place), {
      search: async (q) => (await ask(`people?q=${encodeURIComponent(q)}`)).data.found,
      pick: (person) => this.#set([...this.items.filter(({ id }) => id !== person.id), person]),
    });
  }

  get value() {
    return this.items;
  }

  set value(items) {
    this.items = items;
    this.combo.clear();
    this.#draw();
  }

  #set(items) {
    this.value = items;
    this.changed();
  }

  #draw() {
    this.chips.replaceChildren(
      ...this.items.map((each) => {
        const remove = make("button", { type: "button", className: "chip-remove", "aria-label": say("removeSource", each) }, "×");
        remove.addEventListener("click", () => this.#set(this.items.filter((other) => other !== each)));
        return make("li", { className: "chip" }, make("strong", {}, each.name), remove);
      }),
    );
  }
}
