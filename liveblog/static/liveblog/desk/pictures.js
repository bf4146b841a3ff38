/* Pictures after the text: picked, photographed, pasted or dropped; uploaded while one writes on. */

import { ask } from "./requests.js";
import { combo } from "./combo.js";
import { announce } from "./notices.js";
import { $, make, say, settings } from "./settings.js";
import { asText, describe, savedWordsOf, upload } from "./uploads.js";

let count = 0;

/** Browsers know no type of an iPhone's HEIC: the server refuses it in words that help. */
const isPicture = ({ type, name }) => type.startsWith("image/") || /\.hei[cf]$/i.test(name);

/** Why the server would not take a file, as far as the browser knows; "" where it may. */
function whyRefused({ type, size }) {
  if (type && !settings.pictureTypes.includes(type) && !/^image\/hei[cf]/.test(type)) return say("pictureType");
  return size > settings.pictureMaxMB * 2 ** 20 ? say("pictureTooLarge", { most: settings.pictureMaxMB }) : "";
}

/** Words that are too long stay in their field: the picture is uploaded without them. */
function withoutTooLong(item) {
  const long = Object.entries(settings.mostOfPicture).filter(([name, most]) => [...(item[name] ?? "")].length > most);
  return { ...item, ...Object.fromEntries(long.map(([name]) => [name, ""])) };
}

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
    // A file that is dropped beside the composer would take the desk's place.
    for (const name of ["dragover", "drop"]) {
      document.addEventListener(name, (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
    }
  }

  /** The pictures as they are kept: those not uploaded yet with their files. */
  get value() {
    return this.items.map(({ id, file, image, alt, is_decorative, caption, credit, savedWords }) => ({ id, file: id ? null : file, image, alt, is_decorative, caption, credit, savedWords }));
  }

  set value(items) {
    this.items = items.map((each) => ({ ...each, savedWords: savedWordsOf(each), key: (count += 1) }));
    this.list.replaceChildren(...this.items.map((each) => this.#row(each)));
    for (const each of this.items) if (!each.id && each.file) this.#upload(each);
  }

  get lacksWords() {
    return this.items.some(({ alt, is_decorative, isFailed }) => !alt && !is_decorative && !isFailed);
  }

  /** Names of the pictures that were refused: nothing goes out with them. */
  get failed() {
    return this.items.flatMap(({ isFailed, file }, at) => (isFailed ? [file?.name || say("pictureNumber", { number: at + 1 })] : []));
  }

  /** The fields of the credits, each to be settled before the pictures are sent. */
  get credits() {
    return this.items.map((each) => each.combo);
  }

  addFiles(files) {
    const pictures = [...files].filter(isPicture);
    if (pictures.length < files.length) announce(say("onlyPictures"), { tone: "bad" });
    for (const [at, file] of pictures.entries()) {
      const item = { key: (count += 1), id: null, file, alt: "", is_decorative: false, caption: "", credit: null };
      this.items.push(item);
      const row = this.#row(item);
      this.list.append(row);
      if (at === 0) $("input", row).focus();
      this.#upload(item);
    }
    this.changed();
  }

  #take(event, transfer) {
    const files = [...(transfer?.files ?? [])];
    const hasWords = event.type === "paste" && transfer.getData("text/plain").trim(); // Word gives a picture of them too
    if (!files.length || hasWords || event.defaultPrevented) return;
    event.preventDefault();
    this.addFiles(files);
  }

  async #upload(item) {
    const why = whyRefused(item.file);
    if (why) return this.#fail(item, why);
    this.#tell(item, say("uploading", { percent: 0 }));
    const sent = withoutTooLong(item);
    const answer = await upload(sent, { progress: (percent) => this.#tell(item, say("uploading", { percent }), percent) });
    if (!this.items.includes(item)) return;
    if (answer.ok) {
      Object.assign(item, { id: answer.data.id, image: answer.data.image, file: null, savedWords: asText(sent) });
      this.#tell(item, "");
      this.#describe(item);
    } else {
      const why = Object.values(answer.data.errors ?? {}).flat().join(" ") || answer.data.error;
      const isLater = answer.isOffline || answer.isSignedOut || answer.isOtherPerson;
      if (why && !isLater) return this.#fail(item, why);
      this.#tell(item, say("uploadLater"));
    }
    this.changed();
  }

  #fail(item, why) {
    item.isFailed = true;
    this.#tell(item, say("uploadFailed", { why }));
    this.changed();
  }

  /** Save the words of a picture as they are; what does not arrive goes with the update. */
  async #describe(item) {
    if (!item.id || asText(withoutTooLong(item)) !== asText(item)) return;
    const answer = await describe(item);
    if (answer.ok) item.savedWords = answer.savedWords;
  }

  #row(item) {
    const image = make("img", { alt: "", src: item.image ?? (item.file ? URL.createObjectURL(item.file) : "") });
    image.addEventListener("error", () => image.removeAttribute("src")); // its status says why
    const alt = this.#field(item, "alt", say("alt"));
    const tick = make("input", { type: "checkbox", checked: item.is_decorative });
    tick.addEventListener("change", () => {
      item.is_decorative = tick.checked;
      this.#save(item);
    });
    const list = make("ul", { id: `credit-${item.key}`, role: "listbox", hidden: true, "aria-label": say("suggestions") });
    const credit = make("input", { className: item.credit ? "is-chosen" : "", placeholder: item.credit?.name ?? say("credit"), "aria-label": say("credit"), role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": list.id });
    item.combo = combo(credit, list, {
      search: async (q) => (await ask(`sources?q=${encodeURIComponent(q)}`)).data.found,
      offersNew: true,
      pick: ({ id, name }) => {
        item.credit = { id, name };
        credit.placeholder = name;
        credit.className = "is-chosen";
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
    const input = make("input", { value: item[name] ?? "", placeholder: label, "aria-label": label, dataset: { most: settings.mostOfPicture[name] } });
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
    $(".picture-status", row).classList.toggle("bad", Boolean(item.isFailed));
    const bar = $("progress", row);
    bar.hidden = !words || percent === undefined;
    bar.value = percent ?? 0;
  }
}
