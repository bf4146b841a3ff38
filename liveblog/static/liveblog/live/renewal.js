/* Takes over what a page just loaded shows, without loading this one anew: what the reader
   typed, selected, plays or reads stays as it is. */

import { placeOf } from "./feed.js";
import { revision } from "./connection.js";
import { base } from "./dom.js";
import { Words } from "./words.js";

const SPREAD = 5_000; // not all readers at once
const PATIENCE = 10_000;
const MOST = 20; // older pages, for a page that has grown

/* Returns the cursor of what was taken over; the beginning, where nothing newer was to be had. */
export async function renew(page) {
  if (self.origin === "null") return "0"; // a frame in a sandbox can't fetch itself
  await new Promise((done) => setTimeout(done, SPREAD * Math.random()));
  const [epoch] = page.connection.cursor.split("-");
  const fresh = await load(base ? `${page.connection.address}fragment/` : location.href);
  const cursor = fresh?.dataset.cursor;
  if (!fresh) {
    page.offer();
    return "0";
  }
  if (cursor.startsWith(`${epoch}-`) && revision(cursor) <= revision(page.connection.cursor)) return "0";
  if (!cursor.startsWith(`${epoch}-`)) page.seen = revision(cursor); // another life: nothing is new
  adoptAddress(page, fresh);
  const articles = await collect(page, fresh);
  page.applyChanges([...removals(page, articles), ...articles.map(changeOf), storyChangeOf(fresh)], cursor);
  return cursor;
}

async function load(address) {
  const answer = await fetch(address, { cache: "no-cache", signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Error(answer.status);
  const whole = new DOMParser().parseFromString(await answer.text(), "text/html");
  const story = whole.querySelector("live-story");
  if (story) story.address = answer.url;
  return story;
}

/* A story may have another address, zone or language now. */
function adoptAddress(page, fresh) {
  const { pathname, search } = new URL(fresh.address);
  if (!base && pathname !== location.pathname) history.replaceState(null, "", pathname + search + location.hash);
  const { late } = page.words;
  Object.assign(page.dataset, { story: fresh.dataset.story, timezone: fresh.dataset.timezone });
  page.words = Object.assign(new Words(page.dataset), { late });
  const zone = page.querySelector("[data-zone]");
  zone.textContent = fresh.querySelector("[data-zone]").textContent;
  page.words.writeZone(zone);
  const root = fresh.ownerDocument.documentElement;
  if (!base && root.lang !== document.documentElement.lang) page.offer();
  page.noteServer({ release: root.dataset.release });
}

/* The articles of the fresh page, and of those after it as far as this page reaches. */
async function collect(page, fresh) {
  const articles = articlesOf(fresh);
  const edge = known(page).map(placeOf).sort()[0];
  let last = fresh;
  for (let count = 0; !base && count < MOST && edge < articles.map(placeOf).sort()[0]; count += 1) {
    const older = last.querySelector(".pager [rel=next]");
    last = older && (await load(new URL(older.getAttribute("href"), location.href)));
    if (!last) break;
    articles.push(...articlesOf(last));
  }
  return articles;
}

const articlesOf = (story) => [...story.querySelectorAll("[data-feed] article[data-id]")];

function known(page) {
  return [...page.feed.articles(), ...[...page.notice.waiting.values()].map(({ article }) => article)];
}

function removals(page, articles) {
  const ids = new Set(articles.map(({ dataset }) => dataset.id));
  return known(page)
    .filter(({ dataset }) => !ids.has(dataset.id))
    .map(({ dataset }) => ({ type: "removal", id: dataset.id }));
}

function changeOf(article) {
  const { id, number, publishedAt } = article.dataset;
  const { outerHTML: html } = article;
  return { type: "update", id, html, number: Number(number), published_at: publishedAt };
}

function storyChangeOf(fresh) {
  const parts = [...fresh.querySelectorAll("[data-part]")];
  return {
    type: "story",
    status: fresh.dataset.status === "ended" ? "ended" : "live",
    title: fresh.querySelector("h1").textContent,
    parts: Object.fromEntries(parts.map((part) => [part.dataset.part, part.outerHTML])),
  };
}
