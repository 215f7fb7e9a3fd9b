/** A server whose answers go out only when a test lets them, and pages that talk to it. */

import { WebStorage } from '../../web/model/web-storage.js';
import { SessionParts } from '../../web/model/session-parts.js';
import { Session } from '../../web/model/session.js';

/** What a browser's database would keep: copies, in the order they came. */
export class FakeDatabase {
  #rooms = new Map();
  #outbox = new Map();
  /** Whether what is put is not stored before the page is left. */
  isSlow = false;
  unstored = [];

  saveRoom(room) {
    this.#rooms.set(room.name, structuredClone(room));
  }

  forgetRoom(name) {
    this.#rooms.delete(name);
  }

  putItem(item) {
    if (this.isSlow) this.unstored.push(structuredClone(item));
    else this.#outbox.set(item.cid, structuredClone(item));
  }

  removeItem(cid) {
    this.#outbox.delete(cid);
  }

  /** What `load()` of the real one promises. */
  get kept() {
    return structuredClone({ rooms: [...this.#rooms.values()], outbox: [...this.#outbox.values()] });
  }
}

/** The rooms, as the protocol has them. Its numbers are one row for all rooms: within a room they skip. */
export class Server {
  epoch = 'one';
  history = true;
  resumeMax = 1_000;
  users = new Map();
  #rooms = new Map();
  #reads = new Map();
  #seq = 0;

  /** @returns {object[]} what was said and changed there, as it was told */
  log(room = 'lobby') {
    if (!this.#rooms.has(room)) this.#rooms.set(room, []);
    return this.#rooms.get(room);
  }

  /** @returns {object[]} the messages there as they are now */
  present(room = 'lobby', me) {
    const messages = new Map();
    for (const entry of this.log(room)) {
      const { type, seq, at, by, target, text, mentions, emoji, on } = entry;
      if (type === 'message') messages.set(seq, { ...entry, changed: seq });
      const held = messages.get(target);
      if (!held) continue;
      held.changed = seq;
      if (type === 'edited') Object.assign(held, { text, mentions, edited: at });
      if (type === 'deleted') {
        Object.assign(held, { deleted: true, text: undefined, mentions: undefined, reactions: undefined });
      }
      if (type === 'reacted') {
        const before = held.reactions?.[emoji] ?? { count: 0 };
        const now = { count: before.count + (on ? 1 : -1), me: by.id === me ? on : before.me };
        held.reactions = { ...held.reactions, [emoji]: now };
        if (!now.count) delete held.reactions[emoji];
      }
    }
    return [...messages.values()];
  }

  /** Everything is gone, and begins anew. */
  forgets() {
    this.epoch += ' more';
    this.#rooms.clear();
    this.#reads.clear();
    this.#seq = 0;
  }

  /** The last entry is lost, which is one of this room; its number will be another's. */
  loses(room) {
    this.log(room).pop();
    this.#seq -= 1;
  }

  says(from, text, room = 'lobby', more = {}) {
    return this.#add({ type: 'message', room, from, text, ...more }).seq;
  }

  changes(by, type, target, more, room = 'lobby') {
    return this.#add({ type, room, by, ...(target && { target }), ...more }).seq;
  }

  reads(id, room, seq) {
    const key = `${id} ${room}`;
    this.#reads.set(key, Math.max(seq, this.#reads.get(key) ?? 0));
  }

  readBy(id, room = 'lobby') {
    return this.#reads.get(`${id} ${room}`);
  }

  /** Messages of others after a number. */
  unread(id, room, after) {
    return this.present(room).filter(({ seq, from, deleted }) => seq > after && from.id !== id && !deleted).length;
  }

  /** What it answers to a line of a page. */
  answers(line, page) {
    const command = JSON.parse(line);
    const { type, room, cid } = command;
    const me = this.users.get(page.token);
    switch (type) {
      case 'hello': {
        const number = this.users.size + 1;
        const token = this.users.has(command.token) ? command.token : `token ${number}`;
        if (!this.users.has(token)) this.users.set(token, { id: `user ${number}`, name: command.name ?? `Guest ${number}` });
        page.token = token;
        const user = this.users.get(token);
        const hello = { type: 'hello', user, token, limits: { text_chars: 4_000, rooms: 64, history: this.history } };
        return [hello, ...Object.entries(command.rooms).flatMap(([name, cursor]) => this.#joins(page, user, name, { ...cursor, known: command.known }))];
      }
      case 'join':
        return this.#joins(page, me, room, command);
      case 'leave':
        page.live.delete(room);
        return [];
      case 'say': {
        const before = this.log(room).find((entry) => entry.cid === cid && entry.from?.id === me.id);
        const seq = before?.seq ?? this.says(me, command.text, room, { cid, reply_to: command.reply_to, mentions: command.mentions });
        return [{ type: 'receipt', room, cid, seq }];
      }
      case 'edit':
      case 'delete':
      case 'react':
      case 'topic':
        return [this.#changed(command, me)];
      case 'history':
        return [this.#page(command, me)];
      case 'read':
        if (command.back) this.#reads.delete(`${me.id} ${room}`);
        this.reads(me.id, room, command.seq);
        return [];
      case 'name': {
        const user = { ...me, name: command.name };
        this.users.set(page.token, user);
        return [{ type: 'named', user }];
      }
      case 'ping':
        return [{ type: 'pong' }];
    }
    return [];
  }

  #add(entry) {
    const seq = (this.#seq += 1);
    const said = { ...entry, seq, at: seq * 1_000 };
    this.log(entry.room).push(said);
    return said;
  }

  #changed({ type, room, seq: target, cid, text, mentions, emoji, on }, me) {
    const refused = (code, text) => ({ type: 'error', code, text, command: type, cid });
    const done = (seq) => ({ type: 'receipt', room, cid, seq });
    if (type === 'topic') return done(this.changes(me, 'topic', undefined, { text }, room));
    const held = this.present(room).find(({ seq }) => seq === target);
    if (!held) return refused('no_such_message', 'there is no such message in this room');
    if (held.deleted) return refused('gone', 'this message is deleted');
    if (type === 'edit') return done(this.changes(me, 'edited', target, { text, mentions }, room));
    if (type === 'delete') {
      // Gone is gone: no text of it stays in the log.
      const all = this.log(room);
      all.splice(0, all.length, ...all.filter((entry) => entry.type !== 'edited' || entry.target !== target));
      return done(this.changes(me, 'deleted', target, {}, room));
    }
    const last = this.log(room).findLast((entry) => entry.type === 'reacted' && entry.target === target && entry.emoji === emoji && entry.by.id === me.id);
    if (Boolean(last?.on) === on) return done(this.log(room).at(-1).seq);
    return done(this.changes(me, 'reacted', target, { emoji, on }, room));
  }

  #page({ room, thread, before, after, around, limit = 100 }, me) {
    if (!this.history) return { type: 'error', code: 'no_history', text: 'this server keeps nothing', command: 'history' };
    const isOf = ({ seq, reply_to: answered }) => !thread || seq === thread || answered === thread;
    const all = this.present(room, me.id).filter(isOf);
    const page = (entries, more) => ({ type: 'page', room, thread, before, after, entries, more });
    if (after !== undefined) {
      const newer = all.filter(({ seq }) => seq > after);
      return page(newer.slice(0, limit), newer.length > limit);
    }
    if (around !== undefined) {
      const at = all.filter(({ seq }) => seq < around).length;
      const [from, to] = [Math.max(0, at - limit / 2), at + limit / 2];
      return { type: 'page', room, around, entries: all.slice(from, to), more: from > 0, newer: to < all.length };
    }
    const older = all.filter(({ seq }) => !(seq >= before));
    return page(older.slice(-limit), older.length > limit);
  }

  #joins(page, user, room, { epoch, since, at, known = 0 } = {}) {
    const log = this.log(room);
    const head = log.at(-1)?.seq ?? 0;
    const missed = log.filter(({ seq }) => seq > since);
    const timeOf = (number) => log.find(({ seq }) => seq === number)?.at;
    const isOther = known > this.#seq || (at !== undefined && (timeOf(since) ?? at) !== at);
    const resumes = epoch === this.epoch && !isOther && (this.history ? missed.length <= this.resumeMax : since === head);
    const entries = resumes ? this.asTold(room, missed) : this.history ? this.present(room, user.id).slice(-50) : [];
    const read = this.readBy(user.id, room);
    const joined = {
      type: 'joined', room, epoch: this.epoch, seq: head, reset: !resumes, people: { count: 1, some: [user] },
      topic: log.findLast(({ type }) => type === 'topic')?.text ?? '',
      read: read ?? 0, unread: read === undefined ? 0 : this.unread(user.id, room, read),
      oldest: this.history ? (log.find(({ type }) => type === 'message')?.seq ?? 0) : 0,
    };
    // The room begins to tell what is new where the replay ends.
    page.live.set(room, head);
    const seq = Math.max(head, resumes ? since : 0);
    return [joined, ...entries, { type: 'caught_up', room, seq, at: timeOf(seq) }];
  }

  /** Entries as they go out: of what is deleted there is no text any more. */
  asTold(room, entries) {
    const gone = new Map(this.present(room).filter(({ deleted }) => deleted).map((message) => [message.seq, message]));
    return entries.map((entry) => (entry.type === 'message' ? gone.get(entry.seq) ?? entry : entry));
  }
}

/** A page: a session, its timers, what its browser keeps, and the way to a server that may be cut. */
export class Page {
  sent = [];
  isConnected = false;
  token;
  calls = [];
  received = [];
  /** What is answered where one writes, and what of it was gone after a reset. */
  named = [];
  lost = [];
  time = 1_000;
  /** How much of each room this connection has been told. */
  live = new Map();
  storage = new WebStorage(() => undefined, '');
  store = new FakeDatabase();
  #timers = new Map();
  #last = 0;
  #random;

  constructor(server, random = () => 0, rooms = ['lobby']) {
    this.server = server;
    this.#random = random;
    this.#begins();
    for (const room of rooms) this.session.open(room);
  }

  #begins() {
    const note = (what) => (...values) => this.calls.push([what, ...values]);
    const host = {
      setTimeout: (run, ms) => (this.#timers.set(++this.#last, { run, at: this.time + ms }), this.#last),
      clearTimeout: (timer) => this.#timers.delete(timer),
      now: () => this.time,
      random: this.#random,
      newId: () => `cid ${Math.floor(this.#random() * 1e9)} ${++this.#last}`,
    };
    this.session = new Session(this.storage, this.store, this.store.kept, host, {
      send: (line) => this.isConnected && this.sent.push(line) > 0,
      timeout: note('doubt'),
      ready: ({ name }) => this.calls.push(['ready', name]),
      refused: note('refused'),
      changed() {},
      received: (room, message) => {
        const addressesMe = Boolean(message) && this.more.mentions.received(room, message);
        this.received.push({ room: room.name, message: message && { ...message, addressesMe } });
      },
      me() {},
      roomsChanged() {},
    });
    this.more = this.session.parts = new SessionParts(this.session, {
      revised() {}, linked() {}, opened() {}, barred: note('barred'), deleted: note('deleted'), targets: () => this.named, checked: (room, isLost) => this.lost.push(...this.named.filter(isLost)),
    });
  }

  /** The page is left, and opened again: of it there is what was kept. */
  reloads() {
    this.loses();
    this.#timers.clear();
    this.calls = [];
    this.received = [];
    this.#begins();
  }

  room(name = 'lobby') {
    return this.session.rooms.get(name);
  }

  connects() {
    this.isConnected = true;
    this.sent = [];
    this.session.opened();
  }

  loses() {
    this.isConnected = false;
    this.sent = [];
    this.live.clear();
    this.session.closed();
  }

  gets(...events) {
    this.session.receive(events.map((event) => JSON.stringify(event)).join('\n'));
  }

  /** The server answers the next line, or takes it and its answer is lost. */
  step(isLost = false) {
    const line = this.sent.shift();
    if (!line) return false;
    const answers = this.server.answers(line, this);
    if (!isLost) this.gets(...answers);
    return true;
  }

  /** All is answered, and what others said is heard. */
  settles() {
    while (this.step());
    this.hears();
  }

  /** Connected, and as it is now. */
  arrives() {
    this.connects();
    this.settles();
  }

  /** What is new in the log, as everyone in the rooms gets it. */
  hears() {
    for (const [room, since] of this.live) {
      const entries = this.server.log(room).filter(({ seq }) => seq > since);
      this.live.set(room, entries.at(-1)?.seq ?? since);
      for (const entry of this.server.asTold(room, entries)) this.gets(entry);
    }
  }

  passes(ms) {
    const end = this.time + ms;
    for (;;) {
      const due = [...this.#timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
      if (!due) break;
      this.#timers.delete(due[0]);
      this.time = due[1].at;
      due[1].run();
    }
    this.time = end;
  }

  texts(room) {
    return this.room(room).timeline.rows.map(({ text }) => text);
  }

  unsent(room) {
    return this.room(room).outbox.items.map(({ text }) => text);
  }

  /** What waits to be sent, of a type. */
  requests(type) {
    return this.sent.map((line) => JSON.parse(line)).filter((command) => command.type === type);
  }
}

/** A server on which somebody has said one thing, and a page that has heard it. */
export function pageThatHears(user, text) {
  const server = new Server();
  server.says(user, text);
  const page = new Page(server);
  page.arrives();
  return { server, page };
}
