/** The settings that hold in all rooms, in one sheet: its parts stand below each other, with a list of them beside. */

import { LEVELS } from '../model/notify.js';
import { isModerator } from '../model/rights.js';
import '../words/more.js';
import { LANGUAGES, t } from '../words/words.js';
import { devicesPart } from './devices.js';
import { openDialog } from './dialog.js';
import { el } from './element.js';
import { FaceChoice } from './face-choice.js';
import { NameField } from './name-field.js';
import { desktopState } from './notifications.js';
import { chime } from './sound.js';

/** Why there is no notification on the desktop. */
const WHY_NOT = /** @type {const} */ ({
  insecure: 'desktopInsecure', missing: 'desktopMissing', denied: 'desktopDenied',
});

/** Per cent of the browser's text. */
const SIZE = { min: 87.5, max: 150, step: 12.5, usual: 100 };

/** Keys, and what they do. @type {[string, import('../words/words.js').Key][]} */
const KEYS = [
  ['Ctrl K', 'keySearch'], ['Ctrl /', 'keyHelp'], ['↑', 'keyEditLast'], ['Shift Enter', 'keyNewLine'],
  ['Ctrl B · Ctrl I · Ctrl K', 'keyFormat'], ['Shift Tab ↑ ↓', 'keyMessages'],
  ['R · E · C · L · U · Delete', 'keyActions'], ['Esc', 'keyBack'],
];

/**
 * @typedef {import('../model/web-storage.js').WebStorage} WebStorage
 * @typedef {'yourself' | 'devices' | 'thisChat' | 'appearance' | 'writing' | 'notifications' | 'shortcuts' |
 *   'about'} Part
 */

/**
 * @param {object} needs
 * @param {WebStorage} needs.storage
 * @param {Pick<import('../model/session.js').Session, 'me' | 'isNameFixed' | 'server' | 'addresses' |
 *   'role' | 'guests'>} needs.session
 * @param {Pick<import('../model/requests.js').Requests,
 *   'rename' | 'setFace' | 'devices' | 'endDevice' | 'privateLink' | 'govern'>} needs.requests
 * @param {(name: string) => void} needs.open
 * @param {() => void} needs.refresh draws what is around the log again
 * @param {(person: import('../model/protocol.js').User) => unknown} needs.seeTo for a moderator
 * @param {Part} [part] that is shown first
 */
export async function openSettings({ storage, session, requests, open, refresh, seeTo }, part) {
  const chat = isModerator(session) && await chatPart({ session, requests, open, seeTo });
  const parts = /** @type {Record<Part, (Node | string)[]>} */ ({
    yourself: youPart(session, requests),
    devices: await devicesPart({ session, storage, requests, open }),
    ...(chat && { thisChat: chat }),
    appearance: [themeLine(storage), sizeLine(storage), densityLine(storage), languageLine(storage)],
    writing: [choice(t('enterSends'), storage.get('enterSends') !== false, (isOn) =>
      storage.set('enterSends', isOn ? undefined : false), t('enterSendsHint'))],
    notifications: [levelLine(storage, refresh), soundLine(storage), desktopLine(storage)],
    shortcuts: [el('dl', { class: 'settings-keys' }, ...KEYS.flatMap(([keys, key]) => [
      el('dt', {}, ...keys.split(' ').map((key) => (/^\p{P}$/u.test(key) && key !== '/' ? key : el('kbd', {}, key)))),
      el('dd', {}, t(key))]))],
    about: [el('p', {}, `Chinwag ${session.server?.version ?? ''}`), el('p', { class: 'dialog-note' }, t('aboutHint'))],
  });
  const names = /** @type {Part[]} */ (Object.keys(parts));
  const titles = names.map((name) =>
    el('h3', { class: 'settings-title', id: `settings-${name}`, tabIndex: -1 }, t(name)));
  // Quietly, beside the first title.
  if (chat) titles[0].append(' ', el('span', { class: 'settings-role' }, t(`role_${session.role}`)));
  const sections = names.map((name, n) =>
    el('section', { class: 'settings-part', 'aria-labelledby': titles[n].id }, titles[n], ...parts[name]));
  const links = names.map((name, n) => el('button', {
    type: 'button', 'aria-controls': `settings-${name}`, onclick: () => show(n),
  }, t(name)));
  const list = el('nav', { class: 'settings-list', ariaLabel: t('settings') }, ...links);
  const scroller = el('div', { class: 'settings-parts' }, ...sections);
  scroller.addEventListener('scroll', mark, { passive: true });
  await openDialog({ title: t('settings'), name: 'settings' }, list, scroller);
  if (part) show(names.indexOf(part));
  mark();

  /** @param {number} n of the part */
  function show(n) {
    sections[n].scrollIntoView({ block: 'start' });
    titles[n].focus({ preventScroll: true });
  }

  /** The part that is read now: the last one that has begun, or all the rest at the end. */
  function mark() {
    const { scrollTop, clientHeight, scrollHeight } = scroller;
    const isAtEnd = scrollTop > 0 && scrollTop + clientHeight >= scrollHeight - 1;
    const focused = titles.findIndex((title) => title === document.activeElement);
    const begun = sections.findLastIndex((section) => section.offsetTop <= scrollTop + 1);
    const at = isAtEnd ? Math.max(focused, begun, 0) : Math.max(begun, 0);
    for (const [n, link] of links.entries()) link.ariaCurrent = n === at ? 'true' : null;
  }
}

