import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isEmojiOnly, parse } from '../../web/model/markup.js';

/** Ten times what a text may have: what takes its square is seen. 4,000 would have 10 ms; a frame has 16. */
const CHARS = 40_000;
const PARSE_MS_MAX = 100;

/** What this process has had of the processor, in milliseconds: others may be busy beside it. */
function processorMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

const NAMES = ['Ada', 'Ada Lovelace', '李雷', 'Ada (work)', 'C++', 'نادية', 'x.y', 'Zoé', '한나', '\u0958मर'];

/** A short way to write down what was found: kinds in brackets (items with their numbers), blocks and links by their parts. */
const sketch = (nodes) => nodes.map((node) => {
  if (typeof node === 'string') return node;
  if (node.children) return `[${node.kind}${node.value ?? ''} ${sketch(node.children)}]`;
  if (node.kind === 'link') return node.href === node.text ? `[link ${node.text}]` : `[link ${node.text} -> ${node.href}]`;
  return `[${node.kind} ${node.text}]`;
}).join('');

/** @param {string} what @param {[text: string, found: string][]} table */
function finds(what, table) {
  test(what, () => {
    for (const [text, found] of table) {
      const nodes = parse(text, { names: NAMES });
      assert.equal(sketch(nodes), found, JSON.stringify(text));
      const isTwice = nodes.some((node, index) => typeof node === 'string' && typeof nodes[index + 1] === 'string');
      assert.ok(!isTwice && !nodes.includes(''), `text in one piece: ${JSON.stringify(nodes)}`);
    }
  });
}

const stays = (what, texts) => finds(what, texts.map((text) => [text, text]));

stays('plain text is itself', ['hello', 'a\n\nb', '  two  spaces ', '<b>&amp;</b>', '\ud800 alone', 'constructor __proto__']);

test('nothing is nothing', () => assert.deepEqual(parse(''), []));

finds('addresses of the web are links', [
  ['see https://chinwag.example/a?b=c&d#e now', 'see [link https://chinwag.example/a?b=c&d#e] now'],
  ['http://a.example/', '[link http://a.example/]'],
  ['HTTPS://A.example/', '[link HTTPS://A.example/ -> https://a.example/]'],
  ['http://localhost:8080/r/x#12', '[link http://localhost:8080/r/x#12]'],
  ['http://[::1]:80/a', '[link http://[::1]:80/a -> http://[::1]/a]'],
  ['a\nhttps://a.example/\nb', 'a\n[link https://a.example/]\nb'],
  ['https://a.example/ https://b.example/', '[link https://a.example/] [link https://b.example/]'],
  ['https://a.example/?q="x"', '[link https://a.example/?q=]"x"'],
  ["https://a.example/x'onclick=y", "[link https://a.example/x'onclick=y]"],
  ['<https://a.example/>', '<[link https://a.example/]>'],
  ['href="https://a.example/"', 'href="[link https://a.example/]"'],
]);

