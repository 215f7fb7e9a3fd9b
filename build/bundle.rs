//! Puts modules that are loaded together into one file: over a network with a round trip of 150 ms, seventy requests take two
//! seconds longer than seven. `--web` serves each by itself.
//!
//! A module becomes a function that is called at once and returns what the module exports, in the order in which a browser
//! would run them. Its lines stay as they are, so that a stack trace says something, but for imports and exports:
//!
//! ```js
//! import { el, find } from './element.js';  // const { el, find } = $view_element;
//! export class Log {                        // class Log {
//! ```
//!
//! This is no parser: an import and an export begin a line, as they do all over `web/`. A form that is not known here ends the
//! build.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The page's files by their names, without comments.
pub(crate) type Files = BTreeMap<String, String>;

/// The page's first module. It is in no bundle, as it waits at its top level: what it loads meanwhile could import nothing
/// from that bundle.
const ENTRY: &str = "chat.js";
/// The bundle of the modules that `chat.js` imports, at any depth.
const FIRST: &str = "first.js";
/// The bundle that the page loads after the first one: this module, and those that it imports and that are not in the first.
const DEFERRED: &str = "view/deferred.js";

/// The bundle of each module.
type Places<'a> = BTreeMap<&'a str, &'static str>;

/// Puts the bundles in the place of the modules that they are made of.
pub(crate) fn bundle(files: &mut Files) {
    let scripts = files.iter().filter(|(name, _)| name.ends_with(".js"));
    let modules: BTreeMap<_, _> =
        scripts.map(|(name, text)| (name.clone(), Module::new(name, text))).collect();
    let mut places = Places::new();
    let mut bundles = Vec::new();
    for (file, entry) in [(FIRST, ENTRY), (DEFERRED, DEFERRED)] {
        let mut order = Vec::new();
        visit(entry, &modules, &mut Vec::new(), &mut order);
        order.retain(|name| *name != ENTRY && !places.contains_key(name));
        places.extend(order.iter().map(|name| (*name, file)));
        bundles.push((file, order));
    }
    files.retain(|name, _| !places.contains_key(&**name));
    for (name, module) in modules.iter().filter(|(name, _)| !places.contains_key(&***name)) {
        files.insert(name.clone(), module.alone(&places));
    }
    for (file, order) in bundles {
        files.insert(file.to_owned(), joined(file, &order, &modules, &places));
    }
    let page = files.get_mut("index.html").expect("web/index.html is there");
    *page = preloads(page, &places);
    let worker = files.get_mut("sw.js").expect("web/sw.js is there");
    *worker = copies(worker, &places);
}

/// Gives the page a version: a tag of all files, by which the worker knows that its copy is of the same.
pub(crate) fn give_version(page: &str, version: &str) -> String {
    page.replacen("<head>\n", &format!("<head>\n  <meta name=\"version\" content=\"{version}\">\n"), 1)
}

/// Each module after those that it imports, as a browser runs them.
fn visit<'a>(
    name: &'a str,
    modules: &'a BTreeMap<String, Module>,
    above: &mut Vec<&'a str>,
    order: &mut Vec<&'a str>,
) {
    if order.contains(&name) {
        return;
    }
    assert!(!above.contains(&name), "web/{name} imports itself, by way of {above:?}");
    above.push(name);
    let module = modules.get(name).unwrap_or_else(|| panic!("there is no web/{name}: {above:?}"));
    for import in &module.imports {
        visit(&import.from, modules, above, order);
    }
    above.pop();
    order.push(name);
}

/// A bundle of these modules.
fn joined(file: &str, order: &[&str], modules: &BTreeMap<String, Module>, places: &Places<'_>) -> String {
    let mut others: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut text = String::new();
    for name in order {
        let module = &modules[*name];
        for import in &module.imports {
            let place = places[&*import.from];
            if place != file {
                others.entry(place).or_default().insert(namespace(&import.from));
            }
        }
        let (body, exports) = module.joined(file, places);
        let space = namespace(name);
        let (wait, kind) = if module.waits { ("await ", "async ") } else { ("", "") };
        text += &format!(
            "const {space} = {wait}({kind}() => {{ // {name}\n{body}return {{ {exports} }};\n}})();\n"
        );
    }
    let imports = others.iter().map(|(other, names)| import(file, other, names)).collect::<String>();
    let all = order.iter().map(|name| namespace(name)).collect::<Vec<_>>().join(", ");
    text = format!("{imports}\n{text}export {{ {all} }};\n");
    // The bundle is named after one of its modules: importers of that module find its exports in the bundle.
    if order.contains(&file) {
        let (_, exports) = modules[file].joined(file, places);
        text += &format!("export const {{ {exports} }} = {};\n", namespace(file));
    }
    text
}

