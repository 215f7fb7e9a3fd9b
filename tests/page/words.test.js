import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';

import first from '../../web/words/en.js';
import { more } from '../../web/words/more.js';
import { bestLanguage, calendar, clock, dayName, directionOf, LANGUAGES, languageInUse, number, setLanguage, t, translate } from '../../web/words/words.js';

/** What is said from the first, and by what is loaded later. */
const en = { ...first, ...more };

/** What is written the same: a name, a number, and words that two languages share. */
const SAME = {
  '*': ['title'],
  de: ['nameInRoom', 'emojiFaces', 'thread', 'threadIn', 'hue_1'],
  fr: ['message', 'messages', 'notifications', 'emojiNature', 'emojiFaces', 'hue_1', 'hue_4', 'hue_6'],
};

/** What a language's own letters are, where they are others than English has. */
const LETTERS = { zh: /\p{sc=Han}/u, ja: /[\p{sc=Hira}\p{sc=Kana}\p{sc=Han}]/u, ar: /\p{sc=Arab}/u };

/** Latin words that belong into a text of other letters: names, and what is to be typed as it stands. */
const LATIN = /\b(?:Chinwag|WebSocket|Ctrl|Enter|https|iPhone|iPad|QR)\b|\b(?:from:(?:NAME)?|in:(?:ROOM)?|before:)/g;

const forms = (entry) => (typeof entry === 'string' ? { other: entry } : entry);
const holes = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

/** Whether a plural form is for a single number of things: then words can say it. */
function isOneNumber(plural, category) {
  const numbers = Array.from({ length: 1_001 }, (_, n) => n).filter((n) => plural.select(n) === category);
  return numbers.filter((n) => n > 0).length <= 1 && category !== 'other' && numbers.length > 0;
}

afterEach(() => setLanguage('en'));

const tableOf = async (name) => (await import(`../../web/words/${name}.js`)).default;

const tables = Object.fromEntries(await Promise.all(
  Object.keys(LANGUAGES).map(async (code) => [code, code === 'en' ? en : { ...await tableOf(code), ...await tableOf(`more/${code}`) }]),
));

for (const code of Object.keys(LANGUAGES).filter((code) => code !== 'en')) {
  test(`${LANGUAGES[code]} has the words of the first load apart`, async () => {
    assert.deepEqual(Object.keys(await tableOf(code)).sort(), Object.keys(first).sort());
  });
}


