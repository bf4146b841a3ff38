/* What this browser keeps of what a person writes: IndexedDB, shared by all of their tabs. */

const NAME = "liveblog-desk";
let opened;

/** Stores: `outbox` holds attempts in the order in which they were made, `kept` texts by their place. */
function open() {
  opened ??= new Promise((done, fail) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("outbox", { keyPath: "sequence", autoIncrement: true });
      request.result.createObjectStore("kept", { keyPath: "place" });
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  return opened;
}

async function run(store, mode, act) {
  const database = await open();
  return new Promise((done, fail) => {
    const transaction = database.transaction(store, mode);
    const request = act(transaction.objectStore(store));
    transaction.oncomplete = () => done(request?.result);
    transaction.onerror = transaction.onabort = () => fail(transaction.error);
  });
}

/** Where the browser gives no storage there is nothing in it; only writing to it fails. */
async function ifAny(act, otherwise) {
  const database = await open().catch(() => null);
  return database ? act(database) : otherwise;
}

export const all = (store) => ifAny(() => run(store, "readonly", (rows) => rows.getAll()), []);
export const get = (store, key) => ifAny(() => run(store, "readonly", (rows) => rows.get(key)));
export const put = (store, row) => run(store, "readwrite", (rows) => rows.put(row));
export const remove = (store, key) => ifAny(() => run(store, "readwrite", (rows) => rows.delete(key)));

/** Change a row in one transaction; `change` returns the new row, or nothing to leave it. */
export const change = (store, key, changed) => ifAny((database) => changeIn(database, store, key, changed), null);

function changeIn(database, store, key, change) {
  return new Promise((done, fail) => {
    const transaction = database.transaction(store, "readwrite");
    const rows = transaction.objectStore(store);
    let changed = null;
    const request = rows.get(key);
    request.onsuccess = () => {
      changed = request.result ? change(request.result) ?? null : null;
      if (changed) rows.put(changed);
    };
    transaction.oncomplete = () => done(changed);
    transaction.onerror = transaction.onabort = () => fail(transaction.error);
  });
}

/** Put an attempt into the outbox and let go of its kept text, both or neither. */
export async function moveToOutbox(row, place) {
  const database = await open();
  return new Promise((done, fail) => {
    const transaction = database.transaction(["outbox", "kept"], "readwrite");
    const request = transaction.objectStore("outbox").add(row);
    if (place) transaction.objectStore("kept").delete(place);
    transaction.oncomplete = () => done(request.result);
    transaction.onerror = transaction.onabort = () => fail(transaction.error);
  });
}
