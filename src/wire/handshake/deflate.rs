//! What is agreed on about `permessage-deflate` (RFC 7692, 7.1): no window is kept from message to message, in either
//! direction, so a client that is connected costs no more for it.

use http::header::{HeaderMap, HeaderValue, SEC_WEBSOCKET_EXTENSIONS};

use crate::wire::frame::Window;

/// An offer of the client's that is taken: the window it inflates with, and our answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Agreement {
    pub(crate) window: Window,
    pub(crate) answer: HeaderValue,
}

/// The first offer that can be taken. The client names them in the order in which it likes them.
pub(crate) fn agree(headers: &HeaderMap) -> Option<Agreement> {
    let values = headers.get_all(SEC_WEBSOCKET_EXTENSIONS).iter().filter_map(|value| value.to_str().ok());
    // No value of a parameter has a comma or a semicolon in it, quoted or not (RFC 6455, 9.1).
    values.flat_map(|value| value.split(',')).find_map(take)
}

/// Takes an offer of which every parameter is known, said once, and has a value that it may have.
fn take(offer: &str) -> Option<Agreement> {
    let mut params = offer.split(';').map(str::trim);
    if params.next() != Some("permessage-deflate") {
        return None;
    }
    let (mut seen, mut window) = (Vec::new(), None);
    for param in params {
        let (name, value) = match param.split_once('=') {
            Some((name, value)) => (name.trim_end(), Some(unquoted(value.trim_start()))),
            None => (param, None),
        };
        if seen.contains(&name) {
            return None;
        }
        seen.push(name);
        match (name, value) {
            ("server_no_context_takeover" | "client_no_context_takeover", None) => {}
            ("server_max_window_bits", Some(bits)) => window = Some(Window::parse(bits)?),
            // Whatever the client deflates with, the largest window inflates.
            ("client_max_window_bits", None) => {}
            ("client_max_window_bits", Some(bits)) => _ = Window::parse(bits)?,
            _ => return None,
        }
    }
    // The server may ask for both, whether they were offered or not (RFC 7692, 7.1.1).
    let mut answer = "permessage-deflate; server_no_context_takeover; client_no_context_takeover".to_owned();
    if let Some(window) = window {
        answer.push_str(&format!("; server_max_window_bits={window}"));
    }
    let answer = HeaderValue::try_from(answer).expect("words and a number are a header's text");
    Some(Agreement { window: window.unwrap_or(Window::LARGEST), answer })
}

fn unquoted(value: &str) -> &str {
    value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    /// What is answered to these headers, without what all answers begin with.
    #[track_caller]
    fn check(offered: &[&str], rest: Option<&str>) {
        let headers = offered
            .iter()
            .map(|offer| (SEC_WEBSOCKET_EXTENSIONS, HeaderValue::from_str(offer).expect("text")));
        let agreed = agree(&headers.collect());
        let answer = agreed.as_ref().map(|agreed| agreed.answer.to_str().expect("text"));
        assert_eq!(answer, rest.map(|rest| format!("{ANSWER}{rest}")).as_deref(), "{offered:?}");
    }

    #[test]
    fn deflate_offers_of_browsers_and_libraries_are_accepted() {
        check(&["permessage-deflate"], Some("")); // Firefox
        check(&["permessage-deflate; client_max_window_bits"], Some("")); // Chromium
        check(&["permessage-deflate;client_no_context_takeover ; server_no_context_takeover"], Some(""));
        check(&["permessage-deflate; client_max_window_bits=9"], Some(""));
        let python = "permessage-deflate; server_max_window_bits=12; client_max_window_bits=12";
        check(&[python], Some("; server_max_window_bits=12"));
        check(&["permessage-deflate; server_max_window_bits=\"8\""], Some("; server_max_window_bits=8"));
        check(&["permessage-deflate; server_max_window_bits = 15"], Some("; server_max_window_bits=15"));
    }

    #[test]
    fn the_first_offer_that_can_be_taken_is() {
        check(
            &[
                "x-webkit-deflate-frame, permessage-deflate; mode=fast, permessage-deflate; server_max_window_bits=9",
            ],
            Some("; server_max_window_bits=9"),
        );
        check(
            &["permessage-deflate; server_max_window_bits=10, permessage-deflate"],
            Some("; server_max_window_bits=10"),
        );
        check(&["foo", "bar, permessage-deflate"], Some(""));
    }

    #[test]
    fn an_offer_with_anything_wrong_in_it_is_declined() {
        for params in [
            "mode=fast",
            "",
            "server_no_context_takeover=1",
            "client_no_context_takeover=",
            "server_no_context_takeover; server_no_context_takeover",
            "client_max_window_bits; client_max_window_bits=15",
            "server_max_window_bits",
            "server_max_window_bits=7",
            "server_max_window_bits=16",
            "server_max_window_bits=09",
            "server_max_window_bits=+9",
            "server_max_window_bits=\"9",
            "client_max_window_bits=7",
            "client_max_window_bits=x",
        ] {
            check(&[&format!("permessage-deflate; {params}")], None);
        }
        check(&["permessage-deflates"], None);
        check(&["x-webkit-deflate-frame"], None);
        check(&[], None);
    }
}
