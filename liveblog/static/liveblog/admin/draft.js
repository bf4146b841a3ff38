/* What stands in the form: read as plain data, and put back. */

const NOT_WRITTEN = new Set(["csrfmiddlewaretoken", "made_from", "client_id"]);

export class Draft {
  constructor(form) {
    this.form = form;
  }

  /** Wait until the text's editor stands: it brings the text into its own shape. */
  async ready() {
    await new Promise((done) => {
      const look = () => (this.#editors().every((each) => each.status === "ready") ? done() : setTimeout(look, 50));
      look();
    });
  }

  get id() {
    return this.form.elements.client_id.value;
  }

  /** All fields: `[name, value, label]`, the label of what was chosen by its name. */
  read() {
    this.#editors().forEach((each) => each.updateElement());
    return [...new FormData(this.form)]
      .filter(([name, value]) => !NOT_WRITTEN.has(name) && typeof value === "string")
      .map(([name, value]) => [name, value, this.#labelOf(name, value)]);
  }

  write(fields) {
    this.#makeRows(fields);
    for (const each of this.form.querySelectorAll("input[type=checkbox], input[type=radio]")) {
      each.checked = fields.some(([name, value]) => name === each.name && value === each.value);
    }
    for (const [name, value, label] of fields) this.#put(name, value, label);
  }

  #editors() {
    const areas = [...this.form.querySelectorAll("textarea[data-type=ckeditortype]")];
    const instances = (window.CKEDITOR && window.CKEDITOR.instances) || {};
    return areas.map((each) => instances[each.id] || { status: "absent", updateElement() {} });
  }

  #labelOf(name, value) {
    const field = this.form.elements[name];
    const chosen = field?.tagName === "SELECT" && [...field.options].find((each) => each.value === value);
    return chosen ? chosen.textContent : "";
  }

  #put(name, value, label) {
    const field = this.form.elements[name];
    if (!(field instanceof Element) || ["checkbox", "radio", "submit"].includes(field.type)) return;
    if (name.endsWith("_FORMS")) return;
    const editor = window.CKEDITOR?.instances[field.id];
    if (editor) return editor.setData(value);
    if (field.tagName === "SELECT" && value && ![...field.options].some((each) => each.value === value)) {
      field.append(new Option(label, value));
    }
    field.value = value;
    if (field.tagName === "SELECT") window.django?.jQuery(field).trigger("change");
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
