/** A link that is given away: a field with it, its buttons, and its QR code. */

import { mountOf } from '../model/address.js';
import '../words/more.js';
import { t } from '../words/words.js';
import { el } from './element.js';
import { copy } from './share.js';

/** The time for which "Link copied" is shown. Milliseconds. */
const COPIED_MS = 3_000;

export class SharedLink {
  /** Says what has come of it. */
  note = el('p', { class: 'dialog-note', role: 'status' });
  code = el('img', { class: 'device-code', alt: t('linkCode'), width: 224, height: 224 });
  #field;
  /** The field and its buttons. */
  line;

  /** @param {{ label: string, title?: string }} about `title` goes with it where the system shares it */
  constructor({ label, title }) {
    this.#field = el('input', {
      class: 'dialog-field', readOnly: true, dir: 'ltr', ariaLabel: label, onfocus: () => this.#field.select(),
    });
    const copies = { class: 'dialog-button dialog-button-main', type: 'button', onclick: () => this.#copy() };
    this.line = el('div', { class: 'dialog-line' }, this.#field, el('button', copies, t('copyLink')));
    if (!navigator.share) return;
    const share = () => navigator.share({ title, url: this.#field.value }).catch(() => {});
    this.line.append(el('button', { class: 'dialog-button', type: 'button', onclick: share }, t('shareLink')));
  }

  /** @param {string} url */
  show(url) {
    this.#field.value = url;
  }

  /** Draws the code of what is shown; the link alone stays where the server cannot. */
  async showCode() {
    const address = new URL('qr', mountOf(document.baseURI));
    const response = await fetch(address, { method: 'POST', body: this.#field.value }).catch(() => undefined);
    this.code.hidden = !response?.ok;
    if (response?.ok) this.code.src = `data:image/svg+xml,${encodeURIComponent(await response.text())}`;
  }

  async #copy() {
    const isCopied = await copy(this.#field.value);
    if (!isCopied) this.#field.focus();
    this.note.textContent = t(isCopied ? 'copied' : 'linkSelected');
    setTimeout(() => (this.note.textContent = ''), COPIED_MS);
  }
}
