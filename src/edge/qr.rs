//! A text as a QR code (ISO/IEC 18004), which the page shows of links: `POST qr` with the text, answered by an SVG. The text comes in
//! the body, as a link may have a secret in it.

use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use qrcodegen::{QrCode, QrCodeEcc};

use crate::base::limits::{QR_QUIET, QR_TEXT_BYTES};
use crate::hub::Hub;
use crate::wire::handshake::{Refusal, check_origin};

/// Answers with the QR code of the text that the request has, black on white whatever the page's colours are.
pub(crate) async fn serve_qr(State(hub): State<Hub>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if let Err(refusal) = check_origin(&parts, &hub.limits().hosts) {
        refusal.log(&parts);
        return refusal.into_response();
    }
    let Ok(bytes) = to_bytes(body, QR_TEXT_BYTES).await else {
        let text = format!("a QR code has a text of at most {QR_TEXT_BYTES} bytes here");
        return Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, text).into_response();
    };
    let Some(code) = std::str::from_utf8(&bytes).ok().filter(|text| !text.is_empty()).and_then(encode) else {
        return Refusal::new(StatusCode::BAD_REQUEST, "the text of a QR code is UTF-8, and not empty")
            .into_response();
    };
    let headers = [
        (CONTENT_TYPE, "image/svg+xml"),
        (CACHE_CONTROL, "no-store"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, svg(&code)).into_response()
}

fn encode(text: &str) -> Option<QrCode> {
    QrCode::encode_text(text, QrCodeEcc::Medium).ok()
}

/// One unit for each module, with the quiet zone that readers need around them.
fn svg(code: &QrCode) -> String {
    let size = code.size();
    let mut dark = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let run = (x..size).take_while(|x| code.get_module(*x, y)).count() as i32;
            if run > 0 {
                dark += &format!("M{} {}h{run}v1h-{run}z", x + QR_QUIET, y + QR_QUIET);
            }
            x += run.max(1);
        }
    }
    let all = size + 2 * QR_QUIET;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {all} {all}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{all}v{all}H0z\"/><path d=\"{dark}\"/></svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn picture_has_the_modules_of_the_code() {
        let code = encode("https://chat.example/#device=secret").expect("it is short");
        let picture = svg(&code);
        let path = picture.rsplit("d=\"").next().and_then(|rest| rest.split('"').next()).expect("a path");
        let mut dark = vec![false; (code.size() * code.size()) as usize];
        for run in path.split('z').filter(|run| !run.is_empty()) {
            let numbers: Vec<i32> =
                run.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
            let [x, y, length, 1, back] = numbers[..] else { panic!("{run}") };
            assert_eq!(length, back);
            for x in x..x + length {
                dark[((y - QR_QUIET) * code.size() + x - QR_QUIET) as usize] = true;
            }
        }
        for y in 0..code.size() {
            for x in 0..code.size() {
                assert_eq!(dark[(y * code.size() + x) as usize], code.get_module(x, y), "{x} {y}");
            }
        }
    }

    #[test]
    fn longest_text_is_a_code() {
        assert!(encode(&"x".repeat(QR_TEXT_BYTES)).is_some());
    }
}
