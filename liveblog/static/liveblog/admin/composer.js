/* The composer at work: what each behaviour needs, and which of them this page has. */

import { Draft } from "./draft.js";
import { keepDraft } from "./keeping.js";
import { listenForKeys } from "./keys.js";
import { nameChoices } from "./labels.js";
import { showOthers } from "./others.js";
import { sendByScript } from "./sending.js";
import { actBeside } from "./latest.js";
import { limitUndo } from "./undo.js";

const row = document.querySelector("[data-composer]");
const form = row && row.closest("form");

actBeside();
limitUndo();
if (form && form.elements.client_id && row.querySelector("input[type=submit]")) {
  const draft = new Draft(form);
  await draft.ready();
  keepDraft(draft, row);
  sendByScript(draft, row);
  listenForKeys(form, row);
  nameChoices(form);
  showOthers(row);
}
document.documentElement.dataset.composerReady = "";
