/** Who may do what in this chat, as far as the page offers it: the server judges. */

/**
 * @typedef {import('./protocol.js').Role} Role
 * @typedef {Pick<import('./session.js').Session, 'role'>} Reader
 */

/** Each may do what those before it may. @type {Role[]} */
export const ROLES = ['guest', 'member', 'moderator', 'owner'];

/** @type {import('./protocol.js').Door[]} */
export const DOORS = ['write', 'read', 'password', 'closed'];

/** When something ends that has no end. Unix milliseconds. */
export const NEVER = Number.MAX_SAFE_INTEGER;

/** @param {Role} one @param {Role} other @returns {boolean} whether one is below the other */
export const isBelow = (one, other) => ROLES.indexOf(one) < ROLES.indexOf(other);

/** @param {Reader} reader @returns {boolean} whether they see to the chat and its people */
export const isModerator = ({ role }) => !isBelow(role, 'moderator');

/**
 * @param {Reader} reader
 * @returns {Role[]} those that they may invite to: an owner to any, a moderator to what is below
 */
export const invitedAs = ({ role }) => ROLES.slice(1, role === 'owner' ? ROLES.length : ROLES.indexOf(role));

/**
 * @param {Reader} reader
 * @param {Role} now of another
 * @returns {Role[]} those that the reader may give them; none where they may give none
 */
export function rolesFor({ role }, now) {
  if (role === 'owner') return ROLES;
  return isModerator({ role }) && isBelow(now, role) ? ROLES.slice(0, ROLES.indexOf(role)) : [];
}
