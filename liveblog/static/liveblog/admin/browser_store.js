/* Records in this browser's storage, each owned by the page that is open on it. */

/** All readable records whose key begins with `prefix`: `[key, record]`, the newest first. */
export function records(prefix) {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .map((key) => [key, read(key)])
    .filter(([, record]) => record?.at)
    .sort((one, other) => other[1].at - one[1].at);
}

export function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

/** Tell whether it was stored: the storage may be full, or forbidden. */
export function remember(key, record) {
  try {
    localStorage.setItem(key, JSON.stringify(record));
    return true;
  } catch {
    return false;
  }
}

export function forget(key) {
  localStorage.removeItem(key);
}

const ownedHere = new Set();

/** Own a record for as long as this page is open: other tabs leave it alone. */
export function own(key) {
  navigator.locks?.request(key, { ifAvailable: true }, (lock) => {
    if (!lock) return undefined;
    ownedHere.add(key);
    return new Promise(() => {});
  });
}

/** The keys of records that other open pages own. */
export async function keysOwnedElsewhere() {
  const { held = [] } = (await navigator.locks?.query()) || {};
  return new Set(held.map((each) => each.name).filter((name) => !ownedHere.has(name)));
}
