/** Rooms and unsent messages in IndexedDB. Where that is forbidden or hangs, nothing is stored. */

/** A database that has not opened by then is done without. Milliseconds; one that opens takes tens. */
const OPEN_MS_MAX = 1_000;

/**
 * @typedef {{ name: string } & Record<string, any>} Saved a room
 * @typedef {import('./outbox.js').Item} Item
 */

/** Its methods never reject, and keep the order in which they are called. */
export class Database {
  #open;
  #database;
  #turn;

  /** @param {() => IDBFactory} factory may throw: a browser can forbid even to look @param {string} name */
  static async open(factory, name) {
    const store = new Database();
    store.#open = () => (store.#database = open(factory, name));
    await (store.#turn = store.#open());
    return store;
  }

  /** @returns {Promise<{ rooms: Saved[], outbox: Item[] }>} the items in the order they were written */
  async load() {
    const all = ['rooms', 'outbox'].map((name) => this.#do(name, (store) => store.getAll()));
    const [rooms = [], outbox = []] = await Promise.all(all);
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
  putItem(item) {
    return this.#item(item.cid, (store, key) => store.put(item, key));
  }

  /** @param {string} cid */
  removeItem(cid) {
    return this.#item(cid, (store, key) => key && store.delete(key));
  }

  #item(cid, work) {
    return this.#do('outbox', (store) => {
      const request = store.index('cid').getKey(cid);
      request.onsuccess = () => work(store, request.result);
      return request;
    });
  }

  #do(name, work) {
    const begun = this.#turn.then(async () => {
      for (let tries = 2; tries--; ) {
        const database = await this.#database;
        try {
          return { end: run(database, name, work) };
        } catch {
          // There is none; or it was closed, by the browser or for another tab: once more.
          if (database && tries) this.#open();
        }
      }
    });
    this.#turn = begun;
    return begun.then((begun) => begun?.end);
  }
}

function run(database, name, work) {
  const transaction = database.transaction(name, 'readwrite');
  const request = work(transaction.objectStore(name));
  // Commits at once: a completed transaction is kept even if the page is left now.
  if (!request.onsuccess) transaction.commit();
  return new Promise((done) => {
    transaction.oncomplete = () => done(request.result);
    transaction.onabort = () => done();
  });
}

function open(factory, name) {
  return new Promise((done) => {
    setTimeout(done, OPEN_MS_MAX);
    const request = factory().open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('rooms', { keyPath: 'name' });
      // The keys are the order in which items came.
      request.result.createObjectStore('outbox', { autoIncrement: true }).createIndex('cid', 'cid');
    };
    request.onsuccess = () => {
      // Another tab may want it gone, or newer: that must not wait for us.
      request.result.onversionchange = () => request.result.close();
      done(request.result);
    };
    request.onerror = () => done();
  }).catch(() => {});
}
