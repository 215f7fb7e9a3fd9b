/** Rooms and unsent messages in IndexedDB. Where that is forbidden or hangs, nothing is stored. */

/** A database that has not opened by then is done without. Milliseconds; one that opens takes tens. */
const OPEN_MS_MAX = 1_000;

/**
 * @typedef {import('./room.js').Saved} Saved a room
 * @typedef {import('./outbox.js').Item} Item
 * @typedef {(store: IDBObjectStore) => IDBRequest} Work
 */

/** Its methods never reject, and keep the order in which they are called. */
export class Database {
  #open;
  #database;
  /** @type {Promise<unknown>} */
  #turn;
  /** Items that may be lost if the page is left now, by their `cid`. @type {Map<string, Item>} */
  #unstored = new Map();

  /** @param {() => Promise<IDBDatabase | undefined>} open */
  constructor(open) {
    this.#open = open;
    this.#turn = this.#database = open();
  }

  /**
   * @param {() => IDBFactory} factory may throw: a browser can forbid even to look
   * @param {string} name
   * @param {IDBOpenDBRequest} [first] of one that was opened while the page was loaded (boot.js)
   */
  static async open(factory, name, first) {
    const database = new Database(() => {
      const taken = first;
      first = undefined;
      return open(factory, name, taken);
    });
    await database.#turn;
    return database;
  }

  /** @returns {Promise<{ rooms: Saved[], outbox: Item[] }>} the items in the order they were written */
  async load() {
    /** @type {Work} */
    const all = (store) => store.getAll();
    const [rooms = [], outbox = []] =
      await Promise.all([this.#do('rooms', all, 'readonly'), this.#do('outbox', all, 'readonly')]);
    return { rooms, outbox };
  }

  /** @param {Saved} room */
  saveRoom(room) {
    return this.#do('rooms', (store) => store.put(room));
  }

  /** @param {string} name */
  forgetRoom(name) {
    return this.#do('rooms', (store) => store.delete(name));
  }

  /** One that is there keeps its place. @param {Item} item */
  async putItem(item) {
    this.#unstored.set(item.cid, item);
    await this.#item(item.cid, (store, key) => store.put(item, key));
    if (this.#unstored.get(item.cid) === item) this.#unstored.delete(item.cid);
  }

  /** Items that were put and are not stored yet. */
  get unstored() {
    return [...this.#unstored.values()];
  }

  /** @param {string} cid */
  removeItem(cid) {
    this.#unstored.delete(cid);
    return this.#item(cid, (store, key) => key && store.delete(key));
  }

  /** @param {string} cid @param {(store: IDBObjectStore, key: IDBValidKey | undefined) => unknown} work */
  #item(cid, work) {
    return this.#do('outbox', (store) => {
      const request = store.index('cid').getKey(cid);
      request.onsuccess = () => work(store, request.result);
      return request;
    });
  }

  /** @param {'rooms' | 'outbox'} name @param {Work} work @param {IDBTransactionMode} [mode] */
  #do(name, work, mode = 'readwrite') {
    const begun = this.#turn.then(async () => {
      for (let tries = 2; tries--; ) {
        const database = await this.#database;
        try {
          return { end: database && run(database, name, work, mode) };
        } catch {
          // It was closed, by the browser or for another tab: once more.
          if (tries) this.#database = this.#open();
        }
      }
    });
    this.#turn = begun;
    return begun.then((begun) => begun?.end);
  }
}

/**
 * @param {IDBDatabase} database @param {string} name @param {Work} work @param {IDBTransactionMode} mode
 * @returns {Promise<any>}
 */
function run(database, name, work, mode) {
  const transaction = database.transaction(name, mode);
  const request = work(transaction.objectStore(name));
  // Commits at once: a completed transaction is kept even if the page is left now.
  if (!request.onsuccess) transaction.commit();
  return new Promise((done) => {
    transaction.oncomplete = () => done(request.result);
    transaction.onabort = () => done(undefined);
  });
}

/**
 * @param {() => IDBFactory} factory
 * @param {string} name
 * @param {IDBOpenDBRequest} [first]
 * @returns {Promise<IDBDatabase | undefined>}
 */
async function open(factory, name, first) {
  const late = new Promise((done) => setTimeout(done, OPEN_MS_MAX));
  const opening = async () => {
    const database = (first && (await resultOf(first))) ?? (await make(factory, name));
    // Another tab may want it gone, or newer: that must not wait for us.
    if (database) database.onversionchange = () => database.close();
    return database;
  };
  return Promise.race([opening(), late]).catch(() => undefined);
}

/** @param {() => IDBFactory} factory @param {string} name @returns {Promise<IDBDatabase | undefined>} */
function make(factory, name) {
  return new Promise((done) => {
    const request = factory().open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('rooms', { keyPath: 'name' });
      // The keys are the order in which items came.
      request.result.createObjectStore('outbox', { autoIncrement: true }).createIndex('cid', 'cid');
    };
    resultOf(request).then(done);
  });
}

/** @param {IDBOpenDBRequest} request @returns {Promise<IDBDatabase | undefined>} none after an error */
const resultOf = (request) => new Promise((done) => {
  const settle = () => done(request.error ? undefined : request.result);
  if (request.readyState === 'done') settle();
  else request.onsuccess = request.onerror = settle;
});
