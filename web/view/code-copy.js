/** A button beside each block of code, in the place that text.css leaves for it: it copies the code. */

import '../words/more.js';
import { t } from '../words/words.js';
import { el } from './element.js';
import { icon } from './icon.js';
import { copy } from './share.js';
import { loadStyle } from './stylesheet.js';

const COPY = 'M9 9h10v11H9zM5 15V4h10';
const DONE = 'M5 13l4 4L19 7';

/** For so long it says that it has copied. Milliseconds. */
const DONE_MS = 2_000;

export class CodeCopy {
  #list;
  #showHint;
  #isStyled = false;

  /** @param {{ log: { list: HTMLElement }, showHint: (text: string) => void }} needs */
  constructor({ log, showHint }) {
    this.#list = log.list;
    this.#showHint = showHint;
    loadStyle('writing.css').then(() => {
      this.#isStyled = true;
      this.drawn();
    });
  }

  /** There may be new blocks. */
  drawn() {
    if (!this.#isStyled) return;
    for (const block of this.#list.querySelectorAll('.code')) if (!block.children[1]) block.append(this.#button(block));
  }

  /** @param {Element} block */
  #button(block) {
    const button = el('button', { class: 'code-copy', type: 'button', title: t('copyCode'), ariaLabel: t('copyCode') });
    button.append(icon(COPY));
    button.addEventListener('click', () => this.#copy(button, block.firstElementChild?.textContent ?? ''));
    return button;
  }

  /** @param {HTMLElement} button @param {string} code */
  async #copy(button, code) {
    if (!(await copy(code))) return;
    this.#showHint(t('codeCopied'));
    button.replaceChildren(icon(DONE));
    setTimeout(() => button.replaceChildren(icon(COPY)), DONE_MS);
  }
}
