//! Lines that are easily taken for something else.

use proptest::prelude::*;

use super::*;
use crate::edge::page::Embedded;

/// Each text with what is served of it. What was squeezed once stays as it is.
fn squeezes(name: &str, table: &[(&str, &str)]) {
    for (text, expected) in table {
        assert_eq!(&squeeze(name, text), expected, "{text}");
        assert_eq!(&squeeze(name, expected), expected, "{text}, a second time");
    }
}

#[test]
fn script_loses_comments_and_indentation_but_no_statement_loses_its_line() {
    squeezes(
        "a.js",
        &[
            ("/** What it is. */\n\nconst a = 1; // why\n\n\n  let b = a;\n", "const a=1;\nlet b=a;\n"),
            ("  f(a, b);  \n", "f(a,b);\n"),
            ("f();\r\n\r\n  g();\r\n", "f();\ng();\n"),
            ("return /* a\n */ b", "return\nb"),
            ("return /* a */ b", "return b"),
            ("a/**/b", "a b"),
            ("a\n++b", "a\n++b"),
            ("if (a) {\n  b();\n  c();\n}\nd();\n", "if(a){b();\nc()}\nd();\n"),
            ("const a = {\n  b: [\n    1,\n    2,\n  ],\n};\n", "const a={b:[1,2,],};\n"),
            ("f(\n  a,\n  // why\n  b\n)\n[c] = d", "f(a,b)\n[c]=d"),
            ("{ if (a); } { while (a); } { else; } { return; }", "{if(a);}{while(a);}{else;}{return;}"),
            ("{ do a(); while (b); } { a: ; } { ; } { c = {}; }", "{do a();while(b);}{a:;}{;}{c={};}"),
            ("{ for (;;); } { a[0]; } { 'b'; } { (c); } { d++; }", "{for(;;);}{a[0]}{'b'}{(c)}{d++}"),
            ("`a${\n  b\n}  c`", "`a${b}  c`"),
            ("class A {\n  #b\n  #c\n}\n", "class A{#a\n#b}\n"),
            ("a\n  // why\n  .b()", "a\n.b()"),
            ("import { a as b } from './c.js';", "import{a as b}from'./c.js';"),
            ("f((a) => b, c = (d) => (e))", "f(a=>b,c=d=>(e))"),
            ("f(() => a, (b, c) => d, ({ e }) => f, (...g) => h)", "f(()=>a,(b,c)=>d,({e})=>f,(...g)=>h)"),
            ("f(async (a) => b, (c = d) => e)", "f(async(a)=>b,(c=d)=>e)"),
            ("f(); // the end", "f();"),
            ("f(); /* the end */", "f();"),
            ("class A { #b = 1; get #c() { return this.#b; } }", "class A{#a=1;get #b(){return this.#a}}"),
            ("", ""),
            ("// nothing\n", "\n"),
        ],
    );
}

#[test]
fn a_scripts_private_names_are_short_and_stay_apart() {
    squeezes(
        "a.js",
        &[
            (
                "class A { #some; #other; f() { this.#other ??= #some in this; } }",
                "class A{#a;#b;f(){this.#b??=#a in this}}",
            ),
            (
                "class A { #some = `#some ${this.#other.some}`; #other }",
                "class A{#a=`#some ${this.#b.some}`;#b}",
            ),
            ("class A { #b; #a; f = '#b' + /#a/.source }", "class A{#a;#b;f='#b'+ /#a/.source}"),
            ("class A { static async *#some() {} }", "class A{static async*#a(){}}"),
        ],
    );
    let fields =
        |name: &dyn Fn(usize) -> String| (0..60).map(|n| format!("#{};", name(n))).collect::<String>();
    let squeezed = squeeze("a.js", &format!("class A{{{}}}", fields(&|n| format!("field{n}"))));
    let letters: Vec<char> = ('a'..='z').chain('A'..='Z').collect();
    let short = |n: usize| if n < 52 { letters[n].to_string() } else { format!("a{}", letters[n - 52]) };
    assert_eq!(squeezed, format!("class A{{{}}}", fields(&short)).replace(";}", "}"));
}

#[test]
fn a_scripts_tokens_never_join() {
    squeezes(
        "a.js",
        &[
            ("a + +b", "a+ +b"),
            ("a - -b", "a- -b"),
            ("a + ++b", "a+ ++b"),
            ("a++ + b", "a++ +b"),
            ("a = -1", "a= -1"),
            ("a < !--b", "a< !--b"),
            ("typeof a in b", "typeof a in b"),
            ("1 .toFixed()", "1 .toFixed()"),
            ("a ? .5 : b", "a?.5:b"),
            ("a ?? b", "a??b"),
            ("[1, ...a]", "[1,...a]"),
            ("é è", "é è"),
            ("a / b / c", "a/ b/ c"),
        ],
    );
}

