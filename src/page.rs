//! The page: what lies in `web/`, byte for byte, from the binary or from a folder.

use std::fs;
use std::path::{Path, PathBuf};

use axum::body::Body;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue,
    IF_NONE_MATCH, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use http::{Response, StatusCode};
use rust_embed::RustEmbed;
use sha1::{Digest, Sha1};

use crate::error::Error;

/// Nothing but our own files, nothing inline, no frame around us. `data:` is for a picture that the page draws, its
/// icon with the number of what is unread; the one policy of trusted types for the address of its service worker.
const POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; \
     img-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types chinwag";

#[derive(RustEmbed)]
#[folder = "web/"]
struct Embedded;

/// Where the page's files come from.
#[derive(Debug, Clone)]
pub struct Web {
    folder: Option<PathBuf>,
}

impl Web {
    /// The files that were in `web/` when the program was built.
    pub fn embedded() -> Self {
        Self { folder: None }
    }

    /// The files of a folder, read anew at each request: for working on the page.
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
            None => names.extend(Embedded::iter().map(|name| name.into_owned())),
            Some(folder) => list(folder, "", &mut names),
        }
        // What an editor leaves beside them is none of the page's; what has another name than its address cannot
        // be asked for; and without a dot, or in `r/`, it could take the place of a room.
        names.retain(|name| name.contains('.') && !name.starts_with("r/") && name.split('/').all(is_plain));
        names
    }

    fn read(&self, name: &str) -> Option<Bytes> {
        match &self.folder {
            None => match Embedded::get(name)?.data {
                std::borrow::Cow::Borrowed(data) => Some(Bytes::from_static(data)),
                std::borrow::Cow::Owned(data) => Some(data.into()),
            },
            Some(folder) => {
                let path = folder.join(name).canonicalize().ok()?;
                // A link may lead to another of the page's files, never out of its folder.
                path.starts_with(folder).then(|| fs::read(path).ok()).flatten().map(Bytes::from)
            }
        }
    }

    /// The answer to a request for a file: 200 with a strong ETag, 304 to who has it, 404.
    pub(crate) fn response(&self, name: &str, request: &HeaderMap) -> Response<Body> {
        let Some(bytes) = self.read(name) else {
            let mut response = Response::new(Body::from("the page's file is gone\n"));
            *response.status_mut() = StatusCode::NOT_FOUND;
            return response;
        };
        let etag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(Sha1::digest(&bytes)));
        let has_it = request.get_all(IF_NONE_MATCH).iter().filter_map(|v| v.to_str().ok()).any(|value| {
            value.split(',').map(str::trim).any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
        });
        let mut response = Response::new(if has_it { Body::empty() } else { Body::from(bytes) });
        if has_it {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        }
        let headers = response.headers_mut();
        let fixed: [(HeaderName, &'static str); 6] = [
            (CONTENT_TYPE, content_type(name)),
            // Asked for again each time, and answered by a 304: a new version is seen at once.
            (CACHE_CONTROL, "no-cache"),
            (CONTENT_SECURITY_POLICY, POLICY),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (REFERRER_POLICY, "no-referrer"),
            (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        ];
        headers.extend(fixed.map(|(name, value)| (name, HeaderValue::from_static(value))));
        headers.insert(ETAG, HeaderValue::try_from(etag).expect("base64 in quotes is a header's text"));
        response
    }
}

/// The file that `/` serves.
pub(crate) const INDEX: &str = "index.html";

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
