/* The text's editor, behind few words: nothing else of the desk knows CKEditor. */

const ID = "desk-text";

function editor() {
  return window.CKEDITOR?.instances[ID];
}

/** Wait until the editor can be written in. */
export async function ready() {
  while (editor()?.status !== "ready") await new Promise((done) => setTimeout(done, 20));
}

export function read() {
  return editor().getData();
}

/** Replace the text, without a step of "Undo" that would bring the last one back. */
export function write(html) {
  return new Promise((done) => {
    editor().setData(html, {
      callback() {
        editor().resetUndo();
        editor().newsroomSay?.(""); // what was left out of a paste was another text's
        done();
      },
    });
  });
}

/** Put the caret at the end of the text. */
export function focus() {
  editor().focus();
  const range = editor().createRange();
  range.moveToElementEditEnd(editor().editable());
  range.select();
}

export function onChange(listen) {
  editor().on("change", listen);
}