#[test]
fn a_scripts_strings_and_templates_are_not_touched() {
    for text in [
        r"'a  // b'",
        r#""a /* b */  ' c""#,
        r"'a\'  // b'",
        r"'\\'",
        "`a\n\n   // b  ${c}  /* d */  `",
        "`a ${`b  ${c}  // d`}  // e`",
        r"`a\`  // b \${  `",
        "`a $  ${b}$  {  c }  `",
        "`${{}}  // a`",
    ] {
        let text = format!("f({text});\n");
        assert_eq!(squeeze("a.js", &text), text);
    }
    squeezes(
        "a.js",
        &[
            ("`a  ${ b + { c: 1 }.c /* d */ }  e`", "`a  ${b+{c:1}.c}  e`"),
            ("`${ `//` } ${ /`/ }` // a", "`${`//`} ${/`/}`"),
        ],
    );
}

#[test]
fn a_scripts_regular_expressions_are_told_from_divisions() {
    squeezes(
        "a.js",
        &[
            ("f(/ \\/  '  /g, 1)", "f(/ \\/  '  /g,1)"),
            ("a = /[/  \"]/v; // b", "a=/[/  \"]/v;"),
            ("a = /[[a-z]--[b]]  /v", "a=/[[a-z]--[b]]  /v"),
            ("a = /[\\]/  ]/", "a=/[\\]/  ]/"),
            ("return /a  b/.test(c)", "return/a  b/.test(c)"),
            ("(a + b) / 2 // c / d", "(a+b)/ 2"),
            ("a[0] / b['/'] / c", "a[0]/ b['/']/ c"),
            ("a++ / 2 / '/'", "a++ / 2/'/'"),
            ("if (a) /b  c/.test(d)", "if(a)/b  c/.test(d)"),
            ("a.return / 2 / '  '", "a.return/ 2/'  '"),
            ("a / /b  c/.d", "a/ /b  c/.d"),
            ("/a/ in b", "/a/ in b"),
            ("a => /b  c/", "a=>/b  c/"),
            ("`${a}` / 2 / '  '", "`${a}`/ 2/'  '"),
            ("case /a  b/.test(c):", "case/a  b/.test(c):"),
        ],
    );
}

#[test]
fn a_style_sheet_loses_what_no_selector_and_no_value_needs() {
    squeezes(
        "a.css",
        &[
            ("/* why */\na , b > c {\n  color : red ;\n\n}\n", "a,b > c{color :red}"),
            ("a :is( b, c ) d {}", "a :is(b,c) d{}"),
            ("a:is(b) :hover {}", "a:is(b) :hover{}"),
            ("a { & b {} :hover {} + c {} }", "a{& b{}:hover{}+ c{}}"),
            ("a { width: calc( 1px + (2px - -3px) * 2 ) }", "a{width:calc(1px + (2px - -3px) * 2)}"),
            ("@media (width < 44rem) and (hover) {}", "@media (width < 44rem) and (hover){}"),
            (
                "a { b: 0.5rem -0.25em 10.5px 0 100.05% calc(1 - 0.5) }",
                "a{b:.5rem -.25em 10.5px 0 100.05% calc(1 - .5)}",
            ),
            ("a { b: 0 .5px 1/0.5; c: 'x 0.5' } .d-0.e {}", "a{b:0 .5px 1/.5;c:'x 0.5'}.d-0.e{}"),
            ("@supports not (a: b) {}", "@supports not (a:b){}"),
            ("a { b: 'x  /* y */ ; z'  \"\\\"  \" }", "a{b:'x  /* y */ ; z' \"\\\"  \"}"),
            ("a { --b: ; --c: d  e; --f: }", "a{--b: ;--c:d e;--f: }"),
            ("a { --b: ; } b { c: d;; } e { @layer f; }", "a{--b: }b{c:d}e{@layer f}"),
            ("a { b: var(--c, ) }", "a{b:var(--c,)}"),
            ("a/* x */.b c/* x */ .d {}", "a/**/.b c .d{}"),
            ("a { b: url(c//d/*e.svg) ; f: url( 'g  h' ) }", "a{b:url(c//d/*e.svg);f:url('g  h')}"),
            ("a:nth-child(2n + 1 of b) {}", "a:nth-child(2n + 1 of b){}"),
            ("a { b: c !important; }", "a{b:c !important}"),
            ("@charset \"utf-8\";\na{}", "@charset \"utf-8\";a{}"),
        ],
    );
}

