/** The settings that hold in all rooms: language, sound, desktop notifications. */

import '../words/more.js';
import { LANGUAGES, t } from '../words/words.js';
import { openDialog } from './dialog.js';
import { el } from './element.js';
import { desktopState } from './notifications.js';
import { chime } from './sound.js';

/** Why there is no notification on the desktop. */
const WHY_NOT = /** @type {const} */ ({
  insecure: 'desktopInsecure', missing: 'desktopMissing', denied: 'desktopDenied',
});

/** @typedef {import('../model/web-storage.js').WebStorage} WebStorage */

/** @param {{ storage: WebStorage }} needs */
export async function openSettings({ storage }) {
  await openDialog({ title: t('settings') }, languagePart(storage), soundPart(storage), desktopPart(storage));
}

/** @param {WebStorage} storage */
function languagePart(storage) {
  const choices = [['', t('languageOfBrowser')], ...Object.entries(LANGUAGES)].map(([value, name]) =>
    el('option', { value, ...(value && { lang: value }) }, name));
  const select = el('select', { class: 'dialog-field', id: 'settings-language' }, ...choices);
  select.value = storage.get('language') ?? '';
  select.addEventListener('change', () => {
    storage.set('language', select.value || undefined);
    location.reload();
  });
  const label = el('label', { class: 'dialog-label', htmlFor: select.id }, t('language'));
  return el('section', { class: 'dialog-part' }, label, select);
}

/** @param {WebStorage} storage */
function soundPart(storage) {
  const sound = choice(t('playSound'), storage.get('sound'), (isOn) => {
    storage.set('sound', isOn);
    if (isOn) chime();
  });
  return el('section', { class: 'dialog-part' }, el('h3', { class: 'dialog-label' }, t('notifications')), sound);
}

/** @param {WebStorage} storage */
function desktopPart(storage) {
  const note = el('p', { class: 'dialog-note', id: 'settings-desktop', role: 'status' });
  const desktop = choice(t('showDesktop'), false, ask);
  const field = /** @type {HTMLInputElement} */ (desktop.firstChild);
  const isHidden = storage.get('preview') === false;
  const preview = choice(t('hidePreview'), isHidden, (isHidden) => storage.set('preview', !isHidden));
  field.setAttribute('aria-describedby', note.id);
  show();
  return el('div', {}, desktop, note, preview);

  /** @param {boolean} isOn */
  async function ask(isOn) {
    // A browser asks only at a click, and only once.
    const isAllowed = isOn && (await Notification.requestPermission()) === 'granted';
    storage.set('desktop', isAllowed);
    show();
  }

  function show() {
    const state = desktopState();
    field.checked = state === 'granted' && Boolean(storage.get('desktop'));
    field.disabled = state in WHY_NOT;
    note.textContent = state in WHY_NOT ? t(WHY_NOT[/** @type {keyof typeof WHY_NOT} */ (state)]) : '';
    preview.hidden = !field.checked;
  }
}

/** @param {string} text @param {boolean} isOn @param {(isOn: boolean) => void} set */
function choice(text, isOn, set) {
  const field = el('input', { type: 'checkbox', checked: Boolean(isOn), onchange: () => set(field.checked) });
  return el('label', { class: 'dialog-choice' }, field, el('span', {}, text));
}
