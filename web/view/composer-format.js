/**
 * What helps to write: keys that set the marks of a text, links and code that are pasted, and a way from anywhere into
 * the composer.
 */

import { parse } from '../model/markup.js';
import '../words/more.js';
import { t } from '../words/words.js';
import { el, find } from './element.js';
import { insert } from './insert.js';
import { loadStyle } from './stylesheet.js';

/** Marks by their key. @type {Record<string, string>} */
const MARKS = { b: '**', i: '_' };

/** What is said in a line, after what makes it an item or a quote: emphasis ends where its line does. */
const SAID = /^((?:[ \t]*(?:[-*>]|\d{1,3}\.)[ \t]+)?[ \t]*)(\S(?:.*\S)?)/gm;

const ADDRESS = /^https?:\/\/\S+$/i;

/** A line that is indented, and no item of a list. */
const INDENTED = /^(?:\t| {2})[ \t]*(?!(?:[-*]|\d{1,3}\.) )\S/m;

const FENCE = /^```/gm;

/** What takes keys for itself. */
const TAKES_KEYS = 'input, textarea, select, [contenteditable], dialog, [role="menu"], [role="listbox"], [role="grid"]';

/** There Ctrl moves the caret, as it does in any field. */
const isMac = /^(?:Mac|iP)/.test(navigator.platform);

/** @type {HTMLTextAreaElement} */
const field = find('#text');

/** What was pasted and may be code: where it is, and all that was written right after. */
let pasted = { from: 0, text: '', all: '' };
/** The next paste is to change nothing. */
let isPlain = false;

const offer = el('p', { class: 'composer-paste', hidden: true },
  el('button', { class: 'quiet', type: 'button', onclick: fence }, t('pasteAsCode')));

/** Begins to help. */
export async function helpWriting() {
  field.addEventListener('keydown', setMarks);
  field.addEventListener('paste', paste);
  document.addEventListener('keydown', write);
  // Each time that another text is written, by whatever: composer.js notes it there.
  new MutationObserver(() => (offer.hidden = !pasted.all || field.value !== pasted.all))
    .observe(find('.composer-field'), { attributeFilter: ['data-text'] });
  await loadStyle('writing.css');
  find('.composer-bar').before(offer);
  find('.composer-bar').after(el('p', { class: 'composer-help' }, t('formatHelp')));
}

/** On a keyboard of other letters the place of the key counts. @param {KeyboardEvent} event */
const letterOf = ({ key, code }) => (/^[a-z]$/i.test(key) ? key : code.replace(/^Key/, '')).toLowerCase();

/** @param {KeyboardEvent} event */
function setMarks(event) {
  const letter = letterOf(event);
  isPlain = event.shiftKey && letter === 'v';
  const [wanted, other] = isMac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  if (!wanted || other || event.shiftKey || event.altKey) return;
  const mark = MARKS[letter];
  if (mark) toggle(mark);
  // Without a selection the key is that of the search.
  else if (letter !== 'k' || !linkSelected()) return;
  event.preventDefault();
  event.stopPropagation();
}

/** Sets the mark around what is selected, or takes it away. @param {string} mark */
function toggle(mark) {
  const { value, selectionStart: from, selectionEnd: to } = field;
  const { length } = mark;
  const selected = value.slice(from, to);
  if (value.slice(0, from).endsWith(mark) && value.startsWith(mark, to)) {
    insert(selected, from - length, to + length);
    return field.setSelectionRange(from - length, to - length);
  }
  const said = [...selected.matchAll(SAID)].map((match) => match[2]);
  if (!said.length) {
    insert(mark + mark, from, to);
    return field.setSelectionRange(from + length, from + length);
  }
  /** @param {string} text */
  const isMarked = (text) => text.length > 2 * length && text.startsWith(mark) && text.endsWith(mark);
  const isOn = said.every(isMarked);
  const text = selected.replace(SAID, (_, before, said) =>
    before + (isOn ? said.slice(length, -length) : isMarked(said) ? said : mark + said + mark));
  insert(text, from, to);
  field.setSelectionRange(from, from + text.length);
}

/** @returns {boolean} whether something is selected that can be a link */
function linkSelected() {
  const { value, selectionStart: from, selectionEnd: to } = field;
  const selected = value.slice(from, to);
  if (!selected.trim() || /[\n[\]]/.test(selected)) return false;
  const isAddress = ADDRESS.test(selected);
  insert(isAddress ? `[](${selected})` : `[${selected}]()`, from, to);
  const inner = isAddress ? from + 1 : field.selectionEnd - 1;
  field.setSelectionRange(inner, inner);
  return true;
}

/** @param {ClipboardEvent} event */
function paste(event) {
  const text = event.clipboardData?.getData('text/plain').replace(/\r\n?/g, '\n') ?? '';
  const { value, selectionStart: from, selectionEnd: to } = field;
  const selected = value.slice(from, to);
  pasted = { from, text, all: '' };
  if (isPlain || event.defaultPrevented) {
    isPlain = false;
  } else if (isLink(selected, text.trim())) {
    event.preventDefault();
    insert(`[${selected}](${text.trim()})`, from, to);
  } else if (isCode(text) && (value.slice(0, from).match(FENCE) ?? []).length % 2 === 0) {
    pasted.all = value.slice(0, from) + text + value.slice(to);
  }
}

/** An address that is pasted over another takes its place. @param {string} text @param {string} url */
function isLink(text, url) {
  if (!text || ADDRESS.test(text) || !ADDRESS.test(url)) return false;
  const [link, ...rest] = parse(`[${text}](${url})`);
  return typeof link === 'object' && link.kind === 'link' && !rest.length;
}

/** @param {string} text */
const isCode = (text) => text.trim().includes('\n') && INDENTED.test(text) && !text.match(FENCE);

/** Makes a block of code of what was pasted. */
function fence() {
  const { from, text, all } = pasted;
  const to = from + text.length;
  // Longer than any within it.
  const sign = '`'.repeat(Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  const lines = [sign, text.replace(/^\s*\n|\s+$/g, ''), sign];
  if (from && all[from - 1] !== '\n') lines.unshift('');
  if (to < all.length && all[to] !== '\n') lines.push('');
  insert(lines.join('\n'), from, to);
}

/** A key that writes a character writes it in the composer, wherever the focus is. @param {KeyboardEvent} event */
function write(event) {
  const { key, target } = event;
  // A space presses a button, and scrolls.
  if (event.defaultPrevented || [...key].length > 1 || key === ' ') return;
  if ((event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState('AltGraph')) return;
  if (/** @type {Element} */ (target).closest(TAKES_KEYS)) return;
  if (document.querySelector('dialog[open], :popover-open')) return;
  field.focus();
}
