/* The thin edge of a new update, which fades once it was before the reader for a while. */

const READ = 5_000;

export class Unread {
  /* `read` gets the id of each update that was read. */
  constructor(read) {
    this.timers = new Map();
    this.observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          clearTimeout(this.timers.get(target));
          if (isIntersecting) this.timers.set(target, setTimeout(() => this.end(target), READ));
        }
      },
      { rootMargin: "-15% 0px" },
    );
    this.read = read;
  }

  begin(article) {
    article.classList.add("is-new");
    this.observer.observe(article);
  }

  end(article) {
    article.classList.remove("is-new");
    this.observer.unobserve(article);
    this.timers.delete(article);
    this.read(article.dataset.id);
  }
}
