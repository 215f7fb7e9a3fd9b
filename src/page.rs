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

/// Nothing but our own files, nothing inline, no frame around us.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
     manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
     require-trusted-types-for 'script'";

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
        Ok(Self { folder: Some(folder.to_owned()) })
    }

    /// The names of all files. A folder's are those that it has now.
    pub(crate) fn names(&self) -> Vec<String> {
        match &self.folder {
            None => Embedded::iter().map(|name| name.into_owned()).collect(),
            Some(folder) => fs::read_dir(folder)
                .into_iter()
                .flatten()
                .flatten()
                .filter(|file| file.path().is_file())
                .filter_map(|file| file.file_name().into_string().ok())
                .collect(),
        }
    }

    fn read(&self, name: &str) -> Option<Bytes> {
        match &self.folder {
            None => match Embedded::get(name)?.data {
                std::borrow::Cow::Borrowed(data) => Some(Bytes::from_static(data)),
                std::borrow::Cow::Owned(data) => Some(data.into()),
            },
            Some(folder) => fs::read(folder.join(name)).ok().map(Bytes::from),
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
