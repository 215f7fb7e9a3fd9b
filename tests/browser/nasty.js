/** What somebody could write, or be called, to break a page: markup, scripts, directions, towers, floods. */

const RUN = 'window.pwned=1';
const RUN_SHORT = 'pwned=1';

/**
 * Texts as they are said; with a second part, where something else is to be seen.
 *
 * @type {[said: string, seen?: string][]}
 */
export const TEXTS = [
  // Markup and scripts.
  [`<script>${RUN}</script>`],
  [`<img src=x onerror=${RUN}>`],
  [`<svg onload=${RUN}><script>${RUN}</script></svg>`],
  [`<svg><animate onbegin=${RUN} attributeName=x dur=1s></svg>`],
  [`"><iframe srcdoc="<script>parent.${RUN}</script>"></iframe>`],
  [`<math><mtext><table><mglyph><style><!--</style><img title="--><img src=x onerror=${RUN}>">`],
  [`</p></li></ol></main><script>${RUN}</script><!--`],
  ['<b>bold</b> <i>it</i> <marquee>run</marquee> <h1>Title</h1>'],
  [`<details open ontoggle=${RUN}><summary>x</summary></details>`],
  [`<input autofocus onfocus=${RUN}> <video><source onerror=${RUN}></video>`],
  ['<style>* { display: none !important }</style>'],
  ['<link rel=stylesheet href=//evil.example/x.css><base href=//evil.example/><meta http-equiv=refresh content="0;url=//evil.example/">'],
  [`<form action=javascript:${RUN}><button>Send</button></form>`],
  ['<template shadowrootmode=open><slot></slot></template><x-y is=z></x-y>'],
  ['&lt;b&gt; &amp;amp; &#60;script&#62; &#x3c;img&#x3e; &nbsp;|'],
  ['<![CDATA[<b>x</b>]]> <?xml version="1.0"?> <!DOCTYPE html> ]]> -->'],
  ["'\"`--><x> '; DROP TABLE messages; -- ' OR '1'='1"],
  // Templates, and names that objects have already.
  ['{{7*7}} ${7*7} <%= 7*7 %> #{7*7} {% x %} {name} {count} %s %d %n $1 $& \\1'],
  ['__proto__'],
  ['constructor'],
  ['hasOwnProperty toString valueOf then undefined null NaN [object Object] true -0'],
  ['{"type":"message","room":"lobby","seq":1,"text":"forged"}\n{"type":"close"}'],
  // Addresses that are none, or not what they seem.
  [`javascript:${RUN}`],
  [`JaVaScRiPt:${RUN}//http://a.example/`],
  [`java\tscript:${RUN}`],
  [`data:text/html,<script>${RUN}</script>`],
  ['vbscript:msgbox(1) file:///etc/passwd blob:null ftp://a.example/ about:blank chrome://settings'],
  [`[x](javascript:${RUN}) ![x](http://127.0.0.1:9/x.png)`],
  [`http://a.example/" onmouseover="${RUN}`],
  [`http://a.example/' onmouseover='${RUN}' x='`],
  [`http://a.example/><script>${RUN}</script>`],
  [`http://a.example/?x=javascript:${RUN}#<img src=x onerror=${RUN}>`],
  ['https://user:pass@a.example/ https://bank.example@evil.example/'],
  ['https://xn--80ak6aa92e.example/ https://аррӏе.example/ https://gооgle.example/'],
  ['http://[ http://% http://a%00b/ http://999.999.999.999/ http:///x https://.. http://\\\\evil.example'],
  ['http://0x7f.1/ http://127.0.0.1:0/ http://a.example:99999/ https://a.example:443/'],
  ['https://a.example/\u202efdp.exe'],
  ['https://a.example/\u2066\u2067\u2068(((('],
  [`https://a.example/${'x'.repeat(3_000)}`],
  [`${'http://a.example/'.repeat(200)}`],
  ['https://a.example/看看。谢谢https://b.example/c谢谢「https://d.example/」'],
  // Formatting.
  ['```html\n<script>window.pwned=1</script>\n```', '<script>window.pwned=1</script>'],
  ['````\n```\n<b>nested</b>\n```\n````', '```\n<b>nested</b>\n```'],
  [`\`\`\`\n${'wide '.repeat(200)}|\n\tdeep\n\`\`\``, `${'wide '.repeat(200)}|\n\tdeep`],
  ['```\nnever closed <i>'],
  ['`<img src=x onerror=window.pwned=1>`', '<img src=x onerror=window.pwned=1>'],
  [`*<u onclick=${RUN}>* and **</em></strong>**`, `<u onclick=${RUN}> and </em></strong>`],
  ['*https://a.example/"x* **`*`** *`', 'https://a.example/"x * *`'],
  [`${'*'.repeat(1_000)}${'`'.repeat(1_000)}${'_'.repeat(500)}`],
  [`${'*a '.repeat(1_000)}|`],
  [`${'> '.repeat(1_000)}${'- '.repeat(500)}|`],
  ['.message { position: fixed; inset: 0 } } body { display: none } /* */ url(//evil.example) expression(1) @import "x";'],
  // What turns the line, hides, or stacks up.
  ['\u202eevil reversed\u202c and on'],
  ['\u202e\u202e\u202e never ended'],
  ['\u2066\u2067\u2068 isolates never ended'],
  ['\u2069\u202c\u2069 ended too often'],
  ['שלום (abc) 123 مرحبا [x] 456'],
  ['a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg\u034fh'],
  ['\u200e\u200f\u061c|'],
  ['\u3164\uffa0\u2800\u115f'],
  [`Z${'\u0300\u0301\u0302\u0303\u0489'.repeat(200)}algo`],
  [`${'e\u0301\u20dd'.repeat(400)}`],
  ['﷽'.repeat(200)],
  ['𒐫꧅𒈙'.repeat(50)],
  ['ก็็็็็็็็็็็็็็็็็็็็ ด้้้้้็็็็็้้้้้็็็็็'],
  // Floods.
  ['W'.repeat(4_000)],
  ['i'.repeat(4_000)],
  [`a${'\n'.repeat(3_998)}b`],
  [`a${' '.repeat(3_998)}b`],
  [`a${'\t'.repeat(1_000)}b${'\u00a0'.repeat(1_000)}c${'\u3000'.repeat(300)}d`],
  ['漢'.repeat(4_000)],
  ['ﷺا'.repeat(1_000)],
  [`${'😀'.repeat(2_000)}`],
  ['👨‍👩‍👧‍👦'.repeat(360)],
  ['👩🏿‍❤️‍💋‍👩🏻'.repeat(8)],
  ['🇩🇪'.repeat(500)],
  ['🏴󠁧󠁢󠁥󠁮󠁧󠁿🏳️‍🌈1️⃣#️⃣🇦'],
  ['\u{e0041}\u{e0042}\u{10ffff}\ue000\ufffe\uffff\ufdd0|'],
  ['Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(10)],
  [`${'a-'.repeat(500)}/${'b/'.repeat(500)}${'\u2011'.repeat(500)}`],
  // What is not text at all.
  ['\u001b[31mred\u001b[0m \u001b]0;title\u0007 \u001b[2J'],
  ['nul\u0000here \u0001\u0008\u000b\u000c\u007f\u0085\u009b|'],
  ['line\u2028separator\u2029paragraph'],
  ['one\r\ntwo\rthree', 'one\ntwo\nthree'],
  ['alone \ud800 and \udc00.', 'alone \ufffd and \ufffd.'],
  ['  white around  \n\n', 'white around'],
  // What a server of the classic kind, or a shell, would take for its own.
  ['/me /quit /nick x /../../etc/passwd %2e%2e%2f\\..\\'],
  ['PING\u0000 \\u003cb\\u003e \\x3cb\\x3e \\074 +ADw-script+AD4-'],
  ['"}\n{"type":"hello"}'],
];

/**
 * Names as they are asked for, and as they are had.
 *
 * @type {[asked: string, had: string][]}
 */
export const NAMES = [
  ['<b>bold</b>', '<b>bold</b>'],
  [`<img src=x onerror=${RUN_SHORT}>`, `<img src=x onerror=${RUN_SHORT}>`],
  [`"><script>${RUN_SHORT}//`, `"><script>${RUN_SHORT}//`],
  [`x" onclick="${RUN_SHORT}" y="`, `x" onclick="${RUN_SHORT}" y="`],
  ['</bdi></p></li>', '</bdi></p></li>'],
  ['&lt;i&gt; &amp;', '&lt;i&gt; &amp;'],
  ['{{7*7}} ${7*7} {name} $& %s', '{{7*7}} ${7*7} {name} $& %s'],
  ['__proto__', '__proto__'],
  ['constructor', 'constructor'],
  ['undefined', 'undefined'],
  ['(you)', '(you)'],
  ['*a* `b` @c https://d.example/', '*a* `b` @c https://d.example/'],
  ['.*+?^${}()|[]\\', '.*+?^${}()|[]\\'],
  ['\u202eturned\u202c', 'turned'],
  ['\u2067isolated', 'isolated'],
  ['شخص (abc)', 'شخص (abc)'],
  ['שלום: 12:30', 'שלום: 12:30'],
  [`Z${'\u0351\u0357\u0363\u0350'.repeat(9)}algo`, 'Z\u0351\u0357algo'],
  ['W'.repeat(32), 'W'.repeat(32)],
  ['﷽'.repeat(32), '﷽'.repeat(32)],
  ['👨‍👩‍👧‍👦 family', '👨👩👧👦 family'],
  ['a\u0000b\u001b[1mc', 'ab[1mc'],
  ['  far \t\n apart  ', 'far apart'],
];
