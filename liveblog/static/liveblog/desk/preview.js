/* Warnings before something is sent, and readers' view of it beside the text. */

import { ask } from "./requests.js";
import { $, $$, make, say } from "./settings.js";
import { state } from "./composer.js";
import { lengthWarnings } from "./lengths.js";

const PAUSE = 900; // ms without a key
const WIDTHS = { phone: 390, wide: 1100 }; // px of the readers' page
const composer = $("[data-composer]");
const box = $("[data-preview]");
const frame = $("iframe", box);
let size = "phone";
let timer;
let asked = 0;

export function start() {
  document.addEventListener("desk:typed", () => {
    clearTimeout(timer);
    timer = setTimeout(check, PAUSE);
  });
  document.addEventListener("desk:opened", check);
  $("[data-preview-open]").addEventListener("click", toggle);
  for (const each of $$("[data-preview-size]")) each.addEventListener("click", () => resize(each.dataset.previewSize));
  frame.addEventListener("load", fit);
  new ResizeObserver(fit).observe(composer);
}

export function toggle() {
  box.hidden = !box.hidden;
  $("[data-preview-open]").setAttribute("aria-expanded", String(!box.hidden));
  $("[data-preview-sizes]").hidden = box.hidden;
  resize(size);
  if (box.hidden) return;
  check();
  box.scrollIntoView({ block: "nearest" });
}

async function check() {
  const mine = (asked += 1);
  const content = state.content();
  const body = { content: { ...content, pictures: content.pictures.filter(Boolean) }, preview: !box.hidden };
  const answer = await ask(`updates/${state.update}/check`, { body });
  if (mine !== asked) return;
  const local = [...lengthWarnings(composer), ...(state.failedPictures.length ? [pictureFailed()] : []), ...(state.lacksAlt ? [say("altMissing")] : [])];
  showWarnings([...new Set([...local, ...(answer.data.warnings ?? []).filter((each) => each !== say("altMissing"))])]);
  if (!box.hidden && answer.ok) frame.srcdoc = answer.data.preview;
}

/** Says which pictures were refused, by the names of their files. */
export function pictureFailed() {
  return say("pictureFailed", { names: state.failedPictures.join(", ") });
}

function showWarnings(warnings) {
  const place = $("[data-warnings]");
  place.hidden = !warnings.length;
  place.replaceChildren(...warnings.map((each) => make("li", {}, each)));
}

function resize(to) {
  size = to;
  if (box.hidden) delete composer.dataset.previewing;
  else composer.dataset.previewing = size;
  for (const each of $$("[data-preview-size]")) each.setAttribute("aria-pressed", String(each.dataset.previewSize === to));
  fit();
}

/** Draw the page at its own width, as large as there is room. */
function fit() {
  if (box.hidden) return;
  const width = WIDTHS[size];
  const scale = Math.min(1, box.clientWidth / width);
  frame.style.inlineSize = `${width}px`;
  frame.style.transform = `scale(${scale})`;
  frame.style.blockSize = `${box.clientHeight / scale}px`;
}
