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

document.addEventListener("liveblog:story", ({ detail }) => {
  document.querySelector("[data-headline]").textContent = detail.title;
});
