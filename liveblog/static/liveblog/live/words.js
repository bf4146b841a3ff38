/* What the page says, in its story's language: the server sent the words. */

const { lang } = document.documentElement;
const plural = new Intl.PluralRules(lang);
const list = new Intl.ListFormat(lang, { style: "short", type: "unit" });

export class Words {
  constructor(json) {
    Object.assign(this, JSON.parse(json));
  }

  count(name, number) {
    const forms = this[name];
    return (forms[plural.select(number)] ?? forms.other).replace("%s", number);
  }

  list(words) {
    return list.format(words);
  }
}