#[test]
fn markup_loses_comments_and_indentation_between_tags() {
    squeezes(
        "a.html",
        &[
            ("<!doctype html>\n<!-- why -->\n\n  <p>\n    <b>a</b>\n", "<!doctype html>\n<p>\n<b>a</b>\n"),
            ("<b>a</b>  <i>b</i>", "<b>a</b> <i>b</i>"),
            ("<b>a</b><i>b</i>", "<b>a</b><i>b</i>"),
            ("<p> <!-- x -->\n <b>", "<p>\n<b>"),
            ("<p>a  b\n  c <!-- d --> e</p>", "<p>a  b\n  c  e</p>"),
            (
                "<p title='a  > <!-- b -->'\n  id=c>  é < 2</p>",
                "<p title='a  > <!-- b -->'\n  id=c>  é < 2</p>",
            ),
            ("<pre>\n  <b>\n  a <!-- b -->\n</pre>\n  <p>", "<pre>\n  <b>\n  a <!-- b -->\n</pre>\n<p>"),
            ("<TEXTAREA>\n  <!-- a -->\n</textarea>", "<TEXTAREA>\n  <!-- a -->\n</textarea>"),
            ("<!-->\n<p>", "<p>"),
        ],
    );
    squeezes(
        "a.svg",
        &[(
            "<svg>\n  <g/>\n  <text>\n  <tspan/>\n  </text>\n</svg>",
            "<svg>\n<g/>\n<text>\n  <tspan/>\n  </text>\n</svg>",
        )],
    );
}

#[test]
fn what_is_not_understood_is_served_as_it_is() {
    let table = [
        ("a.js", "  f('a"),
        ("a.js", "  f('a\n')"),
        ("a.js", "  f(`a"),
        ("a.js", "  f(`${a`)"),
        ("a.js", "  a = /b"),
        ("a.js", "  a = /b\n/"),
        ("a.js", "  a /* b"),
        ("a.js", "  f(a"),
        ("a.js", "  f(a]  "),
        ("a.js", "  }  "),
        ("a.js", "  {}  /a  b/.test(c)"),
        ("a.js", "  for (a of /b  c/.d) ;"),
        ("a.js", "  for await (a of b) /c  d/.e"),
        ("a.css", "  a { b: 'c }"),
        ("a.css", "  a {} /* b"),
        ("a.css", "  a { b: url(c }"),
        ("a.css", "  .\\31  b {}"),
        ("a.html", "  <p  "),
        ("a.html", "  <p> <!-- a"),
        ("a.html", "  <pre> a"),
        ("a.svg", "  <![CDATA[ a ]]>"),
        ("a.json", "{ }  // a"),
        ("a", "  // a"),
    ];
    for (name, text) in table {
        assert_eq!(squeeze(name, text), text, "{name}");
    }
}

#[test]
fn all_files_of_the_page_are_understood() {
    for name in Embedded::iter() {
        let bytes = Embedded::get(&name).expect("it is listed").data;
        let Ok(text) = std::str::from_utf8(&bytes) else { continue };
        let once = squeeze(&name, text);
        assert_eq!(squeeze(&name, &once), once, "{name}, a second time");
        let has_lines = name.ends_with(".js") || name.ends_with(".css");
        assert!(!has_lines || !text.contains("\n  ") || once.len() < text.len(), "{name} is served as it is");
    }
}

proptest! {
    /// Whatever it is: nothing is sliced in the middle of a sign, and what was squeezed stays as it is.
    #[test]
    fn twice_is_once(
        pieces in proptest::collection::vec(
            prop::sample::select(vec![
                "a", "in", "of", "if", "1", ".", "...", "+", "-", "++", "/", "/*", "*/", "//", "<!--", "-->", "<", ">",
                "<a", "</pre>", "<pre>", "(", ")", "[", "]", "{", "}", "${", "`", "'", "\"", "\\", "$", "#", ":", ";", ",",
                "url(", " ", "  ", "\n", "\n  ", "\r\n", "\u{2028}", "\u{a0}", "é", "😀", "!", "=", "@",
            ]),
            0..24,
        ),
    ) {
        let text = pieces.concat();
        for name in ["a.js", "a.css", "a.html"] {
            let once = squeeze(name, &text);
            prop_assert!(once.len() <= text.len(), "{name}: {once}");
            prop_assert_eq!(squeeze(name, &once), once, "{}", name);
        }
    }
}
