/* The page inside a frame: tells its height to the page outside, and keeps its own header. */

const secret = /[?&]secret=(\w+)/.exec(location.hash)?.[1]; // WordPress's own frames
let host = null;

function tell() {
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  if (host) parent.postMessage({ liveblog: "height", height }, host);
  if (secret) parent.postMessage({ message: "height", value: height, secret }, "*");
}

addEventListener("message", ({ source, origin, data }) => {
  if (source !== parent || data?.liveblog !== "hello") return;
  host = origin === "null" ? "*" : origin; // a page without an origin can't be named
  tell();
});

new ResizeObserver(tell).observe(document.body);

/* The header of the story's page has more than a frame shows. */
document.addEventListener("liveblog:story", ({ detail }) => {
  if (!detail.parts.header) return;
  const whole = new DOMParser().parseFromString(detail.parts.header, "text/html");
  document.querySelector("[data-headline]").textContent = detail.title;
  document.querySelector(".story-header .status").replaceWith(whole.querySelector(".status"));
});
