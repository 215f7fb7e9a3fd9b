//! The rules of the house, as tests over the source: a rule that nobody checks is a wish.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use chinwag::ErrorCode;

/// The folder of the workspace. These tests are compiled for the program's package, in `program/`.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn source(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// Every Rust file of the library and of the program, without its unit tests, by its path: `room.rs` is the library's
/// `src/room.rs`, and `program/main.rs` is the program's `program/src/main.rs`.
fn files() -> Vec<(String, String)> {
    fn walk(folder: &Path, prefix: &str, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            let name = format!("{prefix}{}", entry.file_name().into_string().unwrap());
            // Compiled for tests alone.
            if name.starts_with("ledger/model") || name.contains("/tests/") {
                continue;
            }
            if path.is_dir() {
                walk(&path, &format!("{name}/"), found);
            } else if path.extension().is_some_and(|e| e == "rs") && path.file_name().unwrap() != "tests.rs" {
                let text = fs::read_to_string(&path).unwrap();
                found.push((name, text.split("#[cfg(test)]").next().unwrap().to_owned()));
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join("src"), "", &mut found);
    walk(&root().join("program/src"), "program/", &mut found);
    let of_program = found.iter().filter(|(name, _)| name.starts_with("program/")).count();
    assert!(of_program >= 5 && found.len() > 80, "the source was found");
    found
}

/// The lines that are code, not comment.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with("//"))
}

/// The body of a function, from its name to the brace that closes it at its own indentation.
fn body<'a>(text: &'a str, function: &str) -> &'a str {
    let start = text.find(function).unwrap_or_else(|| panic!("there is no {function}"));
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let indent = &text[line..line + text[line..].len() - text[line..].trim_start().len()];
    let end = text[start..].find(&format!("\n{indent}}}\n")).expect("it ends");
    &text[start..start + end]
}

/// The layers of the library and their modules, in the order of `src/lib.rs` and of each layer's own file, which comes last.
fn modules() -> Vec<String> {
    let names = |file: &str, prefix: &str| -> Vec<String> {
        let text = source(file);
        let names =
            text.lines().filter_map(|line| line.strip_prefix(prefix)?.split(';').next().map(str::to_owned));
        names.collect()
    };
    let mut modules = Vec::new();
    for layer in names("src/lib.rs", "mod ") {
        let own = names(&format!("src/{layer}.rs"), "pub(crate) mod ");
        modules.extend(own.iter().map(|module| format!("{layer}::{module}")));
        modules.push(layer);
    }
    modules
}

#[test]
fn module_uses_only_modules_above_it() {
    let modules = modules();
    assert!(modules.len() > 30, "{modules:?}");
    let place = |path: &str| {
        let mut parts = path.split("::");
        let (layer, module) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let whole = modules.iter().position(|known| *known == format!("{layer}::{module}"));
        whole.or_else(|| modules.iter().position(|known| known == layer))
    };
    let is_of_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    for (name, text) in files() {
        let Some(own) = place(&name.replace(".rs", "").replace('/', "::")) else { continue };
        for line in code(&text) {
            for used in line.split("crate::").skip(1) {
                let used = used.split(|c: char| !is_of_path(c)).next().unwrap();
                if let Some(place) = place(used) {
                    assert!(place <= own, "{name} uses {used}, which is below it: {line}");
                }
            }
        }
    }
}

#[test]
fn the_fan_out_neither_waits_nor_formats_nor_allocates() {
    let (fan_out, outlet) = (source("src/hub/fan_out.rs"), source("src/hub/outlet.rs"));
    for (function, text) in [("fn take_chunk(", &fan_out), ("fn offer(", &outlet)] {
        let body = body(text, function);
        for forbidden in [".await", "format!", "Vec::", "vec!", "to_vec", "to_owned", "String", ".clone()"] {
            assert!(!body.contains(forbidden), "{function} has {forbidden}");
        }
    }
    // The one allocation is for a socket that is full, after the write that found it so.
    let offer = body(&outlet, "fn offer(");
    let written = offer.find("if written == frame.len()").expect("the way out of a client at the head");
    assert!(!offer[..written].contains("Box"), "a client at the head allocates");
}

