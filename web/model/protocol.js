/** The words of `chinwag.v1` (docs/PROTOCOL.md): JSON objects, one a line. Knows no socket. */

/** The page asks for this subprotocol, and the server must agree to it. */
export const SUBPROTOCOL = 'chinwag.v1';

/**
 * @typedef {{ id: string, name: string, hue?: number, emoji?: string }} User `hue`: by its number
 * @typedef {{ count: number, me?: boolean, by?: User[] }} Reaction `by`: some of the people
 * @typedef {{ count: number, last: number, seq: number, by: User[] }} Replies `last`: when; `seq`: of the last
 * @typedef {{ epoch: string, since: number, at?: number }} Cursor `at`: when the entry with that number was made
 * @typedef {Record<string, string>} Mentions whom a text means: the ids of people by their names, as they are written
 * @typedef {{ text_chars: number, name_chars: number, topic_chars: number, title_chars: number, rooms: number,
 *   history: boolean }} Limits
 */

/**
 * Who may do what.
 *
 * @typedef {'guest' | 'member' | 'moderator' | 'owner'} Role
 * @typedef {'write' | 'read' | 'password' | 'closed'} Door what guests may do
 * @typedef {{ user: User, role: Role, muted?: number, banned?: number, addresses?: string[] }} Person `muted`,
 *   `banned`: until when; `addresses`: what was banned with them, just now
 * @typedef {{ id: string, role: Role, room?: string, uses?: number, until?: number, by?: User,
 *   at?: number }} Invitation `uses`: how many may still use it; `by`: nobody where the operator made it
 * @typedef {{ id: number, at: number, by?: User, action: string, user?: User, until?: number,
 *   detail?: string }} AuditEntry `by`: as above
 */

/**
 * The commands of a client by their types. A field that is undefined is left out.
 *
 * @typedef {OtherCommands & { [T in keyof Changes]: Changes[T] & { room: string, cid: string } }} Commands
 *
 * @typedef {object} OtherCommands
 * @property {{ token?: string, link?: string, invitation?: string, password?: string, device?: string, name?: string,
 *   rooms: Record<string, Partial<Cursor>>, known?: number }} hello `known`: the greatest number that was heard
 * @property {{ end?: boolean }} link
 * @property {{ end?: boolean }} private_link
 * @property {{ device?: string, told?: boolean }} devices
 * @property {{ device: string }} end_device
 * @property {{ room: string, known?: number } & Partial<Cursor>} join
 * @property {{ room: string }} leave
 * @property {{ room: string, cid: string, text: string, reply_to?: number, mentions?: Mentions }} say
 * @property {{ name: string }} name
 * @property {{ emoji?: string, hue?: number }} face
 * @property {{ room: string }} typing
 * @property {{ room: string, seq: number, back?: boolean }} read
 * @property {{ room: string, seq: number }} reactions
 * @property {{ room: string, thread?: number, before?: number, after?: number, around?: number,
 *   limit?: number }} history
 * @property {{ query: string, room?: string, before?: number, limit?: number }} search
 * @property {{ query?: string, after?: string, limit?: number }} directory
 * @property {{ room: string, listed: boolean, favourite?: boolean, muted?: boolean }} keep
 * @property {{ after?: string }} rooms
 * @property {{ user: string } | { name: string }} person
 * @property {{ user: string, role: Role }} role
 * @property {Restriction} mute
 * @property {Restriction} ban
 * @property {{}} address_bans
 * @property {{ addresses: string, seconds?: number, reason?: string, end?: boolean }} ban_addresses
 * @property {{ user: string, seconds: number }} clear
 * @property {{ guests: Door, password?: string }} door
 * @property {{ room: string } & Partial<RoomRules>} room_rules what is absent stays
 * @property {{ room: string, seq: number, text?: string }} report
 * @property {{ role: Role, room?: string, uses?: number, seconds?: number }} invite
 * @property {{}} invitations
 * @property {{ id: string }} end_invitation
 * @property {{ after?: string, limit?: number }} members
 * @property {{ before?: number, limit?: number }} audit
 * @property {{ users: string[] }} direct
 * @property {{ room?: string, users: string[] }} private without a room: a new one
 * @property {{ room: string, user?: string }} part without a user: the reader
 * @property {{ after?: string }} private_rooms
 * @property {{}} ping
 *
 * @typedef {{ user: string, seconds?: number, reason?: string, end?: boolean, addresses?: boolean }} Restriction
 *   without `seconds`: no end; `addresses`: of those that they are connected from, too
 */

