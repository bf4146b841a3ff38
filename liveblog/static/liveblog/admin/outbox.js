/* The attempts that the server has not acknowledged, as rows above the form. */

import { button, drop, linkInNewTab, tell } from "./notices.js";
import { clock, fill, words } from "./page_words.js";

const SHOWN_AFTER = 700; // ms: an attempt that is answered at once needs no row

/** Show an attempt for as long as it is on its way. */
export function showAttempt(attempt, cancel) {
  const name = `attempt-${attempt.record.id}`;
  const show = () => {
    const actions = [button(words.saysCancel, cancel)];
    if (attempt.answer?.isSignedOut) actions.unshift(linkInNewTab(words.saysSignIn, words.signIn));
    mark(tell(name, sentence(attempt), ...actions), attempt);
  };
  const timer = setTimeout(() => attempt.state === "sending" && show(), SHOWN_AFTER);
  attempt.addEventListener("change", () => {
    if (attempt.state === "waiting") show();
    if (["sent", "refused"].includes(attempt.state)) hide();
  });
  const hide = () => {
    clearTimeout(timer);
    drop(name);
  };
  return hide;
}

/** Say that a closed tab left this unsent, and offer to send it now. */
export function showLeftBehind(attempt, { send, edit, discard }) {
  const name = `attempt-${attempt.record.id}`;
  const act = (does) => () => {
    drop(name);
    does();
  };
  const actions = [button(words.saysSendNow, act(send)), button(words.saysEdit, act(edit)), button(words.saysDiscard, act(discard))];
  mark(tell(name, fill(words.saysLeftBehind, about(attempt)), ...actions), attempt);
}

function mark(notice, attempt) {
  notice.dataset.attempt = attempt.record.id;
  notice.dataset.state = attempt.state;
}

function sentence(attempt) {
  const { isSignedOut, isOtherPerson } = attempt.answer || {};
  const phrase = isOtherPerson ? words.saysOtherPerson : isSignedOut ? words.saysSignedOut : words.saysUnsent;
  const phase = attempt.state === "sending" ? words.saysSending : phrase;
  return `${phase} ${fill(words.saysAttempt, about(attempt))}`;
}

function about({ record }) {
  return { label: record.label, words: record.words, where: record.where, time: clock(record.at) };
}
