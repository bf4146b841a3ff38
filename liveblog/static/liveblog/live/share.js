/* Share a story or an update: by the device's own sheet, else by copying its address. */

const SHOWN = 3000; // milliseconds

const said = document.createElement("p");
said.className = "visually-hidden";
said.setAttribute("role", "status");
document.body.append(said);

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-share]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const title = link.closest("article, header")?.querySelector("h1, h3")?.textContent ?? document.title;
  if (navigator.share) navigator.share({ title, url: link.href }).catch(() => {}); // thought better
  else if (navigator.clipboard) copy(link);
  else return;
  event.preventDefault();
});

async function copy(link) {
  try {
    await navigator.clipboard.writeText(link.href);
  } catch {
    location.assign(link.href);
    return;
  }
  const label = link.firstChild;
  link.dataset.label ??= label.data;
  said.textContent = label.data = link.dataset.share;
  setTimeout(() => {
    said.textContent = "";
    label.data = link.dataset.label;
  }, SHOWN);
}
