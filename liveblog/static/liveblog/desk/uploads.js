/* Pictures on their way to the server: at once where there is a connection, else with the update. */

import { ask } from "./requests.js";
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
  return { alt, is_decorative: is_decorative ? "true" : "", caption, credit: credit?.id ?? "", credit_name: credit?.id ? "" : (credit?.name ?? "") };
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
    isOffline: request.status >= 500 || request.status === 429,
    isSignedOut: data.reason === "signed-out",
    isOtherPerson: data.reason === "other-person",
    isStaleToken: request.status === 403 && !data.error,
  };
}

/** The words of a picture as one text: what the server has is compared with what is here. */
export function asText(picture) {
  return JSON.stringify(wordsOf(picture));
}

/** The words that the server has; texts that an older page stored name them otherwise. */
export function savedWordsOf({ savedWords, told }) {
  return savedWords ?? told;
}

/** Save the words of an uploaded picture where the server has not got them as they are. */
export async function describe(picture, { base = settings.base, signal } = {}) {
  const savedWords = asText(picture);
  if (savedWordsOf(picture) === savedWords) return { ok: true, savedWords };
  const answer = await ask(`pictures/${picture.id}`, { base, body: wordsOf(picture), signal });
  return { ...answer, savedWords };
}

/** Bring an attempt's pictures and their words to the server; `keep` stores each that arrived. */
export async function uploadPending(row, { signal, keep }) {
  const pictures = [...(row.pictures ?? [])];
  for (const [at, each] of pictures.entries()) {
    const savedWords = asText(each);
    const answer = each.id ? await describe(each, { base: row.base, signal }) : await upload(each, { base: row.base, signal });
    if (!answer.ok) return { ok: false, answer };
    if (each.id && savedWordsOf(each) === savedWords) continue;
    pictures[at] = { ...each, id: each.id ?? answer.data.id, file: null, savedWords };
    await keep({ ...row, pictures });
  }
  return { ok: true, row: { ...row, pictures } };
}

/** What is sent of an attempt: its frozen payload with the pictures that the server has. */
export function payloadOf({ payload, pictures = [] }) {
  const { content } = payload;
  return content ? { ...payload, content: { ...content, pictures: pictures.map(({ id }) => id).filter(Boolean) } } : payload;
}
