/** Who is typing, above the composer. */

import '../words/more.js';
import { t } from '../words/words.js';
import { find, setText } from './element.js';

/** So many who are typing are named. */
const NAMED_MAX = 2;

export class TypingLine {
  #root = find('#typing');
  #typing;

  /** @param {{ composer: import('./composer.js').Composer, typing: import('../model/typing.js').Typing }} needs */
  constructor({ composer, typing }) {
    this.#typing = typing;
    find('#text').addEventListener('input', () => {
      if (composer.text && !composer.mode?.editing) typing.tell(composer.room);
    });
  }

  /** @param {import('../model/room.js').Room} room */
  refresh(room) {
    const names = this.#typing.in(room).map((user) => room.calledNow(user));
    const [one, other] = names;
    const key = /** @type {const} */ (['manyType', 'oneTypes', 'twoType'])[names.length > NAMED_MAX ? 0 : names.length];
    setText(this.#root, names.length ? t(key, { one, other }) : '');
  }
}
