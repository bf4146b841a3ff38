/* Turns each <a class="liveblog-embed"> into a frame as high as its story. */
{
  const site = new URL(document.currentScript.src).origin;
  const embed = (a) => {
    if (a.origin !== site) return;
    const frame = document.createElement("iframe");
    const most = a.dataset.maxHeight || 20000;
    Object.assign(frame, {
      title: a.innerText,
      loading: "lazy",
      frameBorder: 0,
      width: "100%",
      height: 600,
      src: a.href.replace(/\/?([?#].*)?$/, "/embed/"),
      onload: () => frame.contentWindow.postMessage({ liveblog: "hello" }, site),
    });
    addEventListener("message", ({ origin, source, data }) => {
      if (origin === site && source === frame.contentWindow && data.liveblog === "height")
        frame.height = Math.max(150, Math.min(data.height | 0, most));
    });
    a.replaceWith(frame);
  };
  const load = () => document.querySelectorAll("a.liveblog-embed").forEach(embed);
  addEventListener("DOMContentLoaded", load);
  load();
}
