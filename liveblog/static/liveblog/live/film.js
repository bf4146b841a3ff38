/* A film plays in its card's place. Nothing of its provider loads before the click. */

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-player]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  play(link);
});

function play(link) {
  const frame = Object.assign(document.createElement("iframe"), {
    className: "player",
    title: link.querySelector("strong").textContent,
    allow: "autoplay; encrypted-media; fullscreen; picture-in-picture",
    src: link.dataset.player,
    card: link.parentElement, // an edit of the text around it finds it by this
  });
  link.parentElement.replaceWith(frame);
  frame.focus();
}
