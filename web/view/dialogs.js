/** Opens what a button, a key or an occasion asks for: sheets, the directory, questions. Each is loaded then. */

import { isPrivate } from '../model/room-kind.js';
import '../words/more.js';
import { t } from '../words/words.js';
import { messageButtons } from './message-button.js';
import { desktopState } from './notifications.js';

/**
 * @typedef {import('../model/protocol.js').Linked} Linked
 *
 * @typedef {object} Needs
 * @property {import('../model/session.js').Session} session
 * @property {import('../model/connection.js').Connection} connection
 * @property {import('../model/web-storage.js').WebStorage} storage
 * @property {import('../model/requests.js').Requests} requests
 * @property {import('./log.js').Log} log
 * @property {import('./people-column.js').PeopleColumn} column
 * @property {import('./threads.js').Threads} threads
 * @property {(room: string, seq?: number) => void} go
 * @property {() => void} refresh draws what is around the log again
 * @property {() => void} focusText
 * @property {(text: string) => void} showHint
 */

export class Dialogs {
  #needs;
  /** The page of the rooms that are listed, while it is open. @type {import('./directory.js').Directory | undefined} */
  #directory;
  /** The sheet for another device, while it is open. @type {import('./device.js').DeviceSheet | undefined} */
  #device;
  /** @type {import('./name-question.js').NameQuestion | undefined} */
  #nameQuestion;
  /**
   * The room's panel, while it is open.
   *
   * @type {import('./panel.js').Panel | import('./private-panel.js').PrivatePanel | undefined}
   */
  #panel;
  /** How each is opened, by the name that `data-opens` has. @type {Record<string, () => Promise<unknown>>} */
  #ways = {
    search: async () => (await import('./search.js')).openSearch({
      room: this.#needs.log.room, writeTo: (people) => this.writeTo(people), ...this.#needs,
    }),
    settings: () => this.#openSettings(),
    shortcuts: () => this.#openSettings('shortcuts'),
    name: async () => (await import('./name.js')).openName(this.#needs),
    newRoom: async () => (await import('./new-room.js')).openNewRoom(this.#needs),
    newDirect: async () => (await import('./new-direct.js')).openNewDirect(this.#needs),
    newPrivate: async () => (await import('./new-direct.js')).openNewPrivate(this.#needs),
    invite: async () => (await import('./invite.js')).openInvite({ room: this.#invitedTo, ...this.#needs }),
    directory: () => this.#openDirectory(),
    device: () => this.#openDevice(),
    people: () => this.#openPeople(),
    panel: () => this.#openPanel(),
  };

  /** @param {Needs} needs */
  constructor(needs) {
    this.#needs = needs;
  }

  /** @param {string} name */
  open(name) {
    return this.#ways[name]().catch(() => this.#needs.showHint(t('notLoaded')));
  }

  /** @param {Parameters<typeof import('./settings.js').openSettings>[1]} [part] */
  async #openSettings(part) {
    const { openSettings } = await import('./settings.js');
    await openSettings({
      ...this.#needs, open: (name) => this.open(name), seeTo: (person) => this.seeTo(person),
    }, part);
  }

  async #openDirectory() {
    if (this.#directory?.isOpen) return;
    const { openDirectory } = await import('./directory.js');
    this.#directory = await openDirectory(this.#needs);
  }

  async #openDevice() {
    const { openDevice } = await import('./device.js');
    this.#device = await openDevice({
      ...this.#needs,
      openSettings: () => this.#openSettings('devices'),
      onclose: () => (this.#device = undefined),
    });
  }

  /** In their column, where that is; a thread may be in its place. */
  async #openPeople() {
    const { column, threads } = this.#needs;
    if (!column.isPossible) return this.#openPanel();
    const isBehind = threads.isOpen && !matchMedia('(width >= 112rem)').matches;
    if (isBehind) threads.close();
    if (!isBehind || document.documentElement.classList.contains('no-column')) column.toggle();
  }

  async #openPanel() {
    const { log: { room }, session } = this.#needs;
    const needs = {
      ...this.#needs,
      room,
      openSettings: () => this.open('settings'),
      seeTo: (/** @type {import('../model/protocol.js').User} */ person) => this.seeTo(person),
      message: messageButtons(session, (people) => this.writeTo(people)),
      onclose: (/** @type {object} */ closed) => {
        if (this.#panel === closed) this.#panel = undefined;
      },
    };
    if (isPrivate(room.name)) return this.#openPrivatePanel(needs);
    const { openPanel } = await import('./panel.js');
    this.#panel = await openPanel(needs);
  }

  /**
   * Of a room that the reader is in.
   *
   * @param {Omit<import('./private-panel.js').Needs, 'addPeople' | 'writeTo'>} needs
   */
  async #openPrivatePanel(needs) {
    if (!this.#needs.session.rooms.has(needs.room.name)) return;
    const { openPrivatePanel } = await import('./private-panel.js');
    this.#panel = await openPrivatePanel({
      ...needs,
      addPeople: async () => (await import('./new-direct.js')).openAddPeople({ ...this.#needs, room: needs.room }),
      writeTo: (people) => this.writeTo(people),
    });
  }

  /** What a moderator can do with somebody. @param {import('../model/protocol.js').User} person */
  async seeTo(person) {
    const { showHint } = this.#needs;
    const sheet = await import('./person.js').catch(() => showHint(t('notLoaded')));
    await sheet?.openPerson(person, this.#needs);
  }

  /** To a private room nobody is invited by a link. */
  get #invitedTo() {
    const { log: { room }, session } = this.#needs;
    return isPrivate(room.name) ? session.rooms.get('lobby') ?? { name: 'lobby' } : room;
  }

  /** @param {import('../model/protocol.js').User[]} people */
  async writeTo(people) {
    const sheet = await import('./new-direct.js').catch(() => this.#needs.showHint(t('notLoaded')));
    await sheet?.writeTo(people, this.#needs);
    this.#panel?.close();
  }

  /** Another device is the reader's, since now or while this one was away. @param {Linked} device */
  async linked(device) {
    // The reader has just asked for it.
    if (this.#device?.linked(device)) return;
    const news = await import('./device-news.js').catch(() => this.#needs.showHint(t('notLoaded')));
    await news?.tellOfDevice(device, this.#needs);
  }

  /** Becomes another user, if the reader agrees. @param {import('../model/session.js').Session['link']} link */
  async switchDevice(link) {
    const { session, connection, showHint } = this.#needs;
    const device = await import('./device.js').catch(() => showHint(t('notLoaded')));
    device?.askToSwitch(session.me?.name ?? '', () => {
      session.link = link;
      connection.suspend();
      connection.wake();
    });
  }

  /** A guest has said something: asks what others are to call them, once. They can choose a name without it. */
  async askForName() {
    const { session, storage } = this.#needs;
    if (!session.isGuest || !session.isReady || session.isNameFixed || storage.fresh('nameAsked')) return;
    storage.set('nameAsked', true);
    const question = await import('./name-question.js').catch(() => {});
    this.#nameQuestion = await question?.askForName(this.#needs);
  }

  /** Somebody means the reader: asks whether they want to be told, once. There are the settings, too. */
  async askToNotify() {
    const { storage } = this.#needs;
    const isOpen = document.querySelector('.question');
    if (isOpen || desktopState() !== 'default' || storage.fresh('notifyAsked')) return;
    storage.set('notifyAsked', true);
    const question = await import('./notify-question.js').catch(() => {});
    await question?.askToNotify(storage);
  }

  /** A room is gone to. */
  leave() {
    this.#directory?.close(true);
  }

  /** The room, or the session, has changed. */
  refresh() {
    this.#nameQuestion?.refresh();
    this.#directory?.refresh();
    this.#panel?.refresh();
  }
}
