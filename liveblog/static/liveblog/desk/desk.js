/* The desk at work: what each behaviour needs, and the order in which they begin. */

import * as composer from "./composer.js";
import { guardNotes } from "./dialogs.js";
import * as health from "./health.js";
import * as keys from "./keys.js";
import * as preview from "./preview.js";
import * as outbox from "./outbox.js";
import { showOutbox } from "./outbox-list.js";
import * as presence from "./presence.js";
import { listenToRows, showRow } from "./rows.js";
import { $ } from "./settings.js";
import * as story from "./story.js";
import { follow } from "./stream.js";
import * as timeline from "./timeline.js";

guardNotes();
story.start();
health.start();
listenToRows({ edit: composer.edit });
keys.start();

document.addEventListener("desk:row", ({ detail }) => {
  timeline.apply({ type: "update", ...detail });
  presence.mark();
});

await Promise.all([composer.start(), timeline.start()]);
preview.start();
await outbox.sweep();
await showOutbox({ takeBack: composer.takeBack, edit: composer.edit });
outbox.run();

follow(() => timeline.where.position, {
  change(change) {
    if (change.type === "story") story.apply(change);
    timeline.apply(change);
    presence.mark();
  },
  async reload() {
    await timeline.load();
    presence.mark();
  },
  presence(seen) {
    presence.show(seen);
    composer.showOthers(seen);
  },
  health: health.show,
});

const asked = new URLSearchParams(location.search);
if (asked.get("edit")) composer.edit(asked.get("edit"), { kind: asked.get("kind") ?? "" });
else if (asked.get("show")) showRow(asked.get("show"));
else if (innerWidth >= 900) composer.focus();
$("[data-desk]").dataset.ready = "";
