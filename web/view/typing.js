/** Who is typing, above the composer. */

import '../words/more.js';
import { t } from '../words/words.js';
import { setText } from './element.js';

/** So many who are typing are named. */
const NAMED_MAX = 2;

export class TypingLine {
  #root = document.querySelector('#typing');
  #typing;

  /** @param {typeof import('../chat.js').app} app @param {import('../model/typing.js').Typing} typing */
  constructor({ composer }, typing) {
    this.#typing = typing;
    document.querySelector('#text').addEventListener('input', () => {
      if (composer.text && !composer.mode.editing) typing.tell(composer.room);
    });
  }

  /** @param {import('../model/room.js').Room} room */
  refresh(room) {
    const names = this.#typing.in(room).map(({ name }) => name);
    const [one, other] = names;
    const key = names.length > NAMED_MAX ? 'manyType' : ['', 'oneTypes', 'twoType'][names.length];
    setText(this.#root, key && t(key, { one, other }));
  }
}
