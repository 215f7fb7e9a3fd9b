//! Makes the page's files ready to be served: each file of `web/` without the comments of its source, a style with those that it
//! imports, the modules that are loaded together in one, and compressed, with an ETag for each form, in a table that
//! `src/edge/page.rs` includes. Writes to `OUT_DIR` alone.

#[path = "build/bundle.rs"]
mod bundle;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha1::{Digest, Sha1};

/// The best there is. All files take 5 s, as cargo does not optimize a build script.
const BROTLI_QUALITY: i32 = 11;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=web");
    let out = std::env::var("OUT_DIR").expect("cargo sets it");
    let out = Path::new(&out);
    let mut names = Vec::new();
    list(Path::new("web"), "", &mut names)?;
    let mut texts = bundle::Files::new();
    let mut files = BTreeMap::<String, Vec<u8>>::new();
    for name in names {
        match name.rsplit_once('.') {
            Some((_, "js")) => {
                texts.insert(name.clone(), without_comments(&text(&name)?, &[("//", "\n"), ("/*", "*/")]));
            }
            Some((_, "css")) => {
                texts.insert(name.clone(), style(&name)?);
            }
            Some((_, "html")) => {
                texts.insert(name.clone(), text(&name)?);
            }
            _ => {
                files.insert(name.clone(), fs::read(Path::new("web").join(&name))?);
            }
        }
    }
    bundle::bundle(&mut texts);
    let mut all = Sha1::new();
    for (name, bytes) in
        texts.iter().map(|(name, text)| (name, text.as_bytes())).chain(files.iter().map(|(n, b)| (n, &**b)))
    {
        all.update(name);
        all.update(bytes);
    }
    let page = texts.get_mut("index.html").expect("web/index.html is there");
    *page = bundle::give_version(page, &URL_SAFE_NO_PAD.encode(all.finalize()));
    files.extend(texts.into_iter().map(|(name, text)| (name, text.into_bytes())));
    // Sorted by name, as the page's files are looked up by binary search.
    let mut table = String::from("&[\n");
    for (name, plain) in &files {
        let mut packed = String::new();
        for (coding, bytes) in [("br", brotli(plain)?), ("gzip", gzip(plain)?)] {
            // Nothing is gained by compressing a picture, or a few words.
            if bytes.len() * 10 < plain.len() * 9 {
                packed += &format!("({coding:?}, {}), ", embed(out, &format!("{name}.{coding}"), &bytes)?);
            }
        }
        let plain = embed(out, name, plain)?;
        table += &format!("({name:?}, File {{ plain: {plain}, packed: &[{packed}] }}),\n");
    }
    table += "]";
    fs::write(out.join("page.rs"), table)
}

/// All files below a folder, by the names that they are served by.
fn list(folder: &Path, prefix: &str, names: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let name = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &format!("{name}/"), names)?;
        } else if entry.path().is_file() {
            names.push(name);
        }
    }
    Ok(())
}

fn text(name: &str) -> io::Result<String> {
    fs::read_to_string(Path::new("web").join(name))
}

/// A style, with each that it imports in the place of the import: one request, and a smaller one.
fn style(name: &str) -> io::Result<String> {
    let text = without_comments(&text(name)?, &[("/*", "*/")]);
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("@import \"").and_then(|line| line.strip_suffix("\";\n")) {
            Some(imported) => out += &style(&format!("{folder}/{imported}"))?,
            None => out += line,
        }
    }
    Ok(out)
}

/// The text without the comments that begin a line. Their lines stay, empty: a stack trace has the line numbers of the
/// source. What looks like a comment there is one, but for the lines of a template; a test of what is served holds that
/// no template has such a line (`tests/it/http.rs`).
fn without_comments(source: &str, comments: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while !rest.is_empty() {
        let code = rest.trim_start_matches([' ', '\t']);
        let Some((begin, end)) = comments.iter().find(|(begin, _)| code.starts_with(begin)) else {
            let (line, after) = rest.split_at(rest.find('\n').map_or(rest.len(), |at| at + 1));
            out.push_str(line);
            rest = after;
            continue;
        };
        let len = code[begin.len()..].find(end).map(|at| begin.len() + at + end.len());
        let (comment, after) = code.split_at(len.unwrap_or(code.len()));
        out.extend(comment.matches('\n'));
        rest = after;
    }
    out
}

fn brotli(plain: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    let params = BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        size_hint: plain.len(),
        ..BrotliEncoderParams::default()
    };
    brotli::BrotliCompress(&mut &plain[..], &mut packed, &params)?;
    Ok(packed)
}

fn gzip(plain: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(plain)?;
    packed.finish()
}

/// Writes a form of a file, and returns the expression that embeds it.
fn embed(out: &Path, name: &str, bytes: &[u8]) -> io::Result<String> {
    let path = out.join("page").join(name);
    fs::create_dir_all(path.parent().expect("it is in a folder"))?;
    fs::write(path, bytes)?;
    let etag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(Sha1::digest(bytes)));
    let path = format!("concat!(env!(\"OUT_DIR\"), {:?})", format!("/page/{name}"));
    Ok(format!("Form::embedded(include_bytes!({path}), {etag:?})"))
}
