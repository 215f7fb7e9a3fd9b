//! The limits of faces.

/// Hues that people have: as many as are told from each other at a glance, and a small team has one each.
pub(crate) const HUES: u8 = 8;

/// From the hue of one who comes to that of the next: three eighths of the wheel, so that those who come first are far apart. It
/// comes to every hue.
pub(crate) const HUE_STEP: u8 = 3;
