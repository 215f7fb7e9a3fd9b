import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { hueOf, HUES as HUE_COUNT, initialOf, signOf } from '../../web/model/color.js';
import { seeded } from './seed.js';

const HUES = Array.from({ length: HUE_COUNT }, (_, hue) => hueOf({ id: '', hue }));

/** WCAG 2.2, 1.4.3: text of any size. */
const CONTRAST_MIN = 4.5;

/** WCAG 2.2, 1.4.11: the edge of a control. */
const EDGE_MIN = 3;

const css = (name) => readFileSync(new URL(`../../web/style/${name}`, import.meta.url), 'utf8');

/** What the custom properties say in a theme. @param {boolean} isDark */
function valuesIn(isDark) {
  const values = {};
  const text = css('colors.css') + (isDark ? css('dark.css') : '');
  for (const [, name, value] of text.matchAll(/(--[\w-]+):\s*([^;]+);/g)) values[name] = value;
  return values;
}

/** The light that a colour gives, each part in 0..1; what a screen cannot show is cut off, as browsers do. */
function lightOf(color, values) {
  const [, name] = /^var\((--[\w-]+)\)$/.exec(color) ?? [];
  if (name) return lightOf(values[name], values);
  const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const [, hex] = /^#([0-9a-f]{6})$/i.exec(color) ?? [];
  if (hex) return hex.match(/../g).map((part) => linear(parseInt(part, 16) / 255));
  const [, lightness, chroma, hue] = /^oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)$/.exec(color) ?? assert.fail(`no colour: ${color}`);
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  // OKLab to linear sRGB: Björn Ottosson's matrices, as in CSS Color 4.
  const l = (lightness / 100 + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness / 100 - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness / 100 - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((part) => Math.min(1, Math.max(0, part)));
}

function contrast(one, other) {
  const [dark, light] = [one, other].map(([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b).sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test('the measure of contrast is that of WCAG', () => {
  const of = (one, other) => contrast(lightOf(one, {}), lightOf(other, {}));
  assert.equal(of('#000000', '#ffffff'), 21);
  assert.equal(of('#767676', '#ffffff').toFixed(2), '4.54');
  // CSS Color 4 gives these as the same: red, and rebeccapurple.
  for (const [hex, oklch] of [['#ff0000', 'oklch(62.796% 0.25768 29.2339)'], ['#663399', 'oklch(44.027% 0.1603 303.373)']]) {
    assert.equal(of(hex, oklch).toFixed(2), '1.00');
  }
});

for (const isDark of [false, true]) {
  const values = valuesIn(isDark);
  const theme = isDark ? 'dark' : 'light';

  test(`a name of any hue is read on every ground (${theme})`, () => {
    for (const back of ['--page-back', '--message-back', '--own-back', '--field-back']) {
      for (const hue of HUES) {
        const found = contrast(lightOf(`oklch(${values['--name-tone']} ${hue})`, values), lightOf(`var(${back})`, values));
        assert.ok(found >= CONTRAST_MIN, `${hue}° on ${back}: ${found.toFixed(2)}`);
      }
    }
  });

  test(`what is written is read on every ground (${theme})`, () => {
    const grounds = ['--page-back', '--side-back', '--message-back', '--own-back', '--chosen-back', '--code-back', '--marigold-wash'];
    const pairs = [
      ...grounds.flatMap((back) => [['--text', back], ['--text-soft', back]]),
      ...['--page-back', '--side-back', '--message-back'].flatMap((back) => [['--link', back], ['--bad', back], ['--text-faint', back]]),
      ['--on-action', '--action'], ['--on-news', '--news'], ['--on-bad', '--bad'], ['--page-back', '--text'],
    ];
    for (const [text, back] of pairs) {
      const found = contrast(...[text, back].map((name) => lightOf(`var(${name})`, values)));
      assert.ok(found >= CONTRAST_MIN, `${text} on ${back}: ${found.toFixed(2)}`);
    }
    for (const back of ['--page-back', '--message-back']) {
      const found = contrast(...['--field-edge', back].map((name) => lightOf(`var(${name})`, values)));
      assert.ok(found >= EDGE_MIN, `the edge of a field on ${back}: ${found.toFixed(2)}`);
    }
  });

  test(`the letter of any hue is read on its disc (${theme})`, () => {
    for (const hue of HUES) {
      const [disc, letter] = ['--disc-tone', '--letter-tone'].map((tone) => lightOf(`oklch(${values[tone]} ${hue})`, values));
      assert.ok(contrast(disc, letter) >= CONTRAST_MIN, `${hue}°: ${contrast(disc, letter).toFixed(2)}`);
    }
  });
}

test('each number of a hue is a hue of its own, far from the others', () => {
  assert.deepEqual(HUES, [20, 65, 110, 155, 200, 245, 290, 335]);
  assert.equal(hueOf({ id: 'a', hue: 8 }), 20, 'one of a later server');
});

test('where the server gives none, somebody has the same hue for ever', () => {
  assert.deepEqual(['1', '00f1e2d3c4b5a697', '7fffffffffffffff', ''].map((id) => hueOf({ id })), [200, 335, 65, 200]);
});

test('a face shows the emoji that was chosen, and else the letter', () => {
  assert.equal(signOf({ id: 'a', name: 'ada', emoji: '🦊' }), '🦊');
  assert.equal(signOf({ id: 'a', name: 'ada' }), 'A');
});

test('hues are shared out evenly, also among ids that follow one another (seed 5)', () => {
  const random = seeded(5);
  for (const idOf of [(n) => String(n), (n) => n.toString(16).padStart(16, '0'), () => Math.floor(random() * 2 ** 52).toString(16).padStart(16, '0')]) {
    const uses = Object.fromEntries(HUES.map((hue) => [hue, 0]));
    for (let n = 0; n < 1_500; n++) uses[hueOf({ id: idOf(n) })] += 1;
    for (const count of Object.values(uses)) assert.ok(count > 100 && count < 280, `1,500 people: ${JSON.stringify(uses)}`);
  }
});

test('the letter of a name is what one sees first', () => {
  for (const [name, initial] of [
    ['ada', 'A'], ['Ada', 'A'], ['éa', 'É'], ['e\u0301a', 'E\u0301'], ['ß', 'ß'], ['ﬁn', 'ﬁ'], ['李雷', '李'], ['نادية', 'ن'], ['שרה', 'ש'], ['नमस्ते', 'न'],
    ['👩‍💻 dev', '👩‍💻'], ['👍🏽', '👍🏽'], ['🇩🇪 x', '🇩🇪'], ['1️⃣', '1️⃣'], ['4 you', '4'], ['<b>', '<'], ['ǆ', 'Ǆ'], ['', ''],
    [`z${'\u0351\u0357\u0363'.repeat(9)}algo`, 'Z\u0351\u0357'], [`${'\u0301'.repeat(40)}`, '\u0301\u0301'], ['\ud800x', '\ud800'], ['𐐨𐐩', '𐐀'],
  ]) {
    assert.equal(initialOf(name), initial, name);
  }
});
