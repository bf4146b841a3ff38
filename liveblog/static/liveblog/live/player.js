/* A film plays in its card's place. */

/* Nothing of a film's provider loads before the click. */
export function play(link) {
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
