/* Pasting: what the text can't hold is left out, which a line below it says. */

const BEFORE_THE_FILTER = 4;
const BEFORE_IT_IS_INSERTED = 900;

CKEDITOR.plugins.add("newsroompaste", {
  requires: "clipboard,newsroomreader",

  init(editor) {
    editor.on("paste", ({ data }) => {
      data.newsroomLeftOut = {};
      if (data.type === "text") {
        data.dataValue = data.dataValue.replaceAll("&nbsp;", " ");
        return;
      }
      const read = editor.newsroomReader.readPasted(data.dataValue || "");
      data.dataValue = read.html;
      data.newsroomLeftOut = read.leftOut;
    }, null, null, BEFORE_THE_FILTER);
    editor.on("paste", ({ data }) => {
      const plain = data.dataTransfer.getData("text/plain") || "";
      const { hasWords, readPlain } = editor.newsroomReader;
      if (plain.trim() && !hasWords(data.dataValue) && !data.newsroomLeftOut.struckOut) {
        data.dataValue = readPlain(plain);
        data.newsroomLeftOut.form = 1;
      }
      sayLeftOut(editor, data.newsroomLeftOut);
    }, null, null, BEFORE_IT_IS_INSERTED);
    editor.on("getData", (event) => {
      event.data.dataValue = plainSpacesBesideMarks(event.data.dataValue);
    });
    // The browser's own menu: CKEditor takes it from everything that lacks this class.
    editor.on("contentDom", () => editor.editable().addClass("cke_enable_context_menu"));
    editor.on("instanceReady", () => addNote(editor));
  },
});

/** Where bold or a link begins or ends, CKEditor turns the space that was typed into another. */
function plainSpacesBesideMarks(html) {
  return html
    .replace(/(<\/(?:strong|em|sup|sub|a)>)(?:&nbsp;|\u00a0)(?=[^\s<&])/g, "$1 ")
    .replace(/([^\s>;])(?:&nbsp;|\u00a0)(?=<(?:strong|em|sup|sub|a)\b)/g, "$1 ");
}

/** The line is there from the start: a screen reader speaks what comes into it. */
function addNote(editor) {
  const note = document.createElement("p");
  note.className = "rich-text-note";
  note.setAttribute("role", "status");
  editor.container.$.after(note);
  editor.newsroomSay = (words) => {
    note.textContent = words;
  };
}

function sayLeftOut(editor, { pictures, frames, struckOut, links, tables, form }) {
  // Each word inside a call of gettext's own: makemessages finds no others.
  const counted = (count, words) => count && words.replace("%s", count);
  const things = [
    counted(pictures, ngettext("%s picture", "%s pictures", pictures)),
    counted(frames, ngettext("%s frame or film", "%s frames or films", frames)),
    struckOut && gettext("words that were struck out"),
    counted(links, ngettext("%s link that leads nowhere", "%s links that lead nowhere", links)),
    counted(tables, ngettext("the grid of %s table, whose rows are lines now", "the grids of %s tables, whose rows are lines now", tables)),
    form && gettext("all but the plain words"),
  ].filter(Boolean);
  const loss = things.length ? gettext("Left out of what was pasted: %s.").replace("%s", things.join(", ")) : "";
  const hint = pictures ? gettext("A picture that is saved as a file can be dropped into the text.") : "";
  editor.newsroomSay?.([loss, hint].filter(Boolean).join(" "));
}