#[test]
fn no_lock_is_held_across_a_wait_by_clippy_and_unsafe_is_forbidden() {
    let manifest = source("Cargo.toml");
    assert!(manifest.contains("unsafe_code = \"forbid\""));
    assert!(manifest.contains("await_holding_lock = \"warn\""));
    assert!(source("bin/test").contains("-D warnings"), "warnings fail the build");
}

#[test]
fn library_brings_no_crate_of_the_program() {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["tree", "--package", "chinwag", "--edges", "normal", "--prefix", "none"]);
    cargo.args(["--offline", "--locked"]);
    let output = cargo.current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8(output.stdout).unwrap();
    let brought: Vec<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(brought.contains(&"axum") && brought.contains(&"rusqlite"), "{tree}");
    for program in ["anyhow", "clap", "if-addrs", "tikv-jemallocator", "tracing-subscriber"] {
        assert!(!brought.contains(&program), "the library depends on {program}");
    }
}

#[test]
fn documentation_has_the_flags_that_sqlite_is_built_with() {
    let config = source(".cargo/config.toml");
    let flags = config.lines().find(|line| line.starts_with("LIBSQLITE3_FLAGS")).unwrap();
    for name in ["README.md", "src/lib.rs"] {
        assert!(source(name).contains(flags), "{name} lacks {flags}");
    }
}

#[test]
fn planted_faults_fit_the_source_and_name_a_test() {
    let mut count = 0;
    let tests: Vec<(String, String)> = fs::read_dir(root().join("tests/it"))
        .unwrap()
        .flatten()
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (name.trim_end_matches(".rs").to_owned(), fs::read_to_string(entry.path()).unwrap_or_default())
        })
        .collect();
    for fault in fs::read_dir(root().join("tests/faults")).unwrap().flatten() {
        let patch = fs::read_to_string(fault.path()).unwrap();
        let fits = Command::new("patch")
            .args(["--dry-run", "--silent", "--fuzz=0", "-p1", "--directory"])
            .arg(root())
            .arg("--input")
            .arg(fault.path())
            .output()
            .unwrap();
        assert!(fits.status.success(), "{:?}: {}", fault.path(), String::from_utf8_lossy(&fits.stdout));
        let found_by = patch.lines().find_map(|line| line.strip_prefix("Found by: ")).unwrap();
        let (module, test) = found_by.rsplit_once("::").unwrap();
        // Unit tests are named with their layer.
        let path = module.replace("::", "/");
        let unit = ["ledger::", "log::"].iter().any(|layer| module.starts_with(layer)).then(|| {
            let own = root().join(format!("src/{path}.rs"));
            match own.exists() {
                true => source(&format!("src/{path}.rs")),
                false => source(&format!("src/{}.rs", path.trim_end_matches("/tests"))),
            }
        });
        let unit = unit.map(|text| (module.to_owned(), text));
        let mut tests = tests.iter().chain(&unit);
        let is_there = tests.any(|(name, text)| name == module && text.contains(&format!("fn {test}")));
        assert!(is_there, "{:?} is found by {found_by}, which is no test", fault.path());
        count += 1;
    }
    assert!(count >= 17, "the faults were found");
}

#[test]
fn only_the_program_knows_the_environment() {
    for (name, text) in files().iter().filter(|(name, _)| !name.starts_with("program/")) {
        for forbidden in ["std::env", "env::var", "println!", "std::process"] {
            assert!(!code(text).any(|line| line.contains(forbidden)), "{name} has {forbidden}");
        }
    }
}

#[test]
fn only_the_protocol_knows_json_and_only_the_store_knows_sql() {
    for (name, text) in files() {
        // A command of the operator's speaks the protocol, from the other side.
        let words = [("serde", "wire/protocol/"), ("rusqlite", "log/sqlite"), ("SELECT ", "log/sqlite")];
        for (word, place) in words {
            assert!(
                name.starts_with(place)
                    || name.starts_with("program/rights")
                    || !code(&text).any(|line| line.contains(word)),
                "{name} has {word}"
            );
        }
    }
}

