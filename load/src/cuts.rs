//! Clients that were cut off: how many, and with which codes.

use crate::connection::Ending;
use crate::frame::NO_STATUS;
use std::collections::BTreeMap;

/// The code reported for a connection that ended without a close frame (RFC 6455, 7.1.5).
const ABNORMAL_CLOSURE: u16 = 1006;

/// How many clients were cut off, and with which codes.
#[derive(Debug, Default)]
pub(crate) struct Cuts {
    pub(crate) count: u64,
    pub(crate) codes: BTreeMap<u16, u64>,
    pub(crate) violations: u64,
    pub(crate) first_violation: Option<&'static str>,
}

impl Cuts {
    pub(crate) fn add(&mut self, ending: &Ending) {
        self.count += 1;
        let code = match ending {
            Ending::Closed(code) => *code,
            Ending::Cut | Ending::Refused(_) => ABNORMAL_CLOSURE,
            Ending::Violation(what) => {
                self.violations += 1;
                self.first_violation.get_or_insert(what);
                NO_STATUS
            }
        };
        *self.codes.entry(code).or_default() += 1;
    }
}
