/* A video's player in place of its card: nothing of its provider loads before the click. */

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-player]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const frame = document.createElement("iframe");
  frame.className = "player";
  frame.title = link.querySelector("strong").textContent;
  frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  frame.src = link.dataset.player;
  link.parentElement.replaceWith(frame);
  frame.focus();
});
