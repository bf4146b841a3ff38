/* Ctrl+Enter or Cmd+Enter presses the primary button, wherever the cursor is. */

export function listenForKeys(form, row) {
  const press = (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
    event.preventDefault();
    event.stopPropagation();
    form.requestSubmit(row.querySelector("input.default"));
  };
  form.addEventListener("keydown", press, { capture: true });
}
