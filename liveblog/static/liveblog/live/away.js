/* Telling that the reader is back: the page was hidden, or the machine asleep. */

const AWAY = 60_000;
const LOOK = 5_000;

export function onReturn(act) {
  let last = Date.now();
  const look = () => {
    if (document.hidden) return;
    if (Date.now() - last > AWAY) act();
    last = Date.now();
  };
  document.addEventListener("visibilitychange", look);
  setInterval(look, LOOK);
}
