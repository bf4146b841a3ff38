/* What is in a form: read as plain data, put back, and emptied for the next text. */

// "select" ticks what one answer of the server lists.
const NOT_WRITTEN = new Set(["csrfmiddlewaretoken", "made_from", "client_id", "select"]);
const MARK = "mark-"; // liveblog/admin/document_form.py
const FIRST_WORDS = 80; // characters

export class FormFields {
  constructor(form) {
    this.form = form;
    this.ownId = crypto.randomUUID();
    form.addEventListener("input", ({ target }) => target.matches("textarea, input[type=file]") && this.#dropUnseen());
  }

  /** Wait until the text's editor has loaded: it normalises the text. */
  async ready() {
    await new Promise((done) => {
      const look = () => (this.#editors().every((each) => each.status === "ready") ? done() : setTimeout(look, 50));
      look();
    });
  }

  /** The id of the row that is written, where the form names one. */
  get id() {
    return this.form.elements.client_id?.value || this.ownId;
  }

  get madeFrom() {
    return this.form.elements.made_from?.value;
  }

  /** All fields that a person writes: `[name, value, label]`, the label of what was chosen by its name. */
  read() {
    return [...this.data()]
      .filter(([name, value]) => typeof value === "string" && this.#isWritten(name))
      .map(([name, value]) => [name, value, this.#labelOf(name, value)]);
  }

  /** Everything that the browser would send, files and hidden fields too. */
  data() {
    this.#editors().forEach((each) => each.updateElement());
    return new FormData(this.form);
  }

  /** Files don't fit into the browser's storage, and passwords don't belong there. */
  get isStorable() {
    return !this.hasFile && !this.form.querySelector("input[type=password]");
  }

  get fileName() {
    return [...this.form.querySelectorAll("input[type=file]")].flatMap((each) => [...each.files])[0]?.name ?? "";
  }

  get hasFile() {
    return [...this.form.querySelectorAll("input[type=file]")].some((each) => each.files.length > 0);
  }

  write(fields, { id, madeFrom } = {}) {
    this.#makeRows(fields);
    this.#makeUnseen(fields);
    for (const each of this.form.querySelectorAll("input[type=checkbox], input[type=radio]")) {
      each.checked = fields.some(([name, value]) => name === each.name && value === each.value);
    }
    this.#unselect();
    const named = new Set(fields.map(([name]) => name));
    for (const { name } of this.form.elements) if (this.#isWritten(name) && !named.has(name)) this.#put(name, "", "");
    for (const [name, value, label] of fields) this.#put(name, value, label);
    this.become(id, madeFrom);
  }

  /** Let the form stand for another row, or for another version of it. */
  become(id, madeFrom) {
    const { client_id: own, made_from: version } = this.form.elements;
    if (id && own) own.value = id;
    if (id && !own) this.ownId = id;
    if (madeFrom !== undefined && version) version.value = madeFrom;
  }

  /** Hidden fields are the page's: a note that comes back must not choose other rows than it shows. */
  #isWritten(name) {
    const isPages = ["password", "hidden"].includes(this.form.elements[name]?.type);
    return Boolean(name) && !NOT_WRITTEN.has(name) && (!isPages || name.endsWith("-TOTAL_FORMS"));
  }

  #editors() {
    const areas = [...this.form.querySelectorAll("textarea[data-type=ckeditortype]")];
    const instances = (window.CKEDITOR && window.CKEDITOR.instances) || {};
    // Where the editor's script could not be loaded its field is a plain one.
    const status = window.CKEDITOR || document.readyState !== "complete" ? "absent" : "ready";
    return areas.map((each) => instances[each.id] || { status, updateElement() {} });
  }

  #labelOf(name, value) {
    const field = this.form.elements[name];
    const chosen = field?.tagName === "SELECT" && [...field.options].find((each) => each.value === value);
    return chosen ? chosen.textContent : "";
  }

  #unselect() {
    for (const each of this.form.querySelectorAll("select[multiple] option")) each.selected = false;
  }

  #put(name, value, label) {
    const field = this.form.elements[name];
    if (!(field instanceof Element) || ["checkbox", "radio", "submit", "file"].includes(field.type)) return;
    if (name.endsWith("_FORMS")) return;
    const editor = window.CKEDITOR?.instances[field.id];
    if (editor) return editor.setData(value);
    if (field.tagName === "SELECT") return this.#choose(field, value, label);
    field.value = value;
  }

  #choose(field, value, label) {
    if (value && ![...field.options].some((each) => each.value === value)) field.append(new Option(label, value));
    if (!field.multiple) field.value = value;
    for (const each of field.options) if (each.value === value) each.selected = true;
    window.django?.jQuery(field).trigger("change");
  }

  /** The marks on a document's lines have fields only once it was read: they wait unseen till then. */
  #makeUnseen(fields) {
    for (const [name, value] of fields) {
      if (!name.startsWith(MARK) || this.form.elements[name]) continue;
      this.form.append(Object.assign(document.createElement("input"), { type: "radio", name, value, hidden: true }));
    }
  }

  /** They were made for lines of the text as it was. */
  #dropUnseen() {
    this.form.querySelectorAll(`input[type=radio][name^=${MARK}][hidden]`).forEach((each) => each.remove());
  }

  /** Add rows of sources, bylines and pictures until there are as many as there were. */
  #makeRows(fields) {
    for (const [name, value] of fields) {
      const total = name.endsWith("-TOTAL_FORMS") && this.form.elements[name];
      const group = total && total.closest(".inline-group");
      for (let tries = 0; group && Number(total.value) < Number(value) && tries < 50; tries += 1) {
        group.querySelector(".add-row a")?.click();
      }
    }
  }
}

/** Tell whether two readings say the same; empty rows say nothing. */
export function sameWords(one, other) {
  const words = (fields) =>
    JSON.stringify(fields.filter(([name, value]) => value && !name.endsWith("_FORMS")).map(([name, value]) => [name, value]).sort());
  return words(one) === words(other);
}

/**
 * The beginning of what was written since `before`: a headline, else a name, else the longest text.
 *
 * `fileName` says what is sent where nothing was written.
 */
export function firstWords(all, before = [], fileName = "") {
  const were = new Set(before.map(([name, value]) => `${name}:${value}`));
  const changed = all.filter(([name, value]) => value && !were.has(`${name}:${value}`));
  if (changed.length === 0 && fileName) return fileName;
  const fields = changed.length > 0 ? changed : all;
  const find = (name) => fields.find(([each, value]) => each === name && value.trim())?.[1];
  const longest = fields.filter(([name]) => !name.endsWith("_FORMS")).map(([, value]) => value).sort((a, b) => b.length - a.length)[0];
  const text = find("headline") || find("name") || find("body") || find("note") || longest || "";
  const plain = new DOMParser().parseFromString(text, "text/html").body.textContent.trim().replace(/\s+/g, " ");
  return plain.length > FIRST_WORDS ? `${plain.slice(0, FIRST_WORDS)}…` : plain;
}
