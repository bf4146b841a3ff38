/* Links that act in their place: a film plays in its card's, an address is shared. */

const SHOWN = 3000; // milliseconds

const said = Object.assign(document.createElement("p"), {
  className: "visually-hidden",
  role: "status",
});
document.body.append(said);

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-player], a[data-share]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (link.dataset.player) import("./player.js").then(({ play }) => play(link));
  else share(link);
});

/* By the device's own sheet, else by the clipboard; where there is neither, follow the link. */
function share(link) {
  const title = link.closest("article, header")?.querySelector("h1, h3")?.textContent ?? document.title;
  if (navigator.share) navigator.share({ title, url: link.href }).catch(() => {}); // thought better
  else copy(link).catch(() => location.assign(link.href));
}

async function copy(link) {
  await navigator.clipboard.writeText(link.href);
  const label = link.firstChild;
  link.dataset.label ??= label.data;
  said.textContent = label.data = link.dataset.share;
  setTimeout(() => {
    said.textContent = "";
    label.data = link.dataset.label;
  }, SHOWN);
}
