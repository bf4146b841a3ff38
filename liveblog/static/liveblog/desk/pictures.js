/* Pictures after the text: picked, photographed, pasted or dropped; uploaded while one writes on. */

import { ask } from "./requests.js";
import { combo } from "./combo.js";
import { $, make, say } from "./settings.js";
import { upload } from "./uploads.js";

let count = 0;

export class Pictures {
  constructor(composer, changed) {
    this.list = $("[data-pictures]", composer);
    this.changed = changed;
    this.items = [];
    for (const name of ["picture", "camera"]) {
      const input = $(`[data-${name}-input]`, composer);
      input.addEventListener("change", () => {
        this.addFiles(input.files);
        input.value = "";
      });
    }
    composer.addEventListener("paste", (event) => this.#take(event, event.clipboardData));
    composer.addEventListener("drop", (event) => this.#take(event, event.dataTransfer));
    composer.addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
  }

  /** The pictures as they are kept: those not uploaded yet with their files. */
  get value() {
    return this.items.map(({ id, file, image, alt, is_decorative, caption, credit }) => ({ id, file: id ? null : file, image, alt, is_decorative, caption, credit }));
  }

  set value(items) {
    this.items = items.map((each) => ({ ...each, key: (count += 1) }));
    this.list.replaceChildren(...this.items.map((each) => this.#row(each)));
    for (const each of this.items) if (!each.id && each.file) this.#upload(each);
  }

  get lacksWords() {
    return this.items.some(({ alt, is_decorative }) => !alt && !is_decorative);
  }

  addFiles(files) {
    for (const file of files) {
      if (!file.type.startsWith("image/")) continue;
      const item = { key: (count += 1), id: null, file, alt: "", is_decorative: false, caption: "", credit: null };
      this.items.push(item);
      const row = this.#row(item);
      this.list.append(row);
      $("input", row).focus();
      this.#upload(item);
    }
    this.changed();
  }

  #take(event, transfer) {
    const files = [...(transfer?.files ?? [])].filter(({ type }) => type.startsWith("image/"));
    if (!files.length || event.defaultPrevented) return;
    event.preventDefault();
    this.addFiles(files);
  }

  async #upload(item) {
    this.#tell(item, say("uploading", { percent: 0 }));
    const answer = await upload(item, { progress: (percent) => this.#tell(item, say("uploading", { percent }), percent) });
    if (!this.items.includes(item)) return;
    if (answer.ok) {
      Object.assign(item, { id: answer.data.id, image: answer.data.image, file: null });
      this.#tell(item, "");
      this.#describe(item);
    } else {
      const why = Object.values(answer.data.errors ?? {}).flat().join(" ") || answer.data.error;
      this.#tell(item, answer.isOffline || !why ? say("uploadLater") : say("uploadFailed", { why }));
    }
    this.changed();
  }

  /** The words of a picture are saved with it, as they stand. */
  async #describe(item) {
    if (!item.id || !(item.alt || item.is_decorative || item.caption || item.credit)) return;
    const { alt, is_decorative, caption, credit } = item;
    await ask(`pictures/${item.id}`, { body: { alt, is_decorative, caption, credit: credit?.id ?? "" } });
  }

  #row(item) {
    const image = make("img", { alt: "", src: item.image ?? (item.file ? URL.createObjectURL(item.file) : "") });
    const alt = this.#field(item, "alt", say("alt"));
    const tick = make("input", { type: "checkbox", checked: item.is_decorative });
    tick.addEventListener("change", () => {
      item.is_decorative = tick.checked;
      this.#save(item);
    });
    const list = make("ul", { id: `credit-${item.key}`, role: "listbox", hidden: true, "aria-label": say("suggestions") });
    const credit = make("input", { placeholder: item.credit?.name ?? say("credit"), "aria-label": say("credit"), role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": list.id });
    combo(credit, list, {
      search: async (q) => (await ask(`sources?q=${encodeURIComponent(q)}`)).data.found,
      pick: (source) => {
        item.credit = source;
        credit.placeholder = source.name;
        this.#save(item);
      },
    });
    const remove = make("button", { type: "button" }, say("remove"));
    remove.addEventListener("click", () => {
      this.items = this.items.filter((each) => each !== item);
      $(`[data-picture="${item.key}"]`, this.list).remove();
      this.changed();
    });
    const words = make("div", { className: "picture-words" }, alt, this.#field(item, "caption", say("caption")), make("span", { className: "combo" }, credit, list), make("label", { className: "tick" }, tick, ` ${say("decorative")}`), remove, make("span", { className: "picture-status", role: "status" }));
    return make("li", { dataset: { picture: item.key } }, image, words, make("progress", { max: 100, value: 0, hidden: true, "aria-label": say("uploading", { percent: "" }) }));
  }

  #field(item, name, label) {
    const input = make("input", { value: item[name] ?? "", placeholder: label, "aria-label": label, maxLength: name === "alt" ? 500 : 1000 });
    input.addEventListener("input", () => {
      item[name] = input.value;
      this.changed();
    });
    input.addEventListener("change", () => this.#save(item));
    return input;
  }

  #save(item) {
    this.changed();
    this.#describe(item);
  }

  #tell(item, words, percent) {
    const row = $(`[data-picture="${item.key}"]`, this.list);
    if (!row) return;
    $(".picture-status", row).textContent = words;
    const bar = $("progress", row);
    bar.hidden = !words || percent === undefined;
    bar.value = percent ?? 0;
  }
}
