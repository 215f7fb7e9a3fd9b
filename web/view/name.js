/** The form to change one's name, in place of the name. */

import '../words/more.js';
import { t } from '../words/words.js';
import { el } from './element.js';
import { loadStyle } from './stylesheet.js';

/** @param {typeof import('../chat.js').app} app */
export async function openName(app) {
  await loadStyle('name.css');
  if (app.isNaming || !app.session.me) return;
  const { session } = app;
  const line = document.querySelector('.foot-line');
  const hint = el('p', { class: 'hint name-hint', id: 'name-hint', role: 'status' });
  const field = el('input', {
    class: 'name-field', id: 'name', type: 'text', dir: 'auto', autocomplete: 'nickname', autocapitalize: 'words', spellcheck: false,
    enterKeyHint: 'done', 'aria-describedby': hint.id, value: session.me.name,
  });
  const form = el('form', { class: 'name-form', id: 'name-form' },
    el('label', { class: 'name-label', for: field.id }, t('yourName')), field,
    el('button', { class: 'quiet name-save' }, t('save')),
    el('button', { class: 'quiet name-cancel', type: 'button', onclick: () => close('.me-change') }, t('cancel')),
    hint);

  const complain = (why) => {
    field.setAttribute('aria-invalid', String(why !== ''));
    hint.textContent = why;
  };

  /** @param {string} focus where one goes on: after another name, with the talk */
  const close = (focus) => {
    form.remove();
    app.isNaming = false;
    line.querySelector('#me').hidden = false;
    app.refresh();
    document.querySelector(focus).focus();
  };

  form.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') close('.me-change');
  });
  field.addEventListener('input', () => complain(''));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const name = field.value.trim();
    if (name === session.me.name) return close('.me-change');
    try {
      await app.requests.rename(name);
      close('#text');
    } catch ({ message }) {
      complain(t('notChanged', { why: message }));
      field.focus();
    }
  });

  app.isNaming = true;
  line.querySelector('#me').hidden = true;
  line.prepend(form);
  field.select();
}
