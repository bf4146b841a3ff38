/* Goes back to where a reader was before the page was loaded again, and marks what is new to them. */

import { isInSight } from "./dom.js";

export function restore({ feed, notice }, { seen, unread, marked, anchor, top, y }) {
  const found = anchor && document.getElementById(anchor);
  const place = () => {
    const moved = found ? found.getBoundingClientRect().top - top : y - scrollY;
    scrollBy({ top: moved, behavior: "instant" });
  };
  place();
  addEventListener("load", place, { once: true }); // headlines may be set anew until then
  for (const article of feed.articles()) {
    const { id, number, publishedAt } = article.dataset;
    const isUnread = Number(number) > seen || unread.includes(id);
    if (isUnread || marked.includes(article.id)) notice.mark(article);
    if (!isUnread || isInSight(article)) continue;
    notice.unseen.set(id, { article, detail: { id, number: Number(number), publishedAt } });
  }
  notice.announce();
}
