/** A grid of emoji to choose one from, beside what asked for it. */

import { WebStorage } from '../model/web-storage.js';
import '../words/more.js';
import { t } from '../words/words.js';
import { el } from './element.js';
import { loadStyle } from './stylesheet.js';

/** A sign and its name, and so on; the names are English, as Unicode has them. */
 
/* eslint-disable max-len -- a table: an entry is a line */
const GROUPS = {
  emojiFaces: '😀 grin|😄 happy|😂 tears of joy|🤣 rolling on the floor|😊 smile|🙂 slight smile|😉 wink|😍 heart eyes|🥰 in love|😘 kiss|😋 yum|😜 tongue out|🤪 zany|😎 cool|🤓 nerd|🥳 party|🤗 hug|🤭 giggle|🤔 thinking|🤨 doubtful|😐 neutral|🙄 rolling eyes|😏 smirk|😬 grimace|😌 relieved|😴 asleep|🤒 ill|🤯 mind blown|😕 confused|😮 surprised|🥺 pleading|😢 sad|😭 crying|😱 scream|😤 huff|😡 angry|😈 little devil|💀 skull|👻 ghost|🤖 robot',
  emojiPeople: '👍 thumbs up|👎 thumbs down|👌 okay|👏 applause|🙌 hooray|🙏 please, thank you|🤝 handshake|👋 wave|✌️ peace|🤞 fingers crossed|🤘 rock on|👉 pointing|☝️ pointing up|✋ hand up|💪 strong|🤷 shrug|🤦 facepalm|🙋 me|👀 eyes|🧠 brain',
  emojiNature: '🐶 dog|🐱 cat|🦊 fox|🐻 bear|🐼 panda|🐸 frog|🐝 bee|🦋 butterfly|🐢 turtle|🦄 unicorn|🌱 seedling|🌻 sunflower|🌹 rose|🍀 clover|🌳 tree|☀️ sun|🌧️ rain|❄️ snow|🌈 rainbow|🌊 wave',
  emojiFood: '☕ coffee|🍵 tea|🍺 beer|🍷 wine|🥂 toast|🍰 cake|🎂 birthday cake|🍪 biscuit|🍫 chocolate|🍦 ice cream|🍕 pizza|🍔 burger|🥗 salad|🍝 pasta|🍣 sushi|🍞 bread|🧀 cheese|🍎 apple|🍓 strawberry|🍋 lemon',
  emojiThings: '🎉 celebration|🎈 balloon|🎁 present|🎵 music|🎸 guitar|⚽ football|🏆 trophy|🎮 game|📷 camera|💻 computer|📱 phone|💡 idea|📚 books|✏️ pencil|📌 pin|📅 calendar|🔧 tool|🔒 lock|💰 money|🚀 rocket|🚗 car|🚲 bicycle|✈️ aeroplane|🏠 house',
  emojiSigns: '❤️ heart|🧡 orange heart|💛 yellow heart|💚 green heart|💙 blue heart|💜 purple heart|🖤 black heart|💔 broken heart|✨ sparkles|⭐ star|🔥 fire|💯 hundred|✅ done|❌ no|❓ question|❗ exclamation|⚠️ careful|💬 speech|💤 sleep|➕ plus',
};
/* eslint-enable max-len */
 

/** @typedef {{ sign: string, name: string }} Emoji @typedef {keyof typeof GROUPS} Group */

/** The number of frequently used emoji that are shown first. */
const OFTEN_MAX = 6;

/** Signs in a row: as many as are wide enough for the pointer, on a screen of 320 pixels. */
const COLUMNS = { fine: 8, coarse: 6 };

/** From what asked for it, and from the window's edges. CSS pixels. */
const GAP_PX = 6;

const storage = new WebStorage(() => window.localStorage, 'chinwag ');

/** @param {Group} group @returns {Emoji[]} */
const signsOf = (group) => GROUPS[group].split('|').map((entry) => {
  const space = entry.indexOf(' ');
  return { sign: entry.slice(0, space), name: entry.slice(space + 1) };
});

/** @returns {string[]} the emoji used most often, the most frequent first */
function often() {
  /** @type {[string, number][]} */
  const uses = Object.entries(storage.get('emoji') ?? {});
  return uses.sort(([, a], [, b]) => b - a).slice(0, OFTEN_MAX).map(([sign]) => sign);
}

/** @param {string} sign */
function count(sign) {
  const uses = storage.get('emoji') ?? {};
  storage.set('emoji', { ...uses, [sign]: (uses[sign] ?? 0) + 1 });
}

/**
 * @param {HTMLElement} anchor what asked for it, which has the focus again afterwards
 * @returns {Promise<string | undefined>} undefined where none was chosen
 */