/** @typedef {'everyone' | 'members' | 'moderators'} Writers */

/**
 * Who writes in a room, and how often.
 *
 * @typedef {object} RoomRules
 * @property {Writers} writers
 * @property {number} slow seconds between two messages of one person; 0 for none
 * @property {boolean} archived nobody writes any more
 * @property {boolean} [deleted] nobody comes into the room any more
 */

/**
 * The commands that change something in a room by their types, without `room` and `cid`, which all of them have.
 *
 * @typedef {object} Changes
 * @property {{ seq: number, text: string, mentions?: Mentions, base?: number }} edit `base`: the greatest number that
 *   was known of the room when its reader decided
 * @property {{ seq: number }} delete
 * @property {{ seq: number, emoji: string, on: boolean, base?: number }} react
 * @property {{ text: string }} topic
 * @property {{ title: string, listed: boolean }} room
 */

/**
 * The entries that change a message, their `target`.
 *
 * @typedef {{ room: string, seq: number, at: number, by: User, target: number }} OfTarget
 * @typedef {OfTarget & { type: 'edited', text: string, mentions?: Mentions }} Edited
 * @typedef {OfTarget & { type: 'deleted' }} Deleted
 * @typedef {OfTarget & { type: 'reacted', emoji: string, on: boolean }} Reacted
 * @typedef {Edited | Deleted | Reacted} ChangeEntry
 */

/**
 * A message in its present state. Without a text it is deleted.
 *
 * @typedef {object} MessageEntry
 * @property {'message'} type
 * @property {string} room
 * @property {number} seq
 * @property {number} at Unix milliseconds
 * @property {User} from
 * @property {string} [text]
 * @property {Mentions} [mentions]
 * @property {string} [cid]
 * @property {number} [reply_to]
 * @property {number} [root] of its thread, where that is not what it answers
 * @property {Replies} [replies] in the thread that began with it
 * @property {number} [edited] when
 * @property {boolean} [deleted]
 * @property {Record<string, Reaction>} [reactions]
 * @property {number} [changed] the number of the last entry that touched it
 */