finds('an address begins after anything but a Latin letter or a digit', [
  ...['➡️', '❤️', '1️⃣', '#️⃣', '☎︎', '👍🏽', '👩‍💻', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🇩🇪', 'ℹ️', '①'].map((sign) => [`${sign}https://a.example/`, `${sign}[link https://a.example/]`]),
  ...['ב', 'בְּ', 'و', 'см.', 'смотри', 'δες', '見', '보기:', 'ดู', '葛\u{e0100}'].map((word) => [`${word}https://a.example/`, `${word}[link https://a.example/]`]),
  ...['_', '~', '=', '-', '/', '|', '«', '„', '¿', '{', '（', '⟨', '\u200f', '\u00a0', 'x_', 'x:'].map((sign) => [`${sign}https://a.example/`, `${sign}[link https://a.example/]`]),
  ...['foo', 'é', 'e\u0301', 'Ａ', '7', '12'].map((word) => [`${word}https://a.example/`, `${word}https://a.example/`]),
]);

finds('what is around a link in the sentence is not of it', [
  ...[...'.,;:!?*_~|।॥။၊។۔،؛؟։՞՜׃።፣།。．，！？、｡…‥‼⁉—·”’»›“«』」】》）］｝⟩❯｣〉'].map((sign) => [`https://a.example/x${sign}`, `[link https://a.example/x]${sign}`]),
  ...[...'।။។۔။։。！』】）⟩'].map((sign) => [`https://a.example/x${sign}ก`, `[link https://a.example/x]${sign}ก`]),
  ['_https://a.example/x_', '[em [link https://a.example/x]]'],
  ['~~https://a.example/x~~', '[s [link https://a.example/x]]'],
  ['__https://a.example/x__', '__[link https://a.example/x]__'],
  ['~https://a.example/x~', '~[link https://a.example/x]~'],
  ['*https://a.example/x*', '[em [link https://a.example/x]]'],
  ['{https://a.example/x}', '{[link https://a.example/x]}'],
  ['\\url{https://a.example/{x}}.', '\\url{[link https://a.example/{x} -> https://a.example/%7Bx%7D]}.'],
  ['(https://a.example/x)।', '([link https://a.example/x])।'],
  ['https://a.example/x👍', '[link https://a.example/x]👍'],
  ['https://a.example/x❤️!', '[link https://a.example/x]❤️!'],
  ['https://a.example/👍', '[link https://a.example/👍 -> https://a.example/%F0%9F%91%8D]'],
  ['https://a.example/.', '[link https://a.example/].'],
  ['https://a.example/?!...', '[link https://a.example/]?!...'],
  ['"https://a.example/x",', '"[link https://a.example/x]",'],
  ['(https://a.example/x)', '([link https://a.example/x])'],
  ['(see https://a.example/x_(y)).', '(see [link https://a.example/x_(y)]).'],
  ['https://en.wikipedia.org/wiki/Ada_(name)', '[link https://en.wikipedia.org/wiki/Ada_(name)]'],
  ['[](https://a.example/x)', '[]([link https://a.example/x])'],
  ['[https://a.example/[x]]', '[[link https://a.example/[x]]]'],
  ['“https://a.example/x”', '“[link https://a.example/x]”'],
  ['https://a.example/x؟', '[link https://a.example/x]؟'],
]);

finds('a link in text without spaces ends where its own letters do', [
  ['看https://a.example/b谢谢', '看[link https://a.example/b]谢谢'],
  ['看https://a.example。谢谢', '看[link https://a.example -> https://a.example/]。谢谢'],
  ['（https://a.example/b）', '（[link https://a.example/b]）'],
  ['「https://a.example/b」です', '「[link https://a.example/b]」です'],
  ['https://ja.wikipedia.org/wiki/日本', '[link https://ja.wikipedia.org/wiki/日本 -> https://ja.wikipedia.org/wiki/%E6%97%A5%E6%9C%AC]'],
  ['https://例え.example/', '[link https://例え.example/ -> https://xn--r8jz45g.example/]'],
  ['https://a.example/b에서', '[link https://a.example/b]에서'],
  ['https://a.example/bครับ', '[link https://a.example/b]ครับ'],
  ['https://ko.example/서울', '[link https://ko.example/서울 -> https://ko.example/%EC%84%9C%EC%9A%B8]'],
  ['https://de.example/Straße', '[link https://de.example/Straße -> https://de.example/Stra%C3%9Fe]'],
]);

stays('nothing else is a link', [
  'javascript:alert(1)', 'data:text/html,<b>', 'ftp://a.example/', 'www.a.example', 'a.example', 'http://', 'http:///', 'https://..',
  'http://a b'.replace('a b', '%'), 'http://[', 'xhttp://a.example/', 'file:///etc/passwd', 'http:a.example', 'https://)))',
]);

stays('an address with a name before its host could lead elsewhere than it seems: it is text', [
  'https://bank.example@evil.example/', 'https://user:pass@a.example/', 'http://:x@a.example/',
]);

finds('what turns the line ends a link', [
  ['https://a.example/\u202egpj.exe', '[link https://a.example/]\u202egpj.exe'],
  ['https://a.example/\u2066x', '[link https://a.example/]\u2066x'],
  ['https://a.example/\u200bx', '[link https://a.example/]\u200bx'],
  ['https://a.example/\u0000x', '[link https://a.example/]\u0000x'],
  ['https://a.example/\ud800x', '[link https://a.example/]\ud800x'],
]);

finds('code stands between backticks of one line', [
  ['run `ls -l` now', 'run [code ls -l] now'],
  ['`*a*` `@Ada` `https://a.example/`', '[code *a*] [code @Ada] [code https://a.example/]'],
  ['`` a`b ``', '[code a`b]'],
  ['x`y`z', 'x[code y]z'],
  ['`a', '`a'],
  ['`a\nb`', '`a\nb`'],
  ['``', '``'],
  ['`a``', '`a``'],
  ['`a` `b', '[code a] `b'],
]);

finds('a block of code has lines of its own', [
  ['```\na\n  b\n```', '[block a\n  b]'],
  ['```js\nlet a = `*b*`;\n```', '[block let a = `*b*`;]'],
  ['```c++ \nx\n```', '[block x]'],
  ['before\n```\na\n```\nafter', 'before[block a]after'],
  ['before\n\n```\na\n\n```\n\nafter', 'before\n[block a\n]\nafter'],
  ['```one line```', '[block one line]'],
  ['```word```', '[block word]'],
  ['````\n```\na\n```\n````', '[block ```\na\n```]'],
  ['```\na\n```\n```\nb\n```', '[block a][block b]'],
  ['```\n*a* https://a.example/ @Ada\n```', '[block *a* https://a.example/ @Ada]'],
]);

stays('a block that is not closed, or empty, is text', ['```', '```\na', '```js\na\n``', 'a ```b', '```\n```', '````\na\n```', '```\n\n```']);

finds('emphasis is between asterisks that hold on to its words', [
  ['*a*', '[em a]'],
  ['so *very nice*, is it?', 'so [em very nice], is it?'],
  ['**a** and *b*', '[strong a] and [em b]'],
  ['**a *b* c**', '[strong a [em b] c]'],
  ['*a **b** c*', '[em a [strong b] c]'],
  ['(*a*)', '([em a])'],
  ['*a* *b*', '[em a] [em b]'],
  ['*`a*b` c*', '[em [code a*b] c]'],
  ['*a *b*', '*a [em b]'],
  ['**a*', '**a*'],
  ['**a *b** c*', '[strong a *b] c*'],
  ['*a **b* c**', '[em a **b] c**'],
  ['这是*重点*内容', '这是[em 重点]内容'],
  ['아주 *중요*합니다', '아주 [em 중요]합니다'],
  ['*see https://a.example/x*, @Ada', '[em see [link https://a.example/x]], [mention @Ada]'],
  ['*https://a.example/ and @Ada*', '[em [link https://a.example/] and [mention @Ada]]'],
]);

stays('an asterisk that is none of that stays', [
  '2*3*4', '2 * 3 * 4', '*a\nb*', '*', '**', '***', '****', 'a * a*', '*a *', 'a*b*', '*a*b', '***a***', 'é*e\u0301*', '**',
]);

finds('underscores at the edges of words emphasize, and two tildes strike', [
  ['_a_', '[em a]'],
  ['so _very nice_, is it?', 'so [em very nice], is it?'],
  ['_snake_case_', '[em snake_case]'],
  ['(_a_) „_b_“ — _c!_ ¿_d_?', '([em a]) „[em b]“ — [em c!] ¿[em d]?'],
  ['_👍 yes_', '[em 👍 yes]'],
  ['**_a_** _*b*_', '[strong [em a]] [em [em b]]'],
  ['~~a~~', '[s a]'],
  ['~~*a* b~~, c', '[s [em a] b], c'],
  ['原价~~一百~~五十', '原价[s 一百]五十'],
  ['*a ~~b _c_~~ d*', '[em a [s b [em c]] d]'],
  ['~~a *b~~ c*', '[s a *b] c*'],
  ['`_a_` ~~`~~`~~', '[code _a_] [s [code ~~]]'],
]);

stays('an underscore within a word, or in a face, is none of that; nor are other tildes', [
  'snake_case_names', 'a_b_', '_a_b', '__init__', '_', '__', '_ a_', '_a _', '_a\nb_', 'é_e\u0301_', '文件_2024_最终.docx', 'naïve_ï_x',
  '¯\\_(ツ)_/¯', '-_- so -_-', '>_< x >_<', '^_^ ^_^', '._. ._.', 'o_o T_T', '/home/_next_/x', 'C:\\_a_\\x', '"_" or "_"', '#_a_',
  '~', '~~', '~~~a~~~', '~a~', '~~ a~~', '~~a ~~', 'a~~b~~', '~~a\nb~~', '~/x ~/y', '~5 ~6', '~~~~',
]);

finds('lines that begin with a mark are a list', [
  ['- a', '[ul [li a]]'],
  ['- a\n* b\n-  c ', '[ul [li a][li b][li c]]'],
  ['1. a\n2. b', '[ol [li1 a][li2 b]]'],
  ['0. a\n7. b\n7. c\n999. d', '[ol [li0 a][li7 b][li7 c][li999 d]]'],
  ['1. a\n- b', '[ol [li1 a]][ul [li b]]'],
  ['tea:\n- a\n- b\nplease', 'tea:[ul [li a][li b]]please'],
  ['tea:\n\n- a\n\nplease', 'tea:\n[ul [li a]]\nplease'],
  ['- a\n\n- b', '[ul [li a]][ul [li b]]'],
  ['- a\n  - b\n  - c\n- d', '[ul [li a[ul [li b][li c]]][li d]]'],
  ['1. a\n   - b\n\t2. c\n2. d', '[ol [li1 a[ul [li b]][ol [li2 c]]][li2 d]]'],
  ['- a\n  - b\n    - c\n      - d', '[ul [li a[ul [li b][li c][li d]]]]'],
  [' - a\n - b', '[ul [li a][li b]]'],
  ['- *a* `b` @Ada https://a.example/', '[ul [li [em a] [code b] [mention @Ada] [link https://a.example/]]]'],
  ['- *a\n- b*', '[ul [li *a][li b*]]'],
  ['* a*', '[ul [li a*]]'],
  ['*a\n* b*', '*a[ul [li b*]]'],
  ['- - a', '[ul [li - a]]'],
  ['- > a', '[ul [li > a]]'],
  ['- a\n```\n- b\n```\n- c', '[ul [li a]][block - b][ul [li c]]'],
]);

stays('a line that only looks like it is no item', [
  '-', '- ', '-a', '*', '1.', '1. ', '1.a', 'a\n-', '- - -', '* * *', '- *', '-\u00a0a', '– a', '+ a', '1) a', '01. a', '1995. So long ago', '-1. a', '  - a', '\t- a', 'a - b',
]);

finds('lines after a sign and a space are a quote', [
  ['> a', '[blockquote a]'],
  ['> a\n> b\nc', '[blockquote a\nb]c'],
  ['b\n> a', 'b[blockquote a]'],
  ['b\n\n> a\n\nc', 'b\n[blockquote a]\nc'],
  ['> a\n>\n> b', '[blockquote a\n\nb]'],
  ['> a\n\n> b', '[blockquote a][blockquote b]'],
  ['> *a* @Ada', '[blockquote [em a] [mention @Ada]]'],
  ['> *a\n> b*', '[blockquote *a\nb*]'],
  ['> - a\n> - b', '[blockquote [ul [li a][li b]]]'],
  ['> ```\n> a\n> ```', '[blockquote [block a]]'],
  ['> > a', '[blockquote > a]'],
  ['> a\n- b', '[blockquote a][ul [li b]]'],
  ['```\n> a\n```', '[block > a]'],
]);

stays('a line that only looks like it is no quote', ['>', '> ', '>a', '>_<', '>:(', ' > a', 'a > b', '>\n>\n>', '> \n', '>> a', '&gt; a']);

finds('a text before an address in parentheses is its name', [
  ['[text](https://a.example/x)', '[link text -> https://a.example/x]'],
  ['see [the news](http://a.example), please', 'see [link the news -> http://a.example/], please'],
  ['[*a* @Ada](https://a.example/)', '[link *a* @Ada -> https://a.example/]'],
  ['*[a](https://a.example/)*', '[em [link a -> https://a.example/]]'],
  ['[Ada](https://a.example/Ada_(name)).', '[link Ada -> https://a.example/Ada_(name)].'],
  ['[a](HTTPS://A.example/)', '[link a -> https://a.example/]'],
  ['[[a](https://a.example/)]', '[[link a -> https://a.example/]]'],
  ['[看](https://a.example/)谢谢', '[link 看 -> https://a.example/]谢谢'],
  ['![a](https://a.example/x.png)', '![a]([link https://a.example/x.png])'],
  ['- [a](https://a.example/)', '[ul [li [link a -> https://a.example/]]]'],
  ['[version 1.2, e.g. 3.4.5](https://a.example/)', '[link version 1.2, e.g. 3.4.5 -> https://a.example/]'],
]);

finds('an address as the name of a link leads where it says', [
  ['[a.example](https://a.example/x)', '[link a.example -> https://a.example/x]'],
  ['[https://a.example](https://a.example/x)', '[link https://a.example -> https://a.example/x]'],
  ['[www.A.example](https://a.example/)', '[link www.A.example -> https://a.example/]'],
  ['[http://127.0.0.1:80](http://127.0.0.1/)', '[link http://127.0.0.1:80 -> http://127.0.0.1/]'],
  ...[
    'bank.example', 'bank.example/login', 'www.bank.example', 'Log in: bank.example', '…bank.example', 'bank.example:443', 'ada@bank.example', 'BANK.EXAMPLE',
    'ｂａｎｋ．example', 'bank。example', 'bank\u2024example', 'ba\u200bnk.exam\u00adple', 'b\u00e4nk.example', '127.0.0.1', 'localhost://x', 'ftp://bank',
    'a.example.bank.example', '\u200b', '\u3164', ' ',
  ].map((text) => [`[${text}](https://a.example/)`, `[${text}]([link https://a.example/])`]),
  ['[\u202eelpmaxe](https://a.example/)', '[\u202eelpmaxe]([link https://a.example/])'],
]);

stays('a link that is not well formed is text', [
  '[a]', '[a](', '[a]()', '[a](b)', '[a](javascript:alert(1))', '[a](data:text/html,x)', '[a](//a.example)', '[a](mailto:a@b.example)', '[a](https://u:p@a.example/)', '[a](https://)',
  '[a][b]', '[]()', '[ ]', '[x] done',
]);

finds('who is mentioned by a name that somebody has', [
  ['@Ada', '[mention @Ada]'],
  ['@ada, are you there?', '[mention @ada], are you there?'],
  ['hi @Ada Lovelace!', 'hi [mention @Ada Lovelace]!'],
  ['@Ada Lovelacex', '[mention @Ada] Lovelacex'],
  ['@Ada (work)', '[mention @Ada (work)]'],
  ['@李雷你好', '[mention @李雷]你好'],
  ['@C++ @نادية', '[mention @C++] [mention @نادية]'],
  ['@Ada@Ada', '[mention @Ada]@Ada'],
]);

finds('a mention begins after anything but a word', [
  ...['❤️', '1️⃣', '☎︎', '👩‍💻', '🙂', '🇩🇪', '①', '(', '"', '_', '__', '~', '/', '—', 'ל', 'לְ', 'و', 'や', '葛\u{e0100}', 'Bob/']
    .map((before) => [`${before}@Ada`, `${before}[mention @Ada]`]),
  ['_@Ada_ *@Ada*', '[em [mention @Ada]] [em [mention @Ada]]'],
  ['@Ada_', '[mention @Ada]_'],
  ['❤️*very*', '❤️[em very]'],
]);

finds('a name is found in either normal form, and shown as it is written', [
  ['@Zoe\u0301, @Zo\u00e9, @ZOE\u0301!', '[mention @Zoe\u0301], [mention @Zo\u00e9], [mention @ZOE\u0301]!'],
  ['e\u0301 @Ada', 'e\u0301 [mention @Ada]'],
  ['@\u1112\u1161\u11ab\u1102\u1161야', '[mention @\u1112\u1161\u11ab\u1102\u1161]야'],
  ['@\u0915\u093c\u092e\u0930 @\u0958\u092e\u0930', '[mention @\u0915\u093c\u092e\u0930] [mention @\u0958\u092e\u0930]'],
]);

stays('what is written in an address or an e-mail mentions nobody', [
  'blog.example/@Ada', 'www.blog.example/@Ada/post', 'see blog.example:8080/u/@Ada?x=@Ada', 'foohttps://a.example/@Ada', 'bob@Ada', 'b_@Ada', 'é@Ada',
  'почта@Ada', 'ftp://a.example/@Ada',
]);

finds('what stands beside an address is not of it', [
  ['https://a.example/@Ada/post @Ada', '[link https://a.example/@Ada/post] [mention @Ada]'],
  ['见a.example/x，@Ada', '见a.example/x，[mention @Ada]'],
  ['a.example/x @Ada', 'a.example/x [mention @Ada]'],
]);

stays('nobody else is mentioned', ['@Bob', '@Adam', '@', '@@', 'ada@Ada', '@xzy', '@constructor', '@Ad', '@ Ada', '@C']);

test('nobody is mentioned where nobody is known', () => {
  assert.deepEqual(parse('@Ada @'), ['@Ada @']);
  assert.deepEqual(parse('@Ada @', { names: [] }), ['@Ada @']);
});

test('who is here changes, and so does who is mentioned', () => {
  const found = (names) => sketch(parse('@Ada @Bob', { names }));
  assert.deepEqual([['Ada'], ['Bob'], ['Bob', 'Ada'], ['Ada']].map(found), [
    '[mention @Ada] @Bob', '@Ada [mention @Bob]', '[mention @Ada] [mention @Bob]', '[mention @Ada] @Bob',
  ]);
});

test('a few emoji alone are large', () => {
  for (const text of [
    '👍', '👍🏽', '❤️', '👨‍👩‍👧‍👦', '🏳️‍🌈', '🇩🇪', '🇩🇪🇫🇷', '1️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '👍 👍\n👍', '😀'.repeat(12), '🧑🏿‍❤️‍💋‍🧑🏻', '#️⃣',
  ]) assert.ok(isEmojiOnly(text), text);
  for (const text of [
    '', ' ', '1', '#', '12', 'ok 👍', '👍!', '😀'.repeat(13), '©', '\u200d', '\ufe0f', '🇩', '🏽a', '👍\u202e', '👍\u0301', '\u2764',
  ]) assert.ok(!isEmojiOnly(text), JSON.stringify(text));
});

test(`${CHARS} characters of anything are read in ${PARSE_MS_MAX} ms`, () => {
  const names = Array.from({ length: 200 }, (_, n) => `Ada ${'x'.repeat(n % 28)}${n}`);
  const shorter = Array.from({ length: 90 }, (_, n) => `\n${'`'.repeat(93 - n)}x`).join('');
  const slow = [];
  for (const piece of [
    '*', '**', '*a ', '**a ', '*a* ', '**a *', 'a* ', '*a **b* c** ', '\n*a', '`', '``', '`a', '`` ` ', '``a`b', '`\n', '``` ', '```\n', '\n```a b',
    '```\na\n', '\n````\n```', '```js\n', '@', '@a ', '@Ada ', '@Ada x', '@ada xxxxxxxxxxxxxxxxxxxxx ', 'http://', 'http://% ', 'http://%', 'http://a.b/ ',
    'https://[', 'http://a', 'http://(', '(', ')', 'http://a.b/)', 'http://a.b/(', '[', '.', 'http://a.b/看', '看', 'http://看', '\u202e', 'e\u0301', '\n',
    'e\u0301@Ada ', 'e\u0301@', '/@Ada', 'a.bc/@Ada', '_', '_*', '_@', '@Ada_', 'xe\u0301http://',
    '_a ', '_a_ ', 'a_', '__', '_a **b* ~~c~~_ ', '~~', '~~a~~ ', '~~a', '- ', '- a\n', '-  ', '- - ', '* *a* ', '  - a\n', '- a\n  - b\n', '\t', '1. a\n', '1', '- @Ada\n',
    '> ', '> a\n', '>\n', '>', '> > ', '> - a\n', '> ```\n', '> \n', '[a]', '[a](', '[a](http://b', '[a](http://b)', '[a](http://b(', '[a](http://b()', '[a.b](http://c.d) ',
    '[a.b.c', `[${'a.'.repeat(99)}](http://b)`, `[${'a'.repeat(200)}](http://b) `, `[${'://a'.repeat(50)}](http://b) `, '](', '[[a](http://b)](',
    '😀', '👍🏽', '👨‍👩‍👧‍👦', '🇩🇪', '1️⃣', ' ', '\ud800', 'x', 'W*`@', '`*', '*`', '*@Ada ', '*http://a.b*', '﷽',
  ]) {
    const many = piece.repeat(Math.ceil(CHARS / piece.length)).slice(0, CHARS);
    for (const text of [many, `${many}x`, `http://a.b/${many}`, `*${many}*`, `_${many}_`, `~~${many}~~`, `[${many}](http://a.b)`, `[a](http://a.b/${many})`, `- ${many}`, `> ${many}`, `\`\`\`\n${many}`, `\`${many}`, shorter + many].map((text) => text.slice(0, CHARS + 20))) {
      let best = Infinity;
      for (let run = 0; run < 5 && best > PARSE_MS_MAX; run++) {
        const start = processorMs();
        parse(text, { names });
        isEmojiOnly(text);
        best = Math.min(best, processorMs() - start);
      }
      if (best > PARSE_MS_MAX) slow.push([text.slice(0, 20), Math.round(best)]);
    }
  }
  assert.deepEqual(slow, []);
});

test('10,000 of any sign, or of two, take a time that grows as their number does', () => {
  const signs = ['`', '*', '_', '~', '[', ']', '(', ')', '>', '-', '1', '.', '@', '\n', ' ', '\t', 'a', '://', 'http://a.b/'];
  /** @param {string} piece @param {number} count @returns {number} milliseconds at best */
  const time = (piece, count) => {
    const text = piece.repeat(count);
    return Math.min(...Array.from({ length: 3 }, () => {
      const start = processorMs();
      parse(text, { names: NAMES });
      return processorMs() - start;
    }));
  };
  const slow = [];
  for (const one of signs) {
    for (const other of ['', ...signs]) {
      const piece = one + other;
      // What takes its square takes sixteen times as long for four times as much. Below some milliseconds it is noise.
      for (let again = 0; ; again++) {
        const [few, many] = [time(piece, 2_500), time(piece, 10_000)];
        if (many < 50 || many < 8 * few) break;
        if (again < 3) continue;
        slow.push([piece, Math.round(few), Math.round(many)]);
        break;
      }
    }
  }
  assert.deepEqual(slow, []);
});

test('whatever is said is all there: only the signs that were understood go', () => {
  const visible = (nodes) => nodes.map((node) => (typeof node === 'string' ? node : node.text ?? visible(node.children))).join('');
  const pieces = ['_', '~~', '> ', '- ', '1. ', '  ', '[', '](', '*', '**', '`', '``', '```', '\n', ' ', 'é', 'ñ', '@Ada', 'https://a.example/', ')', '。', '看'];
  let seed = 7;
  const random = (max) => (seed = (seed * 48_271) % 2_147_483_647) % max;
  for (let round = 0; round < 20_000; round++) {
    const text = Array.from({ length: 1 + random(12) }, () => pieces[random(pieces.length)]).join('');
    const bare = (text) => text.replace(/[*_~`>\s-]|1\./g, '');
    // A link of that name is seen, and its address is not.
    const unnamed = text.replace(/\[([^[\]\n]+)\]\(https:\/\/a\.example\/\)/g, (link, name) => (/https|\.\w/.test(name) || !name.trim() ? link : name));
    assert.ok([text, unnamed].map(bare).includes(bare(visible(parse(text, { names: NAMES })))), JSON.stringify(text));
  }
});
