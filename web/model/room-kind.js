/** Which kind of room it is, by its name (PROTOCOL.md). */

import { PRIVATE } from './room.js';

/** @param {string} name @returns {boolean} whether the room is there for its people alone */
export const isPrivate = (name) => PRIVATE.test(name);

/** @param {string} name @returns {boolean} whether it is a private room of the same people for ever */
export const isDirect = (name) => isPrivate(name) && name.startsWith('__d');

/**
 * The moderators' room has a name of that form, too.
 *
 * @param {string} name
 * @returns {boolean} whether messages are reported to it, and moderators and owners are in it by their roles
 */
export const isModerators = (name) => name === '__pmoderatorsmoderators';
