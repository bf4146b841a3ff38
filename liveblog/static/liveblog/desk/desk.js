/* The desk at work: what each behaviour needs, and the order in which they begin. */

import * as composer from "./composer.js";
import * as actions from "./composer-actions.js";
import * as others from "./composer-others.js";
import { guardNotes } from "./dialogs.js";
import * as health from "./health.js";
import * as keys from "./keys.js";
import * as preview from "./preview.js";
import * as outbox from "./outbox.js";
import { showOutbox } from "./outbox-list.js";
import * as presence from "./presence.js";
import { listenToRows } from "./rows.js";
import { $ } from "./settings.js";
import * as story from "./story.js";
import * as storyVerbs from "./story-verbs.js";
import { follow } from "./stream.js";
import * as timeline from "./timeline.js";

guardNotes();
story.start();
storyVerbs.start();
health.start();
listenToRows({ edit: composer.edit });
keys.start();
actions.start();
others.start();

document.addEventListener("desk:show", ({ detail }) => timeline.show(detail));
document.addEventListener("desk:row", ({ detail }) => {
  timeline.apply({ type: "update", ...detail });
  presence.mark();
});

await Promise.all([composer.start(), timeline.start()]);
preview.start();
await outbox.sweep();
await showOutbox({ takeBack: others.takeBackFrom, edit: composer.edit });
outbox.run();

follow(() => timeline.where.position, {
  change(change) {
    if (change.type === "story") story.apply(change);
    else outbox.followUp(change);
    if (change.type === "update") others.showSentBack(change);
    timeline.apply(change);
    presence.mark();
  },
  reload: () => timeline.load(),
  presence(seen) {
    presence.show(seen);
    others.showOthers(seen);
    story.showOthers(seen);
  },
  health: health.show,
});

const asked = new URLSearchParams(location.search);
if (asked.get("edit")) composer.edit(asked.get("edit"), { kind: asked.get("kind") ?? "" });
else if (asked.get("show")) timeline.show(asked.get("show"));
else if (innerWidth >= 900) composer.focus();
$("[data-desk]").dataset.ready = "";
