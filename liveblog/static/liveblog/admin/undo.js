/* Undo is offered for as long as the server grants it. */

export function limitUndo() {
  const form = document.querySelector("[data-undo-for]");
  if (!form) return;
  setTimeout(() => form.querySelector("[data-undo]").remove(), Number(form.dataset.undoFor) * 1000);
}
