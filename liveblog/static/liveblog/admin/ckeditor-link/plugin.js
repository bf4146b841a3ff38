/* The editor's Link button: one field in a plain dialog, instead of CKEditor's own. */

CKEDITOR.plugins.add("newsroomlink", {
  requires: "link,newsroomreader",

  afterInit(editor) {
    const open = { exec: () => openLinkDialog(editor), async: true, canUndo: true };
    const previous = editor.getCommand("link");
    editor.addCommand("link", {
      ...open,
      allowedContent: previous.allowedContent,
      requiredContent: previous.requiredContent,
    });
    editor.setKeystroke(CKEDITOR.CTRL + 75 /* K */, "link");
    editor.on("doubleclick", (event) => {
      if (event.data.dialog === "link") {
        event.data.dialog = "";
        openLinkDialog(editor);
      }
    }, null, null, 20);
    editor.on("instanceReady", () => nameTextbox(editor));
  },
});

function nameTextbox(editor) {
  const label = document.querySelector(`label[for="${editor.element.getId()}"]`);
  const textbox = editor.editable();
  textbox.removeAttribute("title");
  if (label) {
    textbox.setAttribute("aria-label", label.textContent.replace(/:$/, "").trim());
    label.addEventListener("click", () => editor.focus());
  }
}

function openLinkDialog(editor) {
  const found = CKEDITOR.plugins.link.getSelectedLink(editor);
  if (found) {
    editor.getSelection().selectElement(found);
  }
  const bookmarks = editor.getSelection().createBookmarks2(true);
  const dialog = buildLinkDialog();
  const address = dialog.querySelector("input");
  address.value = found ? found.data("cke-saved-href") || found.getAttribute("href") : "";
  dialog.querySelector("[value=remove]").hidden = !found;
  // Not on "close": it comes a task later, after keys that were already typed.
  const leave = (event, choice) => {
    event.preventDefault();
    if (choice === "apply" && address.value.trim() && !completeAddress(editor, address.value)) {
      refuse(dialog, address);
      return;
    }
    dialog.close();
    dialog.remove();
    editor.focus();
    editor.getSelection().selectBookmarks(bookmarks);
    applyLink(editor, found, choice, address.value);
  };
  dialog.addEventListener("submit", (event) => leave(event, event.submitter.value));
  dialog.addEventListener("cancel", (event) => leave(event, "cancel"));
  document.body.append(dialog);
  dialog.showModal();
  address.select();
}

function buildLinkDialog() {
  const dialog = document.createElement("dialog");
  dialog.className = "newsroom-dialog";
  dialog.innerHTML = `
    <form method="dialog">
      <label>${gettext("Link to")}
        <input type="text" inputmode="url" autocomplete="off" placeholder="https://">
      </label>
      <p class="newsroom-refusal" role="alert"></p>
      <menu>
        <button value="apply" class="button default">${gettext("Link")}</button>
        <button value="remove" class="button">${gettext("Remove link")}</button>
        <button value="cancel" class="button" formnovalidate>${gettext("Cancel")}</button>
      </menu>
    </form>`;
  return dialog;
}

function refuse(dialog, address) {
  dialog.querySelector("[role=alert]").textContent = gettext(
    "No link can lead there. Write the address of a page (https://…), an e-mail address or tel: and a number.",
  );
  address.setAttribute("aria-invalid", "true");
  address.focus();
}

/** Return the address that was meant; nothing where it would be dropped when the text is saved. */
function completeAddress(editor, typed) {
  const address = complete(typed.trim());
  return editor.newsroomReader.isLink(address) ? address : "";
}

function complete(address) {
  if (/^(https?:|mailto:|tel:)/i.test(address)) {
    return address;
  }
  if (/^[^\s@/]+@[^\s@/]+$/.test(address)) {
    return `mailto:${address}`;
  }
  const hasOtherScheme = /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(address);
  return address && !hasOtherScheme ? `https://${address.replace(/^\/+/, "")}` : "";
}

function applyLink(editor, found, choice, typed) {
  const href = completeAddress(editor, typed);
  if (choice === "remove" || (choice === "apply" && found && !typed.trim())) {
    editor.execCommand("unlink");
  } else if (choice === "apply" && href) {
    editor.fire("saveSnapshot");
    if (found) {
      found.setAttributes({ href, "data-cke-saved-href": href });
    } else {
      linkSelection(editor, href);
    }
    editor.fire("saveSnapshot");
  }
}

function linkSelection(editor, href) {
  const range = editor.getSelection().getRanges()[0];
  if (range.collapsed) {
    const words = href.replace(/^(https?:\/\/|mailto:|tel:)/, "");
    const { htmlEncode, htmlEncodeAttr } = CKEDITOR.tools;
    editor.insertHtml(`<a href="${htmlEncodeAttr(href)}">${htmlEncode(words)}</a>`);
    return;
  }
  const attributes = { href, "data-cke-saved-href": href };
  const style = new CKEDITOR.style({ element: "a", attributes });
  style.type = CKEDITOR.STYLE_INLINE;
  style.applyToRange(range, editor);
  range.collapse(false);
  range.select();
}
