/* Cleans a pasted text: what of it ours may hold, and what was left out. */

const NEVER_SHOWN = "script, style, template, noscript, title, meta, link";
const FRAMES = "iframe, frame, object, embed, video, audio, canvas, svg, math";
const STRUCK_OUT = "del, s, strike";
const BLOCKS = "p, div, ul, ol, li, blockquote, br, h1, h2, h3, h4, h5, h6, pre, section, table";
const BETWEEN_CELLS = " | "; // richtext/tables.py says why
const LINK = /^(?:https?:\/\/[^\s\\/?#]+[^\s\\]*|(?:mailto|tel):[^\s\\]+)$/i; // richtext/links.py
const MEANT_BY_STYLE = [
  ["strong", /font-weight:\s*(?:bold|[6-9]00)/i],
  ["em", /font-style:\s*italic/i],
  ["sup", /vertical-align:\s*super/i],
  ["sub", /vertical-align:\s*sub/i],
];

CKEDITOR.plugins.add("newsroomreader", {
  init(editor) {
    editor.newsroomReader = { readPasted, readPlain, hasWords, isLink };
  },
});

/** Return clean HTML and how much was left out, by its kind. */
function readPasted(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const leftOut = { pictures: 0, frames: 0, struckOut: 0, links: 0, tables: 0 };
  remove(body, NEVER_SHOWN);
  readStyles(body);
  leftOut.frames = remove(body, FRAMES);
  leftOut.pictures = remove(body, "img:not([data-picture]), picture");
  leftOut.struckOut = remove(body, STRUCK_OUT);
  leftOut.links = unlinkDeadLinks(body);
  readWordLists(body);
  body.querySelectorAll("h1, h2, h3, h4, h5, h6").forEach(makeBold);
  body.querySelectorAll("li > p:only-child").forEach(unwrap);
  leftOut.tables = readTables(body);
  tidySpaces(body);
  return { html: body.innerHTML, leftOut };
}

/** Return paragraphs of a plain text: an empty line parts them, any other is a line break. */
function readPlain(text) {
  const paragraphs = plainNoBreaks(text.replace(/\r\n?/g, "\n")).trim().split(/\n{2,}/);
  const encoded = paragraphs.map((each) => CKEDITOR.tools.htmlEncode(each).replaceAll("\n", "<br>"));
  return encoded.filter(Boolean).map((each) => `<p>${each}</p>`).join("");
}

function hasWords(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  remove(body, NEVER_SHOWN);
  return /\S/.test(body.textContent);
}

function isLink(address) {
  return LINK.test(address);
}

function remove(body, selector) {
  const found = [...body.querySelectorAll(selector)].filter((each) => !each.parentElement.closest(selector));
  found.forEach((each) => each.remove());
  return found.length;
}

/** Google Docs says by styles what others say by tags, and wraps the whole in a <b> that is none. */
function readStyles(body) {
  body.querySelectorAll("b, strong").forEach((each) => {
    if (/font-weight:\s*(?:normal|400)/i.test(each.getAttribute("style"))) unwrap(each);
  });
  body.querySelectorAll("b").forEach((each) => rename(each, "strong"));
  body.querySelectorAll("i").forEach((each) => rename(each, "em"));
  body.querySelectorAll("span[style], font[style]").forEach((span) => {
    const style = span.getAttribute("style");
    if (/text-decoration(?:-line)?:[^;]*line-through/i.test(style)) rename(span, "del");
    else MEANT_BY_STYLE.filter(([, meant]) => meant.test(style)).forEach(([tag]) => wrapInside(span, tag));
  });
}

function unlinkDeadLinks(body) {
  const dead = [...body.querySelectorAll("a")].filter((each) => !isLink(each.getAttribute("href")?.trim() ?? ""));
  const shown = dead.filter((each) => each.hasAttribute("href") && each.textContent.trim());
  dead.forEach(unwrap);
  return shown.length;
}

/** Word writes a list as paragraphs, each with its sign in a part that is to be ignored. */
function readWordLists(body) {
  const open = []; // the lists round the paragraph before, the outermost first
  let before = null;
  for (const paragraph of body.querySelectorAll("[style*='mso-list']:not(span)")) {
    const level = Number(/level(\d)/.exec(paragraph.getAttribute("style"))?.[1]);
    if (!level) continue;
    if (paragraph.previousElementSibling !== before) open.length = 0;
    const sign = paragraph.querySelector("[style*='mso-list:Ignore'], [style*='mso-list: Ignore']");
    const kind = /^\s*[\p{L}\d]{1,4}[.)]/u.test(sign?.textContent ?? "") ? "ol" : "ul";
    sign?.remove();
    open.length = Math.min(open.length, level);
    while (open.length < level) {
      const list = document.createElement(kind);
      if (open.length) open.at(-1).lastElementChild.append(list);
      else paragraph.before(list);
      open.push(list);
      if (open.length < level) list.append(document.createElement("li"));
    }
    open.at(-1).append(rename(paragraph, "li"));
    [before] = open;
  }
}

function makeBold(heading) {
  const paragraph = rename(heading, "p");
  wrapInside(paragraph, "strong");
}

/** A row of several filled cells becomes a line, as richtext/tables.py does; how many tables had one. */
function readTables(body) {
  const tables = new Set();
  for (const caption of body.querySelectorAll("caption")) caption.closest("table").before(rename(caption, "p"));
  for (const row of body.querySelectorAll("tr")) {
    const cells = [...row.cells];
    const table = row.closest("table");
    const isLine = cells.filter(isFilled).length > 1 && !row.querySelector("table");
    if (isLine) tables.add(table);
    table.before(...(isLine ? [makeLine(cells)] : cells.flatMap(blocksOf)));
    row.remove();
    if (!table.rows.length) table.remove();
  }
  return tables.size;
}

function isFilled(cell) {
  return /\S/.test(cell.textContent) || cell.querySelector("img") !== null;
}

/** Empty cells keep their place, but for those at the end. */
function makeLine(cells) {
  const line = document.createElement("p");
  const last = cells.findLastIndex(isFilled);
  for (const [index, cell] of cells.slice(0, last + 1).entries()) {
    for (const each of cell.querySelectorAll(BLOCKS)) {
      each.before(" ");
      each.after(" ");
      unwrap(each);
    }
    line.append(index ? BETWEEN_CELLS : "", ...cell.childNodes);
  }
  line.normalize();
  return line;
}

/** Mail lays out its pages in tables: what is in their cells stays as it is. */
function blocksOf(cell) {
  if (cell.querySelector(BLOCKS)) return [...cell.childNodes];
  const paragraph = document.createElement("p");
  paragraph.append(...cell.childNodes);
  return [paragraph];
}

function rename(element, tag) {
  const renamed = document.createElement(tag);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
  return renamed;
}

function wrapInside(element, tag) {
  const inside = document.createElement(tag);
  inside.append(...element.childNodes);
  element.append(inside);
}

function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

/** The editor keeps spaces as they are, so that it never puts no-break spaces; HTML does not. */
function tidySpaces(body) {
  const texts = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    texts.currentNode.data = plainNoBreaks(texts.currentNode.data.replace(/[ \t\r\n\f]+/g, " "));
  }
}

/** Word joins words by no-break spaces; in figures, and beside signs of French, they are meant. */
function plainNoBreaks(text) {
  return text.replace(/ ?\u00a0[ \u00a0]*/g, (space, at) => {
    const [before, after] = [text[at - 1] ?? "", text[at + space.length] ?? ""];
    const isMeant = /[;:!?»%‰€$£°]/.test(after) || before === "«" || (/\d/.test(before) && /\d/.test(after));
    return isMeant ? "\u00a0" : " ";
  });
}
