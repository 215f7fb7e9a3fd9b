/** What is the same in all rooms: the language, and how one is told of what is new. */

import '../words/more.js';
import { LANGUAGES, say } from '../words/words.js';
import { openDialog } from './dialog.js';
import { el } from './element.js';
import { desktopState } from './notices.js';
import { chime } from './sound.js';

/** Why there is no notification on the desktop. */
const WHY_NOT = { insecure: 'desktopInsecure', missing: 'desktopMissing', denied: 'desktopDenied' };

/** @param {typeof import('../chat.js').app} app */
export async function openSettings(app) {
  await openDialog({ title: say('settings') }, languagePart(app), soundPart(app), desktopPart(app));
}

function languagePart({ keep }) {
  const choices = [['', say('languageOfBrowser')], ...Object.entries(LANGUAGES)].map(([value, name]) =>
    el('option', { value, ...(value && { lang: value }) }, name));
  const select = el('select', { class: 'dialog-field', id: 'settings-language' }, ...choices);
  select.value = keep.get('language') ?? '';
  select.addEventListener('change', () => {
    keep.set('language', select.value || undefined);
    location.reload();
  });
  return el('section', { class: 'dialog-part' }, el('label', { class: 'dialog-label', htmlFor: select.id }, say('language')), select);
}

function soundPart({ keep }) {
  const sound = choice(say('playSound'), keep.get('sound'), (isOn) => {
    keep.set('sound', isOn);
    if (isOn) chime();
  });
  return el('section', { class: 'dialog-part' }, el('h3', { class: 'dialog-label' }, say('notifications')), sound);
}

function desktopPart({ keep }) {
  const note = el('p', { class: 'dialog-note', id: 'settings-desktop', role: 'status' });
  const desktop = choice(say('showDesktop'), false, ask);
  const [field] = desktop.children;
  const preview = choice(say('hidePreview'), keep.get('preview') === false, (isHidden) => keep.set('preview', !isHidden));
  field.setAttribute('aria-describedby', note.id);
  show();
  return el('div', {}, desktop, note, preview);

  async function ask(isOn) {
    // A browser asks only at a click, and only once.
    const isAllowed = isOn && (await Notification.requestPermission()) === 'granted';
    keep.set('desktop', isAllowed);
    show();
  }

  function show() {
    const state = desktopState();
    field.checked = state === 'granted' && Boolean(keep.get('desktop'));
    field.disabled = state in WHY_NOT;
    note.textContent = state in WHY_NOT ? say(WHY_NOT[state]) : '';
    preview.hidden = !field.checked;
  }
}

/** @param {string} text @param {boolean} isOn @param {(isOn: boolean) => void} set */
function choice(text, isOn, set) {
  const field = el('input', { type: 'checkbox', checked: Boolean(isOn), onchange: () => set(field.checked) });
  return el('label', { class: 'dialog-choice' }, field, el('span', {}, text));
}
