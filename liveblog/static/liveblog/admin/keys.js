/* Ctrl+Enter or Cmd+Enter presses the form's primary button, wherever on the page the cursor is. */

export function listenForKeys(form) {
  const press = (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
    if (isElsewhere(event.target, form)) return;
    const primary = form.querySelector("input.default[type=submit], button.default");
    if (!primary) return;
    event.preventDefault();
    event.stopPropagation();
    form.requestSubmit(primary);
  };
  document.addEventListener("keydown", press, { capture: true });
}

/** Another form or a dialog has keys of its own. */
function isElsewhere(target, form) {
  const around = target instanceof Element && target.closest("form, dialog, [role=dialog], .cke_dialog");
  return Boolean(around) && around !== form;
}