for (const [code, table] of Object.entries(tables)) {
  const name = LANGUAGES[code];

  test(`everything is said in ${name}, and nothing else`, () => {
    assert.deepEqual(Object.keys(table).sort(), Object.keys(en).sort());
  });

  test(`${name} leaves the same holes`, () => {
    const plural = new Intl.PluralRules(code);
    for (const [key, entry] of Object.entries(table)) {
      const wanted = holes(forms(en[key]).other);
      for (const [category, text] of Object.entries(forms(entry))) {
        // "one", "two": a number that the words say themselves.
        const inWords = isOneNumber(plural, category);
        const found = inWords && !text.includes('{count}') ? [...holes(text), 'count'].sort() : holes(text);
        assert.deepEqual(found, wanted, `${key} (${category})`);
      }
    }
  });

  test(`${name} has its plural forms`, () => {
    const { pluralCategories } = new Intl.PluralRules(code).resolvedOptions();
    for (const [key, entry] of Object.entries(table)) {
      assert.equal(typeof entry, typeof en[key], key);
      if (typeof entry !== 'string') assert.deepEqual(Object.keys(entry).sort(), [...pluralCategories].sort(), key);
    }
  });

  test(`${name} is set as it is printed`, () => {
    for (const [key, entry] of Object.entries(table)) {
      for (const text of Object.values(forms(entry))) {
        assert.equal(text, text.trim(), key);
        assert.doesNotMatch(text, /\.\.\.|'| {2}|<|\ufffd/, key);
        if (code === 'fr') assert.doesNotMatch(text.replace(/\b(?:from|in|before):/g, ''), /(?<!\u00a0):|(?<!\u202f)[;!?]/, key);
        if (code === 'zh' || code === 'ja') assert.doesNotMatch(text.replace(/\w+:/g, ''), /[,.;:!?()](?!\w)/, key);
        if (code === 'ar') assert.doesNotMatch(text, /[,;?]/, key);
        if (code === 'es') assert.equal(text.split('?').length, text.split('¿').length, key);
      }
      const [ends, endsInEnglish] = [table, en].map((one) => /[.。]$/.test(forms(one[key]).other));
      assert.equal(ends, endsInEnglish, `${key} is a sentence, or it is not`);
      assert.equal(forms(entry).other.endsWith('…'), forms(en[key]).other.endsWith('…'), `${key} goes on, or it does not`);
    }
  });

  if (code !== 'en') {
    test(`${name} has no English in it`, () => {
      const same = [...SAME['*'], ...(SAME[code] ?? [])];
      for (const [key, entry] of Object.entries(table)) {
        if (same.includes(key)) continue;
        for (const text of Object.values(forms(entry))) {
          assert.ok(!Object.values(forms(en[key])).includes(text), key);
          assert.doesNotMatch(text, /\b(?:the|and|you|your|message was|is|not|of)\b/i, key);
          if (LETTERS[code]) {
            const own = text.replace(/\{\w+\}/g, '').replace(LATIN, '');
            assert.doesNotMatch(own, /[a-z]{2}/i, key);
            if (/\p{L}/u.test(own)) assert.match(own, LETTERS[code], key);
          }
        }
      }
    });
  }
}

test('the browser’s dearest language that there is', () => {
  for (const [wanted, found] of [
    [['de-AT', 'en'], 'de'], [['nl', 'FR-ca', 'de'], 'fr'], [['zh-Hant-TW'], 'zh'], [['ar'], 'ar'], [['nl'], 'en'], [[], 'en'],
    [['constructor', '__proto__', 'toString-x', 'ja'], 'ja'],
    [['de_AT.UTF-8'], 'de'], [['fr@euro', 'de'], 'fr'], [['C', 'POSIX', '', '-', null, 7, {}, 'es'], 'es'], [undefined, 'en'], [null, 'en'], ['de', 'de'], ['', 'en'],
  ]) {
    assert.equal(bestLanguage(wanted), found, String(wanted));
  }
});

/** With a browser that wants these languages. */
async function wanting(languages, run) {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  Object.defineProperty(globalThis, 'navigator', { value: { languages }, configurable: true });
  try {
    await setLanguage(bestLanguage(languages));
    return await run();
  } finally {
    if (before) Object.defineProperty(globalThis, 'navigator', before);
    else delete globalThis.navigator;
  }
}

const AFTERNOON = new Date(2026, 10, 24, 15, 4).getTime();

test('a time and a number are written as the reader’s country does, whatever the browser calls it', async () => {
  for (const [languages, tag] of [
    [['en-GB'], 'en-GB'], [['en-US@posix'], 'en-US'], [['en_GB.UTF-8'], 'en-GB'], [['en-!', 'en-GB'], 'en-GB'], [['de_CH'], 'de-CH'], [['ar-EG'], 'ar-EG'],
    [['en-u'], 'en'], [['en-'], 'en'], [['C'], 'en'], [[''], 'en'], [[], 'en'], [undefined, 'en'], [null, 'en'], [[null, 'de-AT'], 'de-AT'], [['nl', 'xx-YY'], 'en'],
  ]) {
    await wanting(languages, () => {
      assert.equal(clock(AFTERNOON), new Intl.DateTimeFormat(tag, { timeStyle: 'short' }).format(AFTERNOON), String(languages));
      assert.equal(number(1_234_567), new Intl.NumberFormat(tag).format(1_234_567), String(languages));
      for (const format of [calendar, dayName]) assert.notEqual(format(AFTERNOON), '');
    });
  }
});

test('of a time that is none nothing is said', () => {
  for (const at of [Number.NaN, 1e300, 8.64e15 + 1, -Infinity, undefined]) {
    for (const format of [clock, calendar, dayName]) assert.equal(format(at), '', String(at));
  }
});

test('Arabic is read from the right, the others from the left', () => {
  assert.deepEqual(Object.keys(LANGUAGES).filter((code) => directionOf(code) === 'rtl'), ['ar']);
});

test('names in a sentence stand by themselves, numbers are written as the language does', async () => {
  assert.equal(t('renamed', { before: 'نادية', name: '{count}' }), '\u2068نادية\u2069 is now called \u2068{count}\u2069.');
  assert.equal(t('tooLong', { chars: 4_001, max: 4_000 }), 'Too long: 4,001 of 4,000 characters');
  await setLanguage('de');
  assert.equal(languageInUse(), 'de');
  assert.equal(t('tooLong', { chars: 4_001, max: 4_000 }), 'Zu lang: 4.001 von 4.000 Zeichen');
  assert.equal(t('renamed', { before: 'Ada', name: '$&' }), '\u2068Ada\u2069 heißt jetzt \u2068$&\u2069.');
});

test('one, two, a few: each as the language says it', async () => {
  for (const [code, counts] of [
    ['en', { 0: '0 new messages', 1: '1 new message', 1000: '1,000 new messages' }],
    ['fr', { 0: '0 nouveau message', 1: '1 nouveau message', 2: '2 nouveaux messages', 1000000: '1\u202f000\u202f000 de nouveaux messages' }],
    ['ja', { 1: '新着メッセージ 1 件' }],
    ['ar', { 1: 'رسالة جديدة واحدة', 2: 'رسالتان جديدتان' }],
  ]) {
    await setLanguage(code);
    for (const [count, text] of Object.entries(counts)) assert.equal(t('newMessages', { count: Number(count) }), text);
  }
  const numbers = new Intl.NumberFormat('ar');
  assert.equal(t('newMessages', { count: 3 }), `${numbers.format(3)} رسائل جديدة`);
  assert.equal(t('newMessages', { count: 11 }), `${numbers.format(11)} رسالة جديدة`);
});

test('what a table has no words for is said in English, and what nobody has words for by its key', async () => {
  const table = await tableOf('more/de');
  const { yourName } = table;
  delete table.yourName;
  try {
    await setLanguage('de');
    assert.equal(t('yourName'), en.yourName);
    assert.equal(t('noSuchKey'), 'noSuchKey');
  } finally {
    table.yourName = yourName;
  }
});

test('a hole without a value is seen', () => assert.equal(t('renamed', { before: 'Ada' }), '\u2068Ada\u2069 is now called \u2068{name}\u2069.'));

test('a part of the page is said: its text, and the names and hints of what has none', async () => {
  const element = (attributes) => ({
    dataset: { t: attributes['data-t'] },
    getAttribute: (name) => attributes[name],
    setAttribute: (name, value) => (attributes[name] = value),
    attributes,
  });
  const elements = [element({ 'data-t': 'send' }), element({ 'data-t-title': 'settings', 'data-t-aria-label': 'find' })];
  const part = { querySelectorAll: (selector) => elements.filter(({ attributes }) => selector.slice(1, -1) in attributes) };
  await setLanguage('es');
  translate(part);
  assert.equal(elements[0].textContent, 'Enviar');
  assert.deepEqual([elements[1].attributes.title, elements[1].attributes['aria-label']], ['Ajustes', 'Buscar']);
});
