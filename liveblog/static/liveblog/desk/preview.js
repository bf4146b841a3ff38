/* Warnings before something is sent, and readers' view of it beside the text. */

import { ask } from "./requests.js";
import { $, $$, make, say } from "./settings.js";
import { state } from "./composer.js";

const PAUSE = 900; // ms without a key
const box = $("[data-preview]");
const frame = $("iframe", box);
let width = 390;
let timer;
let asked = 0;

export function start() {
  document.addEventListener("desk:typed", () => {
    clearTimeout(timer);
    timer = setTimeout(check, PAUSE);
  });
  $("[data-preview-open]").addEventListener("click", toggle);
  for (const each of $$("[data-preview-size]")) each.addEventListener("click", () => resize(Number(each.dataset.previewSize)));
  frame.addEventListener("load", fit);
  addEventListener("resize", fit);
}

export function toggle() {
  box.hidden = !box.hidden;
  $("[data-preview-open]").setAttribute("aria-expanded", String(!box.hidden));
  $("[data-preview-sizes]").hidden = box.hidden;
  if (box.hidden) return;
  check();
  box.scrollIntoView({ block: "nearest" });
}

async function check() {
  const mine = (asked += 1);
  const body = { content: { ...state.content(), pictures: state.content().pictures.filter(Boolean) }, preview: !box.hidden };
  const answer = await ask(`updates/${state.update}/check`, { body });
  if (mine !== asked) return;
  const local = state.lacksAlt ? [say("altMissing")] : [];
  showWarnings([...new Set([...(answer.data.warnings ?? []), ...local])]);
  if (!box.hidden && answer.ok) frame.srcdoc = answer.data.preview;
}

function showWarnings(warnings) {
  const place = $("[data-warnings]");
  place.hidden = !warnings.length;
  place.replaceChildren(...warnings.map((each) => make("li", {}, each)));
}

function resize(to) {
  width = to;
  for (const each of $$("[data-preview-size]")) each.setAttribute("aria-pressed", String(Number(each.dataset.previewSize) === to));
  fit();
}

/** Draw the page at its own width, as large as there is room. */
function fit() {
  if (box.hidden) return;
  const scale = Math.min(1, box.clientWidth / width);
  frame.style.inlineSize = `${width}px`;
  frame.style.transform = `scale(${scale})`;
  frame.style.blockSize = `${box.clientHeight / scale}px`;
}
