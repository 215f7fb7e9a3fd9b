/** The part of a room's log that the page holds: messages as they are now, in their order. */

/** Rows that stay above what the reader sees when the oldest have to go. */
const ROWS_ABOVE_MIN = 50;

/** People of each reaction, and of a thread, whose names are kept: as many as the server sends with a message. */
const REACTORS_NAMED = 3;

/**
 * @typedef {import('./protocol.js').User} User
 * @typedef {import('./protocol.js').ChangeEntry} ChangeEntry
 *
 * @typedef {object} Message never changed: a message that becomes another is a new object with the same key
 * @property {'message'} kind
 * @property {string} key the same for as long as it is on the page
 * @property {number} era
 * @property {number} seq
 * @property {number} changed the number of the last entry that touched it
 * @property {number} at Unix milliseconds
 * @property {User} from
 * @property {string} text
 * @property {import('./protocol.js').Mentions} [mentions]
 * @property {boolean} isMine
 * @property {number} [replyTo]
 * @property {number} [root] the message that the thread of a reply began with
 * @property {import('./protocol.js').Replies} [replies] in the thread that began with it
 * @property {number} [edited] when
 * @property {boolean} deleted
 * @property {Record<string, import('./protocol.js').Reaction>} reactions
 *
 * @typedef {{ kind: 'notice', key: string, era: number, seq: number, text: string, folds: boolean, from?: undefined,
 *   isMine?: undefined, deleted?: undefined, replyTo?: undefined, at?: undefined }} Notice
 * @typedef {Message | Notice} Row
 */

/**
 * The entries that change a message: what each makes of it.
 *
 * @type {{ [T in ChangeEntry['type']]:
 *   (message: Message, entry: Extract<ChangeEntry, { type: T }>, me?: string) => Partial<Message> }}
 */
const CHANGES = {
  edited: (_, { at, text, mentions }) => ({ text, mentions, edited: at }),
  deleted: () => ({ text: '', deleted: true, reactions: {} }),
  reacted({ reactions }, { emoji, on, by }, me) {
    const { [emoji]: before, ...others } = { ...reactions };
    const count = (before?.count ?? 0) + (on ? 1 : -1);
    const rest = (before?.by ?? []).filter(({ id }) => id !== by.id);
    const people = on ? [...rest, by].slice(0, REACTORS_NAMED) : rest;
    const now = { count, me: by.id === me ? on : before?.me, by: people };
    return { reactions: count > 0 ? { ...reactions, [emoji]: now } : others };
  },
};

/** @param {{ type: string }} event @returns {event is ChangeEntry} */
export const isChange = (event) => Object.hasOwn(CHANGES, event.type);

/** Whether one sees the same. @param {User} [one] @param {User} [other] */
export const isAlike = (one, other) =>
  one?.name === other?.name && one?.hue === other?.hue && one?.emoji === other?.emoji;

/** @param {Row} row @param {Row} other */
const isBefore = (row, other) => (row.era === other.era ? row.seq <= other.seq : row.era < other.era);

export class Timeline {
  /** @type {Row[]} */
  #rows = [];
  /** Messages of this era by their number. @type {Map<number, Message>} */
  #bySeq = new Map();
  /** Numbers are those of one log: another log begins another era. */
  #era = 0;
  #notices = 0;

  /** The highest number heard of, held or not. */
  newest = 0;
  /** Whether the server has older ones than those held. */
  hasOlder = false;
  /** Whether newer ones are not held: the reader is far above them. */
  hasNewer = false;
  /** Whether old ones have gone, for good. */
  hasForgotten = false;

  /** @returns {readonly Row[]} */
  get rows() {
    return this.#rows;
  }

  get oldestSeq() {
    return this.#rows.find(this.#isMessage)?.seq;
  }

  get newestSeq() {
    return this.#rows.findLast(this.#isMessage)?.seq;
  }

