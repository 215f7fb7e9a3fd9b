//! The page: what lies in `web/`. From the binary its files come as `build.rs` made them, compressed where the client
//! accepts that; from a folder byte for byte.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use axum::body::Body;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderMap,
    HeaderName, HeaderValue, IF_NONE_MATCH, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
};
use http::{Response, StatusCode};
use sha1::{Digest, Sha1};

use crate::base::error::Error;

/// Nothing but our own files, nothing inline, no frame around us. `data:` is for a picture that the page draws, its
/// icon with the number of what is unread; the one policy of trusted types for the address of its service worker.
const POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; \
     img-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types chinwag";

/// The files that were in `web/` when the program was built, sorted by name.
static EMBEDDED: &[(&str, File)] = include!(concat!(env!("OUT_DIR"), "/page.rs"));

/// One of the page's files, in the forms that it is served in.
#[derive(Clone)]
struct File {
    plain: Form,
    /// The compressed forms by their coding, the shortest first.
    packed: &'static [(&'static str, Form)],
}

/// The bytes that are sent, with their ETag.
#[derive(Clone)]
struct Form {
    bytes: Cow<'static, [u8]>,
    etag: Cow<'static, str>,
}

impl File {
    fn plain(bytes: Vec<u8>) -> Self {
        let etag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(Sha1::digest(&bytes)));
        Self { plain: Form { bytes: bytes.into(), etag: etag.into() }, packed: &[] }
    }

    /// The form that the client prefers, and its coding; of forms that it likes equally, the shortest.
    fn preferred(&self, request: &HeaderMap) -> (&Form, Option<&'static str>) {
        let (mut best, mut best_weight) = ((&self.plain, None), 0.0);
        for (coding, form) in self.packed {
            let weight = weight(request, coding);
            if weight > best_weight {
                (best, best_weight) = ((form, Some(*coding)), weight);
            }
        }
        if weight(request, "identity") > best_weight { (&self.plain, None) } else { best }
    }
}

impl Form {
    const fn embedded(bytes: &'static [u8], etag: &'static str) -> Self {
        Self { bytes: Cow::Borrowed(bytes), etag: Cow::Borrowed(etag) }
    }
}

/// Where the page's files come from.
#[derive(Debug, Clone)]
pub struct Web {
    folder: Option<PathBuf>,
}

impl Web {
    /// The files that were in `web/` when the program was built, without the comments of their source.
    pub fn embedded() -> Self {
        Self { folder: None }
    }

    /// The files of a folder as they lie there, read anew at each request: for working on the page.
    ///
    /// # Errors
    /// A folder that cannot be read, or has no `index.html`.
    pub fn folder(folder: &Path) -> Result<Self, Error> {
        if !folder.is_dir() {
            return Err(Error::web(format!("{} is not a folder", folder.display())));
        }
        if !folder.join(INDEX).is_file() {
            return Err(Error::web(format!("there is no {INDEX} in {}", folder.display())));
        }
        let folder = folder.canonicalize().map_err(|e| Error::web(format!("{}: {e}", folder.display())))?;
        Ok(Self { folder: Some(folder) })
    }

    /// The names of all files, with those of the folders they are in: `style/log.css`. A folder's are those that
    /// it has now.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        match &self.folder {
            None => names.extend(EMBEDDED.iter().map(|(name, _)| (*name).to_owned())),
            Some(folder) => list(folder, "", &mut names),
        }
        // What an editor leaves beside them is none of the page's; what has another name than its address cannot
        // be asked for; and without a dot, or in `r/`, it could take the place of a room.
        names.retain(|name| name.contains('.') && !name.starts_with("r/") && name.split('/').all(is_plain));
        names
    }

    fn file(&self, name: &str) -> Option<File> {
        let Some(folder) = &self.folder else {
            let found = EMBEDDED.binary_search_by_key(&name, |(name, _)| *name).ok()?;
            return Some(EMBEDDED[found].1.clone());
        };
        let path = folder.join(name).canonicalize().ok()?;
        // A link may lead to another of the page's files, never out of its folder.
        path.starts_with(folder).then(|| fs::read(path).ok()).flatten().map(File::plain)
    }

    /// The answer to a request for a file: 200 with a strong ETag, 304 to who has it, 404.
    pub(crate) fn response(&self, name: &str, request: &HeaderMap) -> Response<Body> {
        let Some(file) = self.file(name) else {
            let mut response = Response::new(Body::from("the page's file is gone\n"));
            *response.status_mut() = StatusCode::NOT_FOUND;
            return response;
        };
        let (Form { bytes, etag }, coding) = file.preferred(request);
        let has_it = request.get_all(IF_NONE_MATCH).iter().filter_map(|v| v.to_str().ok()).any(|value| {
            value.split(',').map(str::trim).any(|tag| tag == "*" || tag.trim_start_matches("W/") == *etag)
        });
        let mut response = Response::new(if has_it { Body::empty() } else { Body::from(bytes.clone()) });
        if has_it {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        }
        let headers = response.headers_mut();
        let fixed: [(HeaderName, &'static str); 7] = [
            (CONTENT_TYPE, content_type(name)),
            // Asked for again each time, and answered by a 304: a new version is seen at once.
            (CACHE_CONTROL, "no-cache"),
            (CONTENT_SECURITY_POLICY, POLICY),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (REFERRER_POLICY, "no-referrer"),
            (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
            (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        ];
        headers.extend(fixed.map(|(name, value)| (name, HeaderValue::from_static(value))));
        headers.insert(ETAG, HeaderValue::from_str(etag).expect("base64 in quotes is a header's text"));
        if !file.packed.is_empty() {
            headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        }
        if let Some(coding) = coding.filter(|_| !has_it) {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        response
    }
}

/// How much the client likes a coding, from 0 (not at all) to 1 (RFC 9110, 12.5.3). Browsers accept `br` over https
/// and from localhost only.
fn weight(request: &HeaderMap, coding: &str) -> f32 {
    let (mut own, mut any) = (None, None);
    let values = request.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    for accepted in values.flat_map(|value| value.split(',')) {
        let (name, weight) = accepted.split_once(';').unwrap_or((accepted, "q=1"));
        let weight = weight.trim().to_ascii_lowercase();
        // A weight that cannot be read is 0: the plain form serves everyone.
        let weight = weight.strip_prefix("q=").and_then(|q| q.parse().ok());
        let weight = weight.filter(|q| (0.0..=1.0).contains(q)).unwrap_or(0.0);
        let name = name.trim().to_ascii_lowercase();
        match name.strip_prefix("x-").filter(|name| *name == "gzip").unwrap_or(&name) {
            "*" => any = Some(weight),
            name if name == coding => own = Some(weight),
            _ => {}
        }
    }
    own.or(any).unwrap_or(0.0)
}

/// The file that `/` serves.
pub(crate) const INDEX: &str = "index.html";

/// The page's service worker.
pub(crate) const WORKER: &str = "sw.js";

/// All files below a folder. A link to a folder is not followed: it may lead round in a circle.
fn list(folder: &Path, prefix: &str, names: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(name) = entry.file_name().into_string() else { continue };
        let name = format!("{prefix}{name}");
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            list(&entry.path(), &format!("{name}/"), names);
        } else if entry.path().is_file() {
            names.push(name);
        }
    }
}

/// A name that is the same in an address, and not hidden.
fn is_plain(name: &str) -> bool {
    !name.starts_with('.') && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