/// The statement that imports modules from a bundle.
fn import(file: &str, bundle: &str, names: &BTreeSet<String>) -> String {
    let names = names.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    format!("import {{ {names} }} from '{}'; ", relative(file, bundle))
}

/// `$view_chat_links` of `view/chat-links.js`.
fn namespace(name: &str) -> String {
    format!("${}", name.trim_end_matches(".js").replace(['/', '-'], "_"))
}

/// The name in `web/` of a path that a file imports or loads.
fn resolved(beside: &str, path: &str) -> String {
    let mut parts: Vec<&str> = beside.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => assert!(parts.pop().is_some(), "{path} in web/{beside} leads out of it"),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The way from a file to another.
fn relative(from: &str, to: &str) -> String {
    match from.split_once('/') {
        None => format!("./{to}"),
        Some((folder, rest)) => match to.strip_prefix(folder).and_then(|to| to.strip_prefix('/')) {
            Some(to) => relative(rest, to),
            None => format!("{}{to}", "../".repeat(from.matches('/').count())),
        },
    }
}

/// A module's text, and what it imports.
struct Module {
    name: String,
    text: String,
    imports: Vec<Import>,
    /// Whether it waits for something before its importers run.
    waits: bool,
}

struct Import {
    at: Range<usize>,
    /// The text between `import` and `from`: `{ el, find as look }`, one name, or nothing.
    names: String,
    from: String,
}

impl Module {
    fn new(name: &str, text: &str) -> Self {
        let mut imports = Vec::new();
        for at in lines_with(text, "import ") {
            let Some(len) = text[at..].find(";\n") else { panic!("web/{name}: an import without an end") };
            let statement = &text[at + "import ".len()..at + len];
            let (names, from) = statement.rsplit_once(" from ").unwrap_or(("", statement));
            let from = from.strip_prefix('\'').and_then(|from| from.strip_suffix('\''));
            let Some(from) = from.filter(|from| from.starts_with('.')) else {
                panic!("web/{name}: import {statement}")
            };
            imports.push(Import {
                at: at..at + len + 1,
                names: names.to_owned(),
                from: resolved(name, from),
            });
        }
        let waits = !lines_with(text, "await ").is_empty();
        Self { name: name.to_owned(), text: text.to_owned(), imports, waits }
    }

    /// The text with a replacement of each import that has one.
    fn with_imports(&self, replaced: impl Fn(&Import) -> Option<String>) -> String {
        let mut text = String::with_capacity(self.text.len());
        let mut done = 0;
        for import in &self.imports {
            text += &self.text[done..import.at.start];
            match replaced(import) {
                Some(statement) => text += &statement,
                None => text += &self.text[import.at.clone()],
            }
            done = import.at.end;
        }
        text + &self.text[done..]
    }

    /// As a file of its own.
    fn alone(&self, places: &Places<'_>) -> String {
        for loaded in loads(&self.text) {
            self.check_load(&self.text[loaded..], places);
        }
        self.with_imports(|from| {
            let bundle = places.get(&*from.from)?;
            let names = BTreeSet::from([namespace(&from.from)]);
            Some(import(&self.name, bundle, &names) + &from.constants())
        })
    }

    /// As a part of a bundle: its lines, and what they export.
    fn joined(&self, file: &str, places: &Places<'_>) -> (String, String) {
        let text = self.with_imports(|from| Some(from.constants()));
        let (text, exports) = self.without_exports(&text);
        // A path is relative to the module, and becomes relative to the bundle.
        let mut moved = String::with_capacity(text.len());
        let mut done = 0;
        for at in loads(&text) {
            self.check_load(&text[at..], places);
            let len = text[at..].find(['$', '\'', '`']).unwrap_or(0);
            moved += &text[done..at];
            moved += &relative(file, &resolved(&self.name, &text[at..at + len]));
            done = at + len;
        }
        (moved + &text[done..], exports)
    }

    /// A module that is in a bundle already is not loaded as another.
    fn check_load(&self, path: &str, places: &Places<'_>) {
        let path = &path[..path.find(['$', '\'', '`']).unwrap_or(path.len())];
        let name = resolved(&self.name, path);
        let place = places.get(&*name).filter(|place| **place != name);
        assert!(
            place.is_none(),
            "web/{} loads {name} later, which is loaded already: import it instead",
            self.name
        );
    }

    fn without_exports(&self, text: &str) -> (String, String) {
        let mut exports = Vec::new();
        let mut lines = String::with_capacity(text.len());
        for line in text.split_inclusive('\n') {
            let Some(exported) = line.strip_prefix("export ") else {
                lines += line;
                continue;
            };
            if let Some(value) = exported.strip_prefix("default ") {
                exports.push("default: defaultExport".to_owned());
                lines += &format!("const defaultExport = {value}");
                continue;
            }
            let declared = exported.strip_prefix("async ").unwrap_or(exported);
            let declared =
                ["function ", "class ", "const "].iter().find_map(|kind| declared.strip_prefix(kind));
            let name =
                declared.and_then(|name| name.split(|c: char| !c.is_alphanumeric() && c != '_').next());
            let Some(name) = name.filter(|name| !name.is_empty()) else {
                panic!("web/{}: {line}", self.name)
            };
            exports.push(name.to_owned());
            lines += exported;
        }
        (lines, exports.join(", "))
    }
}

impl Import {
    /// The names as constants, on as many lines.
    fn constants(&self) -> String {
        let space = namespace(&self.from);
        match &*self.names {
            "" => String::new(),
            list if list.starts_with('{') => format!("const {} = {space};", list.replace(" as ", ": ")),
            name => format!("const {{ default: {name} }} = {space};"),
        }
    }
}

/// The places of the lines that begin with this.
fn lines_with(text: &str, begin: &str) -> Vec<usize> {
    let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    starts.filter(|at| text[*at..].starts_with(begin)).collect()
}

/// The places where the paths of files begin that a module loads: `import('./share.js')`, `new URL('../icon.svg', import.meta.url)`.
fn loads(text: &str) -> Vec<usize> {
    let calls = ["import('.", "import(`.", "new URL('.", "new URL(`."];
    let mut found: Vec<usize> =
        calls.iter().flat_map(|call| text.match_indices(call).map(|(at, _)| at + call.len() - 1)).collect();
    found.retain(|at| {
        let begin = text[..*at].rfind('\n').map_or(0, |end| end + 1);
        let (before, after) = (&text[begin..*at], text[*at..].split('\n').next().unwrap_or_default());
        // A type in a comment behind code is not loaded.
        let is_comment = before.rfind("/*") > before.rfind("*/");
        !is_comment && (before.contains("import(") || after.contains("import.meta.url"))
    });
    found.sort_unstable();
    found
}

/// The page, which preloads the first bundle in the place of its modules.
fn preloads(page: &str, places: &Places<'_>) -> String {
    let mut text = String::with_capacity(page.len());
    for line in page.split_inclusive('\n') {
        let name = line
            .trim()
            .strip_prefix("<link rel=\"modulepreload\" href=\"")
            .and_then(|rest| rest.strip_suffix("\">"));
        if name.is_some_and(|name| places.contains_key(name)) {
            continue;
        }
        text += line;
        if line.contains("<script type=\"module\"") {
            text += &format!("  <link rel=\"modulepreload\" href=\"{FIRST}\">\n");
        }
    }
    text
}

/// The worker, which copies the bundles in the place of their modules, and knows the page by its version.
fn copies(worker: &str, places: &Places<'_>) -> String {
    let unversioned = "const HAS_VERSION = false;";
    assert!(worker.contains(unversioned), "web/sw.js has no {unversioned}");
    let mut text = worker.replacen(unversioned, "const HAS_VERSION = true;", 1);
    text = text.replacen(&format!("'{ENTRY}',"), &format!("'{ENTRY}', '{FIRST}',"), 1);
    for name in places.keys().filter(|name| **name != DEFERRED) {
        text = text.replacen(&format!("'{name}',"), "", 1);
    }
    text.split_inclusive('\n').map(|line| if line.trim().is_empty() { "\n" } else { line }).collect()
}