/** What is shown to moderators and owners alone. @param {import('./this-chat.js').Needs} needs */
const chatPart = async (needs) => (await import('./this-chat.js')).chatPart(needs);

/**
 * @param {Pick<import('../model/session.js').Session, 'me' | 'isNameFixed'>} session
 * @param {Pick<import('../model/requests.js').Requests, 'rename' | 'setFace'>} requests
 */
function youPart(session, requests) {
  const hint = el('p', { class: 'dialog-note', id: 'settings-name-hint', role: 'status' },
    session.isNameFixed ? t('nameFixed') : t('nameQuestionHint'));
  const field = new NameField(requests, hint, {
    class: 'dialog-field', value: session.me?.name ?? '', ariaLabel: t('yourName'), disabled: session.isNameFixed,
  });
  const save = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (field.name !== session.me?.name && (await field.save())) {
      hint.textContent = t('nameSaved');
      face.show();
    }
  };
  const button = el('button', { class: 'dialog-button', hidden: session.isNameFixed }, t('save'));
  const face = new FaceChoice({ session, requests, says: (text) => (hint.textContent = text) });
  return [el('div', { class: 'face-choice' }, face.preview,
    el('form', { class: 'dialog-line', onsubmit: save }, field.element, button), face.element), hint];
}

/**
 * One of few, side by side.
 *
 * @param {string} label
 * @param {[string, string][]} options their values and names
 * @param {string} now
 * @param {(value: string) => void} set
 */
function segments(label, options, now, set) {
  const name = `settings ${label}`;
  const radios = options.map(([value, text]) => el('label', {},
    el('input', { type: 'radio', name, value, checked: value === now, onchange: () => set(value) }),
    el('span', {}, text)));
  return el('fieldset', { class: 'settings-line' }, el('legend', {}, label),
    el('div', { class: 'settings-segments' }, ...radios));
}

/** The looks are boot.js's, which applies them before the first frame. */
const look = () => dispatchEvent(new Event('look'));

/** @param {WebStorage} storage */
function themeLine(storage) {
  /** @type {[string, string][]} */
  const themes = [['', t('themeSystem')], ['light', t('themeLight')], ['dark', t('themeDark')]];
  return segments(t('theme'), themes, storage.get('theme') ?? '', (theme) => {
    storage.set('theme', theme || undefined);
    look();
  });
}

/** @param {WebStorage} storage */
function sizeLine(storage) {
  const percent = new Intl.NumberFormat(document.documentElement.lang, { style: 'percent', maximumFractionDigits: 1 });
  const says = (/** @type {number} */ size) => percent.format(size / 100);
  const now = storage.get('size') ?? SIZE.usual;
  const shown = el('output', {}, says(now));
  const range = el('input', {
    type: 'range', id: 'settings-size', min: SIZE.min, max: SIZE.max, step: SIZE.step, value: now,
    oninput() {
      const size = Number(range.value);
      storage.set('size', size === SIZE.usual ? undefined : size);
      shown.textContent = range.ariaValueText = says(size);
      look();
    },
  });
  return el('div', { class: 'settings-line' }, el('label', { htmlFor: range.id }, t('textSize')), range, shown);
}

/** @param {WebStorage} storage */
function densityLine(storage) {
  /** @type {[string, string][]} */
  const densities = [['', t('densityBubbles')], ['compact', t('densityCompact')]];
  return segments(t('density'), densities, storage.get('density') ?? '', (density) => {
    storage.set('density', density || undefined);
    look();
  });
}

/** @param {WebStorage} storage */
function languageLine(storage) {
  const choices = [['', t('languageOfBrowser')], ...Object.entries(LANGUAGES)].map(([value, name]) =>
    el('option', { value, ...(value && { lang: value }) }, name));
  const select = el('select', { class: 'dialog-field', id: 'settings-language' }, ...choices);
  select.value = storage.get('language') ?? '';
  select.addEventListener('change', () => {
    storage.set('language', select.value || undefined);
    location.reload();
  });
  return el('div', { class: 'settings-line' }, el('label', { htmlFor: select.id }, t('language')), select);
}

/** @param {WebStorage} storage @param {() => void} refresh */
function levelLine(storage, refresh) {
  /** @type {[string, string][]} */
  const levels = LEVELS.map((level) => [level, t(`notify_${level}`)]);
  const line = segments(t('notifyOf'), levels, storage.get('notify') ?? 'mentions', (level) => {
    storage.set('notify', level);
    refresh();
  });
  line.append(el('p', { class: 'dialog-note' }, t('notifyHint')));
  return line;
}

/** @param {WebStorage} storage */
function soundLine(storage) {
  return choice(t('playSound'), storage.get('sound'), (isOn) => {
    storage.set('sound', isOn);
    if (isOn) chime();
  });
}

/** @param {WebStorage} storage */
function desktopLine(storage) {
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

/** @param {string} text @param {boolean} isOn @param {(isOn: boolean) => void} set @param {string} [hint] */
function choice(text, isOn, set, hint) {
  const field = el('input', { type: 'checkbox', checked: Boolean(isOn), onchange: () => set(field.checked) });
  const words = el('span', {}, text, ...(hint ? [el('span', { class: 'soft choice-hint' }, hint)] : []));
  return el('label', { class: 'dialog-choice' }, field, words);
}
