//! The page: what lies in `web/`. From the binary it comes squeezed, and compressed to who takes that; from a folder
//! byte for byte.

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use axum::body::Body;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderMap,
    HeaderName, HeaderValue, IF_NONE_MATCH, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
};
use http::{Response, StatusCode};
use rust_embed::RustEmbed;
use sha1::{Digest, Sha1};

use crate::base::error::Error;

mod squeeze;

/// Nothing but our own files, nothing inline, no frame around us. `data:` is for a picture that the page draws, its
/// icon with the number of what is unread; the one policy of trusted types for the address of its service worker.
const POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; \
     img-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types chinwag";

#[derive(RustEmbed)]
#[folder = "web/"]
struct Embedded;

/// The files that were in `web/` when the program was built, as they are served.
static EMBEDDED: LazyLock<HashMap<String, File>> = LazyLock::new(|| {
    let served = |name: &str| {
        let bytes = Embedded::get(name)?.data;
        Some(match std::str::from_utf8(&bytes) {
            Ok(text) => File::text(squeeze::squeeze(name, text)),
            Err(_) => File::as_it_is(bytes.into_owned()),
        })
    };
    Embedded::iter().filter_map(|name| Some((name.to_string(), served(&name)?))).collect()
});

/// One of the page's files, in the forms that it is served in.
#[derive(Clone)]
struct File {
    plain: Form,
    gzip: Option<Form>,
}

/// What is sent, with its tag: each form has one of its own.
#[derive(Clone)]
struct Form {
    bytes: Bytes,
    etag: String,
}

impl File {
    fn as_it_is(bytes: Vec<u8>) -> Self {
        Self { plain: Form::new(bytes), gzip: None }
    }

    fn text(text: String) -> Self {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        let gzip = gzip.write_all(text.as_bytes()).and_then(|()| gzip.finish()).ok();
        // A few words only become longer.
        let gzip = gzip.filter(|gzip| gzip.len() < text.len()).map(Form::new);
        Self { plain: Form::new(text.into_bytes()), gzip }
    }
}

impl Form {
    fn new(bytes: Vec<u8>) -> Self {
        let etag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(Sha1::digest(&bytes)));
        Self { bytes: bytes.into(), etag }
    }
}

/// Where the page's files come from.
#[derive(Debug, Clone)]
pub struct Web {
    folder: Option<PathBuf>,
}

impl Web {
    /// The files that were in `web/` when the program was built, without the comments and the indentation of
    /// their source.
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

    /// The names of all files, with those of the folders they are in: `style/page.css`. A folder's are those that
    /// it has now.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        match &self.folder {
            None => names.extend(EMBEDDED.keys().cloned()),
            Some(folder) => list(folder, "", &mut names),
        }
        // What an editor leaves beside them is none of the page's; what has another name than its address cannot
        // be asked for; and without a dot, or in `r/`, it could take the place of a room.
        names.retain(|name| name.contains('.') && !name.starts_with("r/") && name.split('/').all(is_plain));
        names
    }

    fn file(&self, name: &str) -> Option<File> {
        let Some(folder) = &self.folder else { return EMBEDDED.get(name).cloned() };
        let path = folder.join(name).canonicalize().ok()?;
        // A link may lead to another of the page's files, never out of its folder.
        path.starts_with(folder).then(|| fs::read(path).ok()).flatten().map(File::as_it_is)
    }

    /// The answer to a request for a file: 200 with a strong ETag, 304 to who has it, 404.
    pub(crate) fn response(&self, name: &str, request: &HeaderMap) -> Response<Body> {
        let Some(File { plain, gzip }) = self.file(name) else {
            let mut response = Response::new(Body::from("the page's file is gone\n"));
            *response.status_mut() = StatusCode::NOT_FOUND;
            return response;
        };
        let varies = gzip.is_some();
        let gzip = gzip.filter(|_| takes_gzip(request));
        let is_gzip = gzip.is_some();
        let Form { bytes, etag } = gzip.unwrap_or(plain);
        let has_it = request.get_all(IF_NONE_MATCH).iter().filter_map(|v| v.to_str().ok()).any(|value| {
            value.split(',').map(str::trim).any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
        });
        let mut response = Response::new(if has_it { Body::empty() } else { Body::from(bytes) });
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
        headers.insert(ETAG, HeaderValue::try_from(etag).expect("base64 in quotes is a header's text"));
        if varies {
            headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        }
        if is_gzip && !has_it {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        response
    }
}

/// Whether the other side takes gzip, and likes nothing better that we have (RFC 9110, 12.5.3).
fn takes_gzip(request: &HeaderMap) -> bool {
    let (mut gzip, mut plain, mut any) = (None, None, None);
    let values = request.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    for coding in values.flat_map(|value| value.split(',')) {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, "q=1"));
        let weight = weight.trim().to_ascii_lowercase();
        // A weight that is none is no: everyone takes the file as it is.
        let weight: f32 = weight.strip_prefix("q=").and_then(|q| q.parse().ok()).unwrap_or(0.0);
        match name.trim().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => gzip = Some(weight),
            "identity" => plain = Some(weight),
            "*" => any = Some(weight),
            _ => {}
        }
    }
    gzip.or(any).is_some_and(|gzip| gzip > 0.0 && gzip >= plain.unwrap_or(0.0))
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
