/* The editor's Picture button: choose a picture, or upload one, and put it into the text. */

CKEDITOR.plugins.add("newsroompicture", {
  requires: "newsroomupload",

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
  dialog.querySelector("[data-upload]").addEventListener("click", async () => {
    const id = await editor.newsroomUpload();
    if (id) dialog.close(id);
  });
  dialog.addEventListener("close", () => {
    clearTimeout(timer);
    dialog.remove();
    editor.focus();
    if (bookmarks) {
      editor.getSelection().selectBookmarks(bookmarks);
    }
    editor.newsroomInsertPicture(dialog.returnValue);
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
    </form>`;
  return dialog;
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
