/* A picture from the editor's own machine: chosen, pasted or dropped, with its words. */

CKEDITOR.plugins.add("newsroomupload", {
  requires: "newsroomreader",

  init(editor) {
    editor.newsroomUpload = (file) => askToUpload(editor, file);
    editor.newsroomInsertPicture = (id) => insertPicture(editor, id);
    editor.on("contentDom", () => takeFiles(editor, editor.editable().$));
  },
});

/** Upload files that are pasted or dropped, before CKEditor makes something else of them. */
function takeFiles(editor, editable) {
  const take = (event, transfer) => {
    const html = transfer?.getData("text/html") ?? "";
    if (!transfer?.files.length || editor.newsroomReader.hasWords(html)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.type === "drop") putCaret(editor, event);
    uploadEach(editor, [...transfer.files]);
  };
  editable.addEventListener("paste", (event) => take(event, event.clipboardData), true);
  editable.addEventListener("drop", (event) => take(event, event.dataTransfer), true);
  editable.addEventListener("dragover", (event) => {
    if (event.dataTransfer.types.includes("Files")) event.preventDefault();
  });
}

/** Put the caret behind the paragraph that something was dropped on. */
function putCaret(editor, { clientX, clientY }) {
  const point = document.caretRangeFromPoint?.(clientX, clientY);
  editor.focus();
  if (!point) return;
  getSelection().collapse(point.startContainer, point.startOffset);
  const { block } = editor.elementPath();
  const range = editor.createRange();
  if (block && range.moveToElementEditEnd(block)) range.select();
}

async function uploadEach(editor, files) {
  const pictures = files.filter((each) => each.type.startsWith("image/") || /\.hei[cf]$/i.test(each.name));
  editor.newsroomSay?.(pictures.length < files.length ? gettext("Only pictures can be put into the text.") : "");
  for (const file of pictures) {
    const bookmarks = editor.getSelection()?.createBookmarks2(true);
    const id = await askToUpload(editor, file);
    editor.focus();
    if (bookmarks) editor.getSelection().selectBookmarks(bookmarks);
    insertPicture(editor, id);
  }
}

function insertPicture(editor, id) {
  if (!/^[0-9a-f-]{36}$/.test(id)) return;
  const source = `/admin/liveblog/picture/${id}/image/`;
  editor.insertHtml(`<p><img alt="" data-picture="${id}" src="${source}"></p>`);
}

/** Open the upload's window; resolve to the new picture's id, or to nothing. */
function askToUpload(editor, file) {
  const dialog = buildDialog();
  const form = dialog.querySelector("form");
  const input = form.elements.upload;
  input.addEventListener("change", () => showPreview(form));
  form.querySelector("[data-cancel]").addEventListener("click", () => dialog.close(""));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    upload(editor, dialog);
  });
  document.body.append(dialog);
  dialog.showModal();
  if (file) {
    const chosen = new DataTransfer();
    chosen.items.add(file);
    input.files = chosen.files;
    showPreview(form);
    form.elements.alt.focus();
  }
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      URL.revokeObjectURL(form.querySelector("img").src);
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
}

function buildDialog() {
  const dialog = document.createElement("dialog");
  dialog.className = "newsroom-dialog newsroom-upload";
  dialog.setAttribute("aria-label", gettext("Upload a picture"));
  dialog.innerHTML = `
    <form novalidate>
      <img alt="" hidden>
      <label>${gettext("File")}
        <input type="file" name="upload" accept="image/jpeg,image/png,image/webp,image/avif,image/gif">
      </label>
      <label>${gettext("Alternative text: what the picture shows")}
        <input name="alt" autocomplete="off">
      </label>
      <label class="newsroom-tick"><input type="checkbox" name="is_decorative">
        ${gettext("Decorative: it needs no words")}
      </label>
      <label>${gettext("Caption")} <input name="caption" autocomplete="off"></label>
      <label>${gettext("Credit: who took it or gave it")}
        <input name="credit_name" autocomplete="off">
      </label>
      <p class="newsroom-refusal" role="alert"></p>
      <menu>
        <button class="button default">${gettext("Upload and insert")}</button>
        <button type="button" class="button" data-cancel>${gettext("Cancel")}</button>
      </menu>
    </form>`;
  return dialog;
}

function showPreview(form) {
  const preview = form.querySelector("img");
  const [file] = form.elements.upload.files;
  preview.hidden = true;
  URL.revokeObjectURL(preview.src);
  if (!file) return;
  preview.addEventListener("load", () => { preview.hidden = false; }, { once: true });
  preview.src = URL.createObjectURL(file);
}

async function upload(editor, dialog) {
  const form = dialog.querySelector("form");
  const said = form.querySelector("[role=alert]");
  const button = form.querySelector("button.default");
  button.disabled = true;
  said.textContent = gettext("Uploading…");
  const { id, errors } = await send(editor.config, form);
  button.disabled = false;
  if (id) {
    dialog.close(id);
    return;
  }
  said.textContent = Object.values(errors).flat().join(" ");
  form.elements[Object.keys(errors)[0]]?.focus();
}

async function send({ pictureUploadUrl, pictureMaxMB }, form) {
  const [file] = form.elements.upload.files;
  if (file?.size > pictureMaxMB * 2 ** 20) {
    const tooLarge = gettext("The file has more than %s MB, which is the most.").replace("%s", pictureMaxMB);
    return { errors: { upload: [tooLarge] } };
  }
  try {
    const headers = { "X-CSRFToken": readToken(), Accept: "application/json" };
    const answer = await fetch(pictureUploadUrl, { method: "POST", headers, body: new FormData(form) });
    if ([201, 400, 413, 507].includes(answer.status)) return await answer.json();
  } catch {
    // No network, or no JSON: the same answer as for any other failure.
  }
  const failed = gettext("The picture was not uploaded. What you wrote is kept: try again.");
  return { errors: { upload: [failed] } };
}

/** The cookie's, which another tab may have renewed, before the page's. */
function readToken() {
  const cookie = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
  return cookie?.[1] ?? document.querySelector("[name=csrfmiddlewaretoken]").value;
}
