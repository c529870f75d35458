// The database as anybody with the browser's developer tools sees it, past the code under test.

const asked = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function within(store, mode, work) {
  const database = await asked(indexedDB.open("portico"));
  try {
    return await work(database.transaction(store, mode).objectStore(store));
  } finally {
    database.close();
  }
}

export const deleteDatabase = () => asked(indexedDB.deleteDatabase("portico"));

export const openAtVersion = (version) => asked(indexedDB.open("portico", version));

export const rows = () => within("records", "readonly", (store) => asked(store.getAll()));

export const keys = () => within("keys", "readonly", (store) => asked(store.getAll()));

export const copy = (kind, from, to) =>
  within("records", "readwrite", async (store) => asked(store.put(await asked(store.get([kind, from])), [kind, to])));

export const putRaw = (kind, id, value) =>
  within("records", "readwrite", (store) => asked(store.put(value, [kind, id])));

export const putKey = (value) => within("keys", "readwrite", (store) => asked(store.put(value, "records")));

export const damage = (kind, id) =>
  within("records", "readwrite", async (store) => {
    const row = await asked(store.get([kind, id]));
    new Uint8Array(row.data)[0] ^= 1;
    return asked(store.put(row, [kind, id]));
  });

// Everything that is stored in clear text, and every byte of the rest, as one text.
export async function everything() {
  const texts = [];
  const walk = (value) => {
    if (value instanceof ArrayBuffer) texts.push(new TextDecoder("latin1").decode(value));
    else if (ArrayBuffer.isView(value)) walk(value.buffer);
    else if (value instanceof CryptoKey) texts.push(value.algorithm.name);
    else if (value && typeof value === "object") Object.entries(value).forEach((pair) => pair.forEach(walk));
    else texts.push(String(value));
  };
  walk(await rows());
  walk(await keys());
  return texts.join("\n");
}

export async function exportKey() {
  const [row] = await keys();
  try {
    await crypto.subtle.exportKey("raw", row.key);
    return "exported";
  } catch (error) {
    return error.name;
  }
}

// Replaces a member of an object and gives back the function that undoes it.
export function replace(object, name, value) {
  const before = Object.getOwnPropertyDescriptor(object, name);
  Object.defineProperty(object, name, { configurable: true, writable: true, value });
  return () => (before ? Object.defineProperty(object, name, before) : delete object[name]);
}