/**
 * The other events of a server.
 *
 * @typedef {{ type: 'hello', room?: undefined, user: User, token?: string, name_fixed?: boolean, guest?: boolean,
 *   role?: Role, muted?: number, guests?: Door,
 *   server?: { version: string, addresses?: string[] },
 *   limits: Limits }} Hello an account has no token
 * @typedef {{ type: 'joined', room: string, epoch: string, seq: number, at?: number, topic: string, title?: string,
 *   listed?: boolean, maker?: string, rules?: Partial<RoomRules>,
 *   read: number, unread: number, people: { count: number, some: User[] },
 *   reset: boolean, oldest: number }} Joined
 * @typedef {{ type: 'caught_up', room: string, seq: number, at?: number }} CaughtUp
 * @typedef {{ type: 'topic', room: string, seq: number, at: number, by: User, text: string }} Topic
 * @typedef {{ type: 'room', room: string, seq: number, at: number, by: User, title: string,
 *   listed: boolean }} RoomSet
 * @typedef {{ type: 'reported', room: string, seq: number }} Reported
 * @typedef {{ type: 'room_rules', room: string, seq?: number, at?: number, by?: User } & RoomRules} RulesSet without a
 *   number: the answer to whoever has set them
 * @typedef {{ type: 'renamed', room: string, seq: number, at: number, by: User, name: string }} Renamed
 * @typedef {{ type: 'people', room: string, count: number, all?: boolean, joined?: User[], left?: User[] }} People
 * @typedef {{ type: 'typing', room: string, user: User }} Typing
 * @typedef {{ type: 'face', room: string, user: User }} Face
 * @typedef {{ type: 'read', room: string, seq: number, back?: boolean }} Read
 * @typedef {{ type: 'reactions', room: string, seq: number, reactions: Record<string, Reaction> }} Reactions
 * @typedef {{ type: 'receipt', room: string, cid: string, seq: number }} Receipt
 * @typedef {{ type: 'error', room?: string, code: string, text: string, command?: string, cid?: string,
 *   retry_after?: number }} Refused
 * @typedef {{ type: 'page', room: string, thread?: number, before?: number, after?: number, around?: number,
 *   entries: MessageEntry[], more: boolean, newer?: boolean }} Page
 * @typedef {{ type: 'found', room?: undefined, query: string, entries: MessageEntry[], more: boolean }} Found
 * @typedef {{ room: string, title?: string, topic?: string, people: number, last?: number,
 *   archived?: boolean }} ListedRoom
 * @typedef {{ type: 'directory', room?: undefined, rooms: ListedRoom[], next?: string }} Directory
 * @typedef {{ room: string, title?: string, favourite?: boolean, muted?: boolean, last?: number | null, read?: number,
 *   unread?: number, mentions?: number[] }} KeptRoom
 * @typedef {{ type: 'rooms', room?: undefined, epoch: string, rooms: KeptRoom[], next?: string,
 *   visitor?: boolean }} KeptPage
 * @typedef {{ type: 'kept', room: string, listed: boolean, favourite?: boolean, muted?: boolean }} Kept
 * @typedef {{ type: 'named' | 'face', room?: undefined, user: User }} Named another name, or another face
 * @typedef {{ type: 'pong', room?: undefined }} Pong
 * @typedef {{ type: 'link', room?: undefined, link: string, seconds: number }} Link
 * @typedef {{ type: 'private_link', room?: undefined, link?: string }} PrivateLink without a code: it is ended
 * @typedef {{ type: 'linked', room?: undefined, id: string, device?: string, at: number }} Linked
 * @typedef {{ id: string, device?: string, by: 'began' | 'link' | 'private_link', at: number, seen: number,
 *   here?: boolean, own?: boolean }} Device
 * @typedef {{ type: 'devices', room?: undefined, devices: Device[], private_link?: number }} Devices `private_link`:
 *   when it was made
 * @typedef {{ type: 'standing', room?: undefined, role: Role, muted?: number }} Standing the reader's own
 * @typedef {{ type: 'door', room?: undefined, guests: Door }} DoorIs
 * @typedef {{ type: 'person', room?: undefined } & Person} PersonIs
 * @typedef {{ type: 'cleared', room?: undefined, user: User, count: number, more: boolean }} Cleared
 * @typedef {{ type: 'invitation', room?: undefined, code: string } & Omit<Invitation, 'room'>} Invited
 * @typedef {{ type: 'invitations', room?: undefined, invitations: Invitation[] }} Invitations
 * @typedef {{ type: 'members', room?: undefined, people: Person[], next?: string }} Members
 * @typedef {{ type: 'address_bans', room?: undefined, bans: { addresses: string, until: number }[] }} AddressBans
 * @typedef {{ type: 'audit', room?: undefined, entries: AuditEntry[], more: boolean }} Audit
 *
 * @typedef {{ room: string, direct?: boolean, title?: string, people: User[], last?: number }} PrivateRoom
 * @typedef {{ type: 'private_room' } & PrivateRoom} PrivateRoomIs
 * @typedef {{ type: 'parted', room: string }} Parted
 * @typedef {{ type: 'private_rooms', room?: undefined, rooms: PrivateRoom[], next?: string }} PrivateRoomsPage
 *
 * @typedef {MessageEntry | ChangeEntry | Topic | RoomSet | Renamed} Entry what is in the log of a room
 * @typedef {Joined | RulesSet | CaughtUp | People | Typing | Face | Read | Reactions | Receipt | Page | Kept |
 *   PrivateRoomIs | Parted} RoomEvent
 * @typedef {Entry | RoomEvent | Hello | Refused | Found | Directory | KeptPage | Named | Link | Linked | PrivateLink |
 *   Devices | Standing | DoorIs | PersonIs | Cleared | Invited | Invitations | Members | Audit | AddressBans |
 *   PrivateRoomsPage | Pong} Event
 */

/**
 * A server may join what it says by newlines. An empty line is one too.
 *
 * @param {string} text
 * @returns {string[]}
 */
export const splitLines = (text) => text.split('\n');

/**
 * @param {string} text what one WebSocket message holds
 * @returns {Event[]} in their order; what is no object with a type is nothing that we know
 */
export function readEvents(text) {
  return splitLines(text).flatMap((line) => {
    try {
      const event = JSON.parse(line);
      return typeof event?.type === 'string' ? [event] : [];
    } catch {
      return [];
    }
  });
}

/**
 * @template {keyof Commands} T
 * @param {T} type
 * @param {Commands[T]} [fields] those that are undefined are left out
 * @returns {string}
 */
export function command(type, fields) {
  return JSON.stringify({ type, ...fields });
}
