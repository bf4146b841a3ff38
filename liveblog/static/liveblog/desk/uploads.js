/* Pictures on their way to the server: at once where there is a connection, else with the update. */

import { settings } from "./settings.js";

/** Upload a file with its words; `progress` is called with percents. Never throws. */
export function upload(picture, { base = settings.base, progress = () => {}, signal } = {}) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("upload", picture.file, picture.file.name || "picture");
    for (const [name, value] of Object.entries(wordsOf(picture))) body.append(name, value);
    request.open("POST", `${base}pictures`);
    request.setRequestHeader("X-CSRFToken", /csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "");
    request.setRequestHeader("X-Person", settings.person);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", ({ loaded, total }) => progress(Math.round((100 * loaded) / total)));
    request.addEventListener("load", () => done(read(request)));
    for (const name of ["error", "abort", "timeout"]) request.addEventListener(name, () => done({ ok: false, isOffline: true, data: {} }));
    signal?.addEventListener("abort", () => request.abort());
    request.send(body);
  });
}

export function wordsOf({ alt = "", is_decorative = false, caption = "", credit = null }) {
  return { alt, is_decorative: is_decorative ? "true" : "", caption, credit: credit?.id ?? "" };
}

function read(request) {
  let data = {};
  try {
    data = JSON.parse(request.responseText);
  } catch {
    // A page of the server or a proxy, which says no more than its status.
  }
  return {
    ok: request.status === 201,
    status: request.status,
    data,
    isOffline: request.status >= 500,
    isSignedOut: data.reason === "signed-out",
    isOtherPerson: data.reason === "other-person",
    isStaleToken: request.status === 403 && !data.error,
  };
}

/** Upload what an attempt still holds as files, and return its payload with their ids. */
export async function uploadPending(row, signal) {
  const pictures = [];
  for (const each of row.pictures ?? []) {
    if (each.id) pictures.push(each.id);
    else {
      const answer = await upload(each, { base: row.base, signal });
      if (!answer.ok) return { ok: false, answer };
      pictures.push(answer.data.id);
    }
  }
  const { content } = row.payload;
  return { ok: true, payload: content ? { ...row.payload, content: { ...content, pictures } } : row.payload };
}
