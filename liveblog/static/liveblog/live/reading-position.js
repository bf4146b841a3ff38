/* "You are here": marks in the list of key events where the reader is in the story. */

const TOP = 120; // pixels below the upper edge: what is being read there

/* Lists name a moment to the second, articles to the microsecond. */
const secondOf = (moment) => moment.slice(0, "2024-10-25T08:45:00".length);

let frame;

function mark() {
  frame = null;
  const story = document.querySelector("live-story");
  const list = story.querySelector(".updates")?.getBoundingClientRect();
  story.toggleAttribute("data-scrolled", list?.top < 0); // the way back is worth its place
  const article = [...document.querySelectorAll("[data-feed] > article")].findLast(
    (each) => each.getBoundingClientRect().top < TOP,
  );
  const at = article && secondOf(article.dataset.publishedAt);
  const links = [...document.querySelectorAll(".rail a")];
  // The last event before what is being read, or the event itself.
  const here = at && links.find((link) => secondOf(link.querySelector("time").dateTime) <= at);
  for (const link of links) link.parentElement.style.setProperty("--here", link === here ? 1 : 0);
}

addEventListener("scroll", () => (frame ??= requestAnimationFrame(mark)), { passive: true });
mark();