  /** @returns {Message[]} those of this log, oldest first */
  get messages() {
    return [...this.#bySeq.values()].sort((a, b) => a.seq - b.seq);
  }

  /** @param {number} seq @returns {Message | undefined} */
  get(seq) {
    return this.#bySeq.get(seq);
  }

  /** @param {number} after @param {number} [upTo] @returns {number} messages of others, of those that are held */
  countOfOthers(after, upTo = Infinity) {
    /** @param {Row} row */
    const isCounted = ({ isMine, deleted, seq }) => !isMine && !deleted && seq > after && seq <= upTo;
    return this.#rows.filter((row) => this.#isMessage(row) && isCounted(row)).length;
  }

  /** Takes messages that were kept. @param {Message[]} messages @param {boolean} hasOlder */
  restore(messages, hasOlder) {
    for (const message of messages) {
      const row = { ...message, era: this.#era, key: `kept ${message.seq}` };
      this.#insert(row);
      this.newest = Math.max(this.newest, row.seq);
    }
    this.hasOlder = hasOlder;
  }

  /** Forgets everything: what follows is to be shown instead. */
  clear() {
    this.#rows = [];
    this.#bySeq.clear();
    this.newest = 0;
    this.hasOlder = this.hasNewer = this.hasForgotten = false;
  }

  /** Later entries are numbered anew, and come after all that is here. */
  beginEra() {
    this.#era += 1;
    this.newest = 0;
    this.#bySeq.clear();
    this.hasNewer = false;
  }

  /**
   * Takes a message as it was said, or as it is now.
   *
   * @param {Omit<import('./protocol.js').MessageEntry, 'type' | 'room'>} said an entry of the protocol
   * @param {string} [me] the reader's id
   * @returns {boolean} whether it was not known yet
   */
  add(said, me) {
    const { seq, at, from, text = '', cid, edited, deleted = false, reactions = {}, replies, mentions } = said;
    const { reply_to: replyTo } = said;
    const root = said.root ?? this.get(replyTo ?? 0)?.root ?? replyTo;
    const state = { at, from, text, mentions, edited, deleted, reactions, root, changed: said.changed ?? seq };
    const held = this.#bySeq.get(seq);
    this.newest = Math.max(this.newest, seq);
    if (root && !deleted) this.#countReply(root, seq, at, from);
    if (held) {
      if (state.changed > held.changed) this.#replace(held, state);
      return false;
    }
    // It would leave a hole between.
    if (this.hasNewer && seq >= (this.newestSeq ?? -Infinity)) return true;
    const isMine = from.id === me;
    const key = isMine && cid ? `cid ${cid}` : `${this.#era} ${seq}`;
    this.#insert({ kind: 'message', key, era: this.#era, seq, isMine, replyTo, replies, ...state });
    return true;
  }

  /** @param {ChangeEntry} entry @param {string} [me] the reader's id */
  change(entry, me) {
    const { type, target, seq: changed } = entry;
    const held = this.#bySeq.get(target);
    if (held && changed > held.changed) {
      // @ts-expect-error -- the entry is of the type that its function takes
      this.#replace(held, { ...CHANGES[type](held, entry, me), changed });
      const { replies } = this.get(held.root ?? 0) ?? {};
      if (replies && type === 'deleted') this.recount(held.root, { ...replies, count: replies.count - 1 });
    }
  }

  /**
   * What is known anew of a thread.
   *
   * @param {number | undefined} root @param {import('./protocol.js').Replies} replies
   */
  recount(root, replies) {
    const held = this.get(root ?? 0);
    if (held && replies.seq >= (held.replies?.seq ?? 0)) this.#replace(held, { replies });
  }

  /**
   * A reply counts once, however often it is told.
   *
   * @param {number} root @param {number} seq @param {number} last @param {User} from
   */
  #countReply(root, seq, last, from) {
    const { count, by, seq: before } = this.get(root)?.replies ?? { count: 0, by: [], seq: 0 };
    const people = [from, ...by.filter(({ id }) => id !== from.id)].slice(0, REACTORS_NAMED);
    if (seq > before) this.recount(root, { count: count + 1, last, seq, by: people });
  }

  /** Somebody as they are now: so they stand over all that they said, as after a reload. @param {User} user */
  meet(user) {
    const isOld = (/** @type {User} */ person) => person.id === user.id && !isAlike(person, user);
    const now = (/** @type {User} */ person) => (isOld(person) ? user : person);
    for (const row of [...this.#rows]) {
      if (row.kind !== 'message') continue;
      const { from, replies, reactions } = row;
      const given = Object.entries(reactions);
      const isShown = [from, ...(replies?.by ?? []), ...given.flatMap(([, { by = [] }]) => by)].some(isOld);
      if (isShown) this.#replace(row, {
        from: now(from),
        replies: replies && { ...replies, by: replies.by.map(now) },
        reactions: Object.fromEntries(given.map(([emoji, one]) => [emoji, { ...one, by: one.by?.map(now) }])),
      });
    }
  }

  /**
   * @param {string} text what the page has to say itself, at this place in the log
   * @param {boolean} [folds] whether several of them may be drawn as one line
   */
  addNotice(text, folds = false) {
    if (this.hasNewer) return;
    this.#insert({ kind: 'notice', key: `notice ${++this.#notices}`, era: this.#era, seq: this.newest, text, folds });
  }

  /**
   * Lets go of what is far from the reader.
   *
   * @param {number} rowsMax
   * @param {number} reader the row that the reader sees first; Infinity at the end
   * @param {boolean} isKept whether the server has it still
   */
  trim(rowsMax, reader, isKept) {
    const over = this.#rows.length - rowsMax;
    if (over <= 0) return;
    if (isKept && reader - over < ROWS_ABOVE_MIN) {
      this.#forget(this.#rows.splice(rowsMax));
      this.hasNewer = true;
    } else {
      this.#forget(this.#rows.splice(0, over));
      this.hasOlder = isKept;
      this.hasForgotten = !isKept;
    }
  }

  #isMessage = (/** @type {Row} */ row) => row.kind === 'message' && row.era === this.#era;

  /** @param {Row} row */
  #insert(row) {
    let at = this.#rows.length;
    while (at > 0 && !isBefore(this.#rows[at - 1], row)) at -= 1;
    this.#rows.splice(at, 0, row);
    if (row.kind === 'message') this.#bySeq.set(row.seq, row);
  }

  /** @param {Message} held @param {Partial<Message>} what */
  #replace(held, what) {
    const row = { ...held, ...what };
    this.#rows[this.#rows.indexOf(held)] = row;
    if (row.era === this.#era) this.#bySeq.set(row.seq, row);
  }

  /** @param {Row[]} rows */
  #forget(rows) {
    for (const row of rows) if (this.#bySeq.get(row.seq) === row) this.#bySeq.delete(row.seq);
  }
}
