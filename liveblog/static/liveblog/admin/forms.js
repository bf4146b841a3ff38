/* The scripts of the admin's forms, started by the page's data attributes. */

import { Autosave } from "./autosave.js";
import { FormFields } from "./form_fields.js";
import { forgetBroughtIn, forgetMade } from "./brought_in.js";
import { helpWithClocks } from "./clock_field.js";
import { listenForKeys } from "./keys.js";
import { nameChoices } from "./labels.js";
import { liftLimits, watchLengths } from "./lengths.js";
import { showOthers } from "./others.js";
import { words } from "./page_words.js";
import { Sender, offerLeftBehind } from "./sending.js";
import { watchToken } from "./token.js";

/** Autosave a marked form, and send it by script, unless the browser is to send it. */
async function equip(mark) {
  const form = mark.closest("form");
  const fields = new FormFields(form);
  await fields.ready();
  const { place, where } = mark.dataset;
  const status = mark.querySelector("[data-autosave-status]");
  const autosave = new Autosave(fields, { place, where, status });
  const sender = new Sender(fields, autosave);
  autosave.start();
  if (!("plain" in mark.dataset)) sender.start();
  form.addEventListener("submit", (event) => event.defaultPrevented || autosave.leave());
  listenForKeys(form);
  nameChoices(form);
  liftLimits(form);
  if (mark.dataset.editing) showOthers(mark.dataset.editing, autosave);
  return sender;
}

if (words.person) {
  await forgetBroughtIn();
  forgetMade();
  watchToken();
  helpWithClocks();
  watchLengths();
  const [sender] = await Promise.all([...document.querySelectorAll("[data-autosave]")].map(equip));
  offerLeftBehind(sender);
}
document.documentElement.dataset.formsReady = "";
