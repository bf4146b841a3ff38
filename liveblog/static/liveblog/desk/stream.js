/* The desk's stream: what colleagues do, as it happens; it comes back by itself with its position. */

import { ask } from "./requests.js";
import { drop, tell } from "./notices.js";
import { make, say, settings } from "./settings.js";

const SILENCE = 35000; // ms; the server gives a sign of life every 15 s
const FIRST = 500; // ms before the first attempt to come back; doubled, spread
const LONGEST = 15000;

/** Follow the stream for as long as the page is open; `handlers` by the names of events. */
export function follow(positionOf, handlers) {
  let source = null;
  let silence = null;
  let wait = FIRST;
  let isLost = false;

  function connect() {
    source = new EventSource(`${settings.base}stream?after=${positionOf()}&person=${settings.person}`);
    for (const [name, act] of Object.entries({ ...handlers, beat: () => {}, gone: onGone })) {
      source.addEventListener(name, ({ data }) => {
        alive();
        act(JSON.parse(data));
      });
    }
    source.addEventListener("error", lost);
    listenForLife();
  }

  function alive() {
    listenForLife();
    wait = FIRST;
    if (!isLost) return;
    isLost = false;
    drop("connection");
    document.dispatchEvent(new Event("desk:connected"));
  }

  function listenForLife() {
    clearTimeout(silence);
    silence = setTimeout(lost, SILENCE);
  }

  async function lost() {
    source?.close();
    clearTimeout(silence);
    isLost = true;
    await explain();
    setTimeout(connect, wait * (0.5 + Math.random() / 2));
    wait = Math.min(2 * wait, LONGEST);
  }

  function onGone() {
    source.close();
    lost();
  }

  addEventListener("online", () => {
    wait = FIRST;
  });
  connect();
}

/** Say why the stream is away: no connection, or no session. */
async function explain() {
  const answer = await ask("changes?after=0-0");
  if (answer.isSignedOut) {
    const signIn = make("a", { href: settings.signIn, target: "_blank", rel: "noopener" }, say("signIn"));
    tell("connection", `${say("signedOut")} `, { actions: [signIn], tone: "bad" });
  } else if (answer.isOtherPerson) tell("connection", say("otherPerson"), { tone: "bad" });
  else if (!answer.ok) tell("connection", answer.isOffline ? say("connectionLost") : answer.data.error, { tone: "bad" });
}