#[test]
fn numbers_with_a_unit_live_in_limits() {
    // The program's own are what an operator said.
    for (name, text) in
        files().iter().filter(|(name, _)| !name.starts_with("base/limits") && !name.starts_with("program/"))
    {
        for line in code(text) {
            // A time of so many, not one that was measured.
            let time = line.split("Duration::from_").nth(1).and_then(|rest| rest.split('(').nth(1));
            assert!(
                !time.is_some_and(|time| time.starts_with(|c: char| c.is_ascii_digit())),
                "{name}: {line}"
            );
            let is_number =
                line.contains("const ") && line.contains(": usize =") && !name.starts_with("wire/frame");
            assert!(!is_number, "{name}: {line}");
        }
    }
}

#[test]
fn public_types_may_grow_without_breaking_a_program() {
    for (name, text) in files().iter().filter(|(name, _)| !name.starts_with("program/")) {
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let is_type = line.starts_with("pub enum ") || line.starts_with("pub struct ");
            let mut fields = lines[at + 1..].iter().take_while(|line| line.starts_with(' '));
            // Private fields are as good: nobody else can make one, or take it apart.
            let is_open = line.starts_with("pub enum ") || fields.any(|field| field.starts_with("    pub "));
            if is_type && line.ends_with('{') && is_open {
                let mut attributes = lines[..at].iter().rev().take_while(|line| line.starts_with(['#', '/']));
                assert!(attributes.any(|line| *line == "#[non_exhaustive]"), "{name}: {line}");
            }
        }
    }
}

#[test]
fn error_codes_are_those_that_the_documentation_lists() {
    let page = source("docs/PROTOCOL.md");
    let table = page.split("| code | what |").nth(1).unwrap().split("\n\n").next().unwrap();
    let codes: Vec<&str> = ErrorCode::ALL.iter().map(|code| code.as_str()).collect();
    for word in table.lines().filter_map(|line| line.split('|').nth(1)).flat_map(|cell| cell.split(", ")) {
        let word = word.trim().trim_matches('`');
        assert!(word.starts_with('-') || word.is_empty() || codes.contains(&word), "{word} is no ErrorCode");
    }
    // The library's own words for what it refuses, each in the enum, and in the table if a client can get it.
    let own = ["bad_limit", "bad_store", "bad_page", "lagged", "bad_line"];
    for code in &codes {
        assert!(own.contains(code) || table.contains(&format!("`{code}`")), "{code} is not in the table");
    }
    for (name, text) in files() {
        for call in text.split("refused(").skip(1).filter_map(|call| call.trim_start().strip_prefix('"')) {
            let word = call.split('"').next().unwrap();
            assert!(codes.contains(&word), "{name} refuses with {word}, which is no ErrorCode");
        }
    }
}

#[test]
fn each_file_says_what_it_is_and_stays_readable() {
    for (name, text) in files() {
        assert!(text.starts_with("//! "), "{name} does not say what it is");
        assert!(text.lines().count() <= 450, "{name} has a second noun in it");
    }
}

#[test]
fn every_behaviour_of_the_classic_example_has_a_test_that_names_it() {
    fn walk(folder: &Path, names: &mut String) {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, names);
            } else if path.extension().is_some_and(|e| e == "rs" || e == "js") {
                let text = fs::read_to_string(&path).unwrap().to_lowercase();
                let is_test =
                    |line: &&str| line.contains("fn c") || line.contains("test(") || line.contains("story(");
                let tests = text.lines().filter(is_test).flat_map(|line| [line, " "]).collect::<String>();
                names.push_str(&tests.replace(|c: char| !c.is_alphanumeric(), " "));
            }
        }
    }
    let mut names = String::new();
    walk(&root().join("tests"), &mut names);
    let list = source("docs/CONFORMANCE.md");
    let numbers: Vec<String> = list
        .lines()
        .filter_map(|line| line.strip_prefix("| C")?.split(' ').next())
        .map(|number| format!("c{number}"))
        .collect();
    assert_eq!(numbers.len(), 62, "C1 to C63 without C5");
    let missing: Vec<&String> = numbers.iter().filter(|c| !names.split(' ').any(|word| word == *c)).collect();
    assert!(missing.is_empty(), "no test names {missing:?}");
}
