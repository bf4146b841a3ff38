/* A pressed button sends what stood there: until the server has answered, nothing is said to be done. */

import { Attempt, leftBehind } from "./attempt.js";
import { forgetWords } from "./autosave.js";
import { noteShown } from "./brought_in.js";
import { forget } from "./browser_store.js";
import { sameWords } from "./form_fields.js";
import { link, tell } from "./notices.js";
import { showAttempt, showLeftBehind } from "./outbox.js";
import { fill, words } from "./page_words.js";
import { closePopup, isPopupAnswer, showErrors } from "./refused_form.js";
import { freshenTokens } from "./token.js";

export class Sender {
  constructor(fields, autosave) {
    Object.assign(this, { fields, autosave });
    this.form = fields.form;
    this.onTheWay = null;
  }

  start() {
    this.form.addEventListener("submit", (event) => {
      if (this.isPlain || event.defaultPrevented) return;
      event.preventDefault();
      this.press(event.submitter);
    });
    // A file is in this page alone: the browser asks before the page goes.
    addEventListener("beforeunload", (event) => this.onTheWay?.attempt.data && event.preventDefault());
  }

  async press(pressed) {
    const attempt = Attempt.freeze(this.fields, pressed, this.autosave);
    if (this.#isSecondPress(attempt)) return;
    this.onTheWay?.replace(attempt);
    this.autosave.save();
    await this.send(attempt);
  }

  /** A double click sends nothing twice. */
  #isSecondPress(attempt) {
    const { onTheWay } = this;
    if (!onTheWay?.attempt.isSame(attempt)) return false;
    if (attempt.record.id !== onTheWay.attempt.record.id) forget(attempt.key);
    return true;
  }

  async send(attempt) {
    const { record } = attempt;
    const takeBack = () => {
      hide();
      attempt.cancel();
      this.#release(attempt);
    };
    const hide = showAttempt(attempt, takeBack);
    this.onTheWay = { attempt, replace: (next) => next.record.id === record.id && takeBack() };
    attempt.addEventListener("change", () => this.#say(attempt.state === "sending" ? words.saysSending : ""));
    const answer = await attempt.deliver();
    this.#say("");
    if (!answer) return;
    hide();
    this.#release(attempt);
    if (answer.next) this.#acknowledge(attempt, answer);
    else this.#refuse(attempt, answer);
  }

  #release(attempt) {
    if (this.onTheWay?.attempt === attempt) this.onTheWay = null;
  }

  #say(text) {
    this.autosave.status.textContent = text;
  }

  #acknowledge(attempt, { next, version }) {
    const { record } = attempt;
    const isUntouched = sameWords(this.fields.read(), record.fields);
    forget(this.autosave.key(record.id));
    if (isUntouched) {
      this.autosave.stop();
      location.replace(next); // Back leads past the form that was sent
      return;
    }
    if (version) this.fields.become(record.id, version);
    tell(`sent-${record.id}`, fill(words.saysSent, record), link(words.saysShow, next));
  }

  /** The server wants something changed: show it in the form. */
  #refuse({ record }, answer) {
    if (answer.isRefused) tell("refused", words.saysRefused);
    else if (isPopupAnswer(answer.page)) closePopup(answer.page);
    else if (!this.fields.hasFile || !showErrors(this.form, answer.page)) this.#sendPlainly(record);
  }

  /** Let the browser load the page that the server wants to show: it carries what was sent. */
  #sendPlainly(record) {
    this.isPlain = true;
    noteShown(this.autosave.key(record.id));
    freshenTokens();
    const submitters = [...this.form.elements].filter((each) => each.type === "submit");
    const pressed = submitters.find((each) => record.body.some(([name, value]) => name === each.name && value === each.value));
    this.form.requestSubmit(pressed);
  }
}

/** Say of each attempt that a closed tab left behind that it is unsent. */
export async function offerLeftBehind(sender) {
  for (const attempt of await leftBehind()) {
    const { record } = attempt;
    const isHere = sender?.autosave.place === record.place;
    const edit = isHere && (() => {
      forget(attempt.key);
      sender.autosave.show(record);
    });
    showLeftBehind(attempt, {
      send: () => sendLeftBehind(attempt),
      edit: edit || (() => location.assign(record.address)),
      discard: () => {
        forget(attempt.key);
        forgetWords(record);
      },
    });
  }
}

async function sendLeftBehind(attempt) {
  const { record } = attempt;
  attempt.store();
  const hide = showAttempt(attempt, () => {
    hide();
    attempt.cancel();
    attempt.store();
  });
  const answer = await attempt.deliver();
  hide();
  if (answer?.next) {
    forgetWords(record);
    tell(`sent-${record.id}`, fill(words.saysSent, record), link(words.saysShow, answer.next));
  } else if (answer) {
    attempt.store();
    tell(`refused-${record.id}`, fill(words.saysRefusedAttempt, record), link(words.saysEdit, record.address));
  }
}
