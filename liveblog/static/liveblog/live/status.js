/* A story that turns quiet while its page is open; the next change makes it live again. */

import { date } from "./times.js";

export function turnQuiet(root, times, words) {
  const status = root.querySelector(".status[data-quiet-at]");
  if (!status || times.late === null || times.now < new Date(status.dataset.quietAt)) return;
  const time = status.querySelector("time");
  time.textContent = date(new Date(time.dateTime));
  status.replaceChildren(`${words.quiet} `, time);
  delete status.dataset.quietAt;
  status.dataset.status = root.dataset.status = "quiet";
}
