//! The limits of what comes from one address.

/// Proxies that a request may have come through, one after the other. Real chains have two or three.
pub(crate) const FORWARDED_HOPS: usize = 16;
