/* What the editor's own filters lose of a pasted text: headings, table cells, spaces. */

const BEFORE_THE_FILTER = 4; // after CKEditor has read Word's and Google's, before it strips

CKEDITOR.plugins.add("newsroompaste", {
  requires: "clipboard",

  init(editor) {
    editor.on("paste", ({ data }) => {
      const tidy = data.type === "text" ? plainSpaces : tidyPasted;
      data.dataValue = tidy(data.dataValue || "");
    }, null, null, BEFORE_THE_FILTER);
    editor.on("getData", (event) => {
      event.data.dataValue = plainSpacesBesideMarks(event.data.dataValue);
    });
    // The browser's own menu: CKEditor takes it from everything that lacks this class.
    editor.on("contentDom", () => editor.editable().addClass("cke_enable_context_menu"));
  },
});

/** CKEditor writes the spaces of pasted plain text as entities; a real no-break space is none. */
function plainSpaces(html) {
  return html.replaceAll("&nbsp;", " ");
}

/** Where bold or a link begins or ends, CKEditor turns the space that was typed into another. */
function plainSpacesBesideMarks(html) {
  return html
    .replace(/(<\/(?:strong|em|a)>)(?:&nbsp;|\u00a0)(?=[^\s<&])/g, "$1 ")
    .replace(/([^\s>;])(?:&nbsp;|\u00a0)(?=<(?:strong|em|a)\b)/g, "$1 ");
}

function tidyPasted(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  body.querySelectorAll("script, style, template, iframe, object, svg, math").forEach((each) => each.remove());
  body.querySelectorAll("h1, h2, h3, h4, h5, h6").forEach(makeBold);
  body.querySelectorAll("tr").forEach(makeParagraph);
  collapseSpaces(body);
  return body.innerHTML;
}

function makeBold(heading) {
  const paragraph = document.createElement("p");
  const words = document.createElement("strong");
  words.append(...heading.childNodes);
  paragraph.append(words);
  heading.replaceWith(paragraph);
}

function makeParagraph(row) {
  const paragraph = document.createElement("p");
  for (const cell of row.cells) {
    paragraph.append(...cell.childNodes, " ");
  }
  const table = row.closest("table");
  table.before(paragraph);
  row.remove();
  if (!table.rows.length) {
    table.remove();
  }
}

/** The editor keeps spaces as they are, so that it never puts no-break spaces; HTML does not. */
function collapseSpaces(body) {
  const texts = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    texts.currentNode.data = texts.currentNode.data.replace(/[ \t\r\n\f]+/g, " ");
  }
}
