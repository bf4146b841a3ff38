/* The editor's Picture button: choose or upload a picture and put it into the text. */

const MOST_PICTURE_BYTES = 20 * 2 ** 20; // the server's limit: interchange/pictures.py

CKEDITOR.plugins.add("newsroompicture", {
  init(editor) {
    editor.addCommand("newsroompicture", {
      exec: () => openPictureDialog(editor),
      async: true,
      allowedContent: "img[!data-picture,src,alt]",
      requiredContent: "img[data-picture]",
    });
    editor.ui.addButton("Picture", {
      label: gettext("Picture"),
      command: "newsroompicture",
      toolbar: "insert",
      icon: `${this.path}icons/picture.svg`,
    });
  },
});

function openPictureDialog(editor) {
  const bookmarks = editor.getSelection()?.createBookmarks2(true);
  const dialog = buildPictureDialog();
  const search = dialog.querySelector("input[type=search]");
  const list = dialog.querySelector("ul");
  let asked = 0;
  let timer;

  const show = async () => {
    const mine = ++asked;
    const answer = await askForPictures(editor.config.picturesUrl, search.value);
    if (mine === asked) {
      fillList(list, answer);
    }
  };
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, 250);
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      list.querySelector("button")?.focus();
    }
  });
  wireUpload(dialog, editor.config.pictureUploadUrl);
  dialog.addEventListener("close", () => {
    clearTimeout(timer);
    dialog.remove();
    editor.focus();
    if (bookmarks) {
      editor.getSelection().selectBookmarks(bookmarks);
    }
    insertPicture(editor, dialog.returnValue);
  });
  document.body.append(dialog);
  dialog.showModal();
  search.focus();
  show();
}

function buildPictureDialog() {
  const dialog = document.createElement("dialog");
  dialog.className = "newsroom-dialog newsroom-pictures";
  dialog.innerHTML = `
    <form method="dialog">
      <label>${gettext("Search pictures")}
        <input type="search" autocomplete="off">
      </label>
      <ul role="list" aria-live="polite"></ul>
      <menu>
        <button type="button" class="button" data-upload>${gettext("Upload…")}</button>
        <button value="" class="button" formnovalidate>${gettext("Cancel")}</button>
      </menu>
    </form>
    <form class="newsroom-upload" hidden novalidate>
      <label>${gettext("File")}
        <input type="file" name="upload" accept="image/jpeg,image/png,image/webp,image/avif,image/gif">
      </label>
      <label>${gettext("Alternative text: what the picture shows")}
        <input name="alt" maxlength="500" autocomplete="off">
      </label>
      <label class="newsroom-tick"><input type="checkbox" name="is_decorative">
        ${gettext("Decorative: it needs no words")}
      </label>
      <label>${gettext("Caption")} <input name="caption" maxlength="1000" autocomplete="off"></label>
      <p class="newsroom-told" role="alert"></p>
      <menu>
        <button class="button default">${gettext("Upload and insert")}</button>
        <button type="button" class="button" data-back>${gettext("Back")}</button>
      </menu>
    </form>`;
  return dialog;
}

/** Show the upload's form in place of the choice; an upload that was taken closes the dialog. */
function wireUpload(dialog, url) {
  const [choice, upload] = dialog.querySelectorAll("form");
  const told = upload.querySelector(".newsroom-told");
  const turn = (isUpload) => {
    choice.hidden = isUpload;
    upload.hidden = !isUpload;
    (isUpload ? upload.elements.upload : choice.querySelector("input")).focus();
  };
  choice.querySelector("[data-upload]").addEventListener("click", () => turn(true));
  upload.querySelector("[data-back]").addEventListener("click", () => turn(false));
  upload.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = upload.querySelector("button.default");
    button.disabled = true;
    told.textContent = gettext("Uploading…");
    const { id, errors } = await sendPicture(url, upload);
    button.disabled = false;
    if (id) {
      dialog.close(id);
    } else {
      told.textContent = Object.values(errors).flat().join(" ");
      upload.elements[Object.keys(errors)[0]]?.focus();
    }
  });
}

async function sendPicture(url, form) {
  const [file] = form.elements.upload.files;
  if (file?.size > MOST_PICTURE_BYTES) {
    return { errors: { upload: [gettext("The file has more than 20 MB, which is the most.")] } };
  }
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const headers = { "X-CSRFToken": token, Accept: "application/json" };
  try {
    const answer = await fetch(url, { method: "POST", headers, body: new FormData(form) });
    if ([201, 400, 413].includes(answer.status)) {
      return await answer.json();
    }
  } catch {
    // No network, or no JSON: the same answer as for any other failure.
  }
  const failed = gettext("The picture was not uploaded. What you wrote is kept: try again.");
  return { errors: { upload: [failed] } };
}

async function askForPictures(url, words) {
  try {
    const answer = await fetch(`${url}?q=${encodeURIComponent(words)}`);
    return answer.ok ? (await answer.json()).pictures : null;
  } catch {
    return null;
  }
}

function fillList(list, pictures) {
  if (pictures?.length) {
    list.replaceChildren(...pictures.map(buildChoice));
    return;
  }
  const item = document.createElement("li");
  item.textContent = pictures
    ? gettext("No picture found.")
    : gettext("The pictures could not be loaded. Close this and try again.");
  list.replaceChildren(item);
}

function buildChoice(picture) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  const image = document.createElement("img");
  const words = document.createElement("span");
  button.value = picture.id;
  image.src = picture.image;
  image.alt = "";
  image.loading = "lazy";
  words.textContent = picture.title;
  button.append(image, words);
  item.append(button);
  return item;
}

function insertPicture(editor, id) {
  if (!/^[0-9a-f-]{36}$/.test(id)) {
    return;
  }
  const source = `/admin/liveblog/picture/${id}/image/`;
  editor.insertHtml(`<p><img alt="" data-picture="${id}" src="${source}"></p>`);
}