export async function pickEmoji(anchor) {
  await loadStyle('emoji.css');
  const columns = COLUMNS[matchMedia('(pointer: coarse)').matches ? 'coarse' : 'fine'];
  /** @type {{ key: Group | 'emojiOften', signs: Emoji[] }[]} */
  const named = /** @type {Group[]} */ (Object.keys(GROUPS)).map((key) => ({ key, signs: signsOf(key) }));
  const all = named.flatMap(({ signs }) => signs);
  const used = often().flatMap((often) => all.find(({ sign }) => sign === often) ?? []);
  if (used.length) named.unshift({ key: 'emojiOften', signs: used });

  return new Promise((choose) => {
    /** @type {string | undefined} */
    let chosen;
    const groups = named.map(({ key, signs }) => groupOf(key, signs, columns));
    const grid = el('div', { class: 'emoji-grid', role: 'grid', ariaLabel: t('emoji') }, ...groups);
    const popover = el('div', { class: 'emoji', popover: 'auto', role: 'dialog', ariaLabel: t('emoji') }, grid);
    const buttons = [...grid.querySelectorAll('button')];
    buttons[0].tabIndex = 0;
    grid.addEventListener('click', ({ target }) => {
      const button = buttons.find((button) => button === target);
      if (!button) return;
      chosen = button.textContent ?? '';
      count(chosen);
      popover.hidePopover();
    });
    grid.addEventListener('keydown', (event) => {
      const next = nextOf(grid, event);
      if (!next) return;
      event.preventDefault();
      for (const button of buttons) button.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    });
    popover.addEventListener('toggle', ({ newState }) => {
      if (newState !== 'closed') return;
      // A click beside it may have moved the focus already.
      if (popover.contains(document.activeElement) || document.activeElement === document.body) anchor.focus();
      popover.remove();
      choose(chosen);
    });
    (anchor.closest('dialog') ?? document.body).append(popover);
    popover.showPopover();
    position(popover, anchor);
    buttons[0].focus();
  });
}

/** @param {Group | 'emojiOften'} key of its name @param {Emoji[]} signs @param {number} columns */
function groupOf(key, signs, columns) {
  const rows = [];
  for (let at = 0; at < signs.length; at += columns) {
    const cells = signs.slice(at, at + columns).map(({ sign, name }) => {
      const button = { class: 'emoji-sign', type: 'button', tabIndex: -1, title: name, ariaLabel: name };
      return el('div', { role: 'gridcell' }, el('button', button, sign));
    });
    rows.push(el('div', { class: 'emoji-row', role: 'row' }, ...cells));
  }
  const title = el('p', { class: 'emoji-title', id: `emoji-${key}` }, t(key));
  const group = el('div', { role: 'rowgroup', 'aria-labelledby': title.id }, ...rows);
  return el('div', { role: 'presentation' }, title, group);
}

/**
 * The emoji that is reached by a key.
 *
 * @param {HTMLElement} grid
 * @param {KeyboardEvent} event
 * @returns {HTMLElement | undefined}
 */
function nextOf(grid, { key, target, ctrlKey }) {
  const rows = [...grid.querySelectorAll('.emoji-row')].map((row) => [...row.querySelectorAll('button')]);
  const all = rows.flat();
  const at = all.findIndex((button) => button === target);
  const row = rows.findIndex((row) => row.includes(all[at]));
  const column = rows[row]?.indexOf(all[at]);
  const isTurned = getComputedStyle(grid).direction === 'rtl';
  /** @param {number} step */
  const inRow = (step) => rows[row + step]?.[Math.min(column, rows[row + step].length - 1)];
  switch (key) {
    case 'ArrowRight': return all[at + (isTurned ? -1 : 1)];
    case 'ArrowLeft': return all[at + (isTurned ? 1 : -1)];
    case 'ArrowDown': return inRow(1);
    case 'ArrowUp': return inRow(-1);
    case 'Home': return ctrlKey ? all[0] : rows[row][0];
    case 'End': return ctrlKey ? all.at(-1) : rows[row].at(-1);
    default: return undefined;
  }
}

/**
 * Above what asked for it or below, wherever there is more room, and inside the window.
 *
 * @param {HTMLElement} popover
 * @param {HTMLElement} anchor what asked for it
 */
function position(popover, anchor) {
  const beside = anchor.getBoundingClientRect();
  const { offsetWidth: width, style } = popover;
  const above = beside.top - 2 * GAP_PX;
  const below = innerHeight - beside.bottom - 2 * GAP_PX;
  style.setProperty('max-block-size', `${Math.max(above, below)}px`);
  const height = popover.offsetHeight;
  const isBelow = below >= height || below >= above;
  style.setProperty('inset-block-start', `${isBelow ? beside.bottom + GAP_PX : beside.top - GAP_PX - height}px`);
  const isTurned = getComputedStyle(popover).direction === 'rtl';
  const start = isTurned ? innerWidth - beside.right : beside.left;
  const last = innerWidth - width - GAP_PX;
  style.setProperty('inset-inline-start', `${Math.max(GAP_PX, Math.min(start, last))}px`);
}
