//! A face: how somebody is shown beside their name. Knows nobody.

use crate::base::emoji;
use crate::base::error::Error;
use crate::base::limits::HUES;

/// How somebody is shown beside their name: a hue, and an emoji in the place of their name's first letter.
///
/// Of a [`User`](crate::User) it is the face that they have; of a choice, what is none stands for what they have without
/// one: the letter, and the hue that their arrival gave them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Face {
    emoji: Option<&'static str>,
    hue: Option<u8>,
}

impl Face {
    /// A face that is chosen.
    ///
    /// ```
    /// # use chinwag::Face;
    /// let fox = Face::new(Some("🦊"), Some(3)).expect("an emoji, and one of eight hues");
    /// assert_eq!((fox.emoji(), fox.hue()), (Some("🦊"), Some(3)));
    /// assert!(Face::new(Some("fox"), None).is_err());
    /// ```
    ///
    /// # Errors
    /// `bad_value`: the emoji is not one RGI emoji (UTS 51), or the hue is not 0 to 7.
    pub fn new(emoji: Option<&str>, hue: Option<u64>) -> Result<Self, Error> {
        let bad_value = |text: String| Error::refused("bad_value", text);
        let one = |text| emoji::canonical(text).ok_or_else(|| bad_value("'emoji' is one emoji".into()));
        let of_all = |hue| {
            let hue = u8::try_from(hue).ok().filter(|hue| *hue < HUES);
            hue.ok_or_else(|| bad_value(format!("'hue' is one of {HUES}: 0 to {}", HUES - 1)))
        };
        Ok(Self { emoji: emoji.map(one).transpose()?, hue: hue.map(of_all).transpose()? })
    }

    /// A face that was kept: without what a version of this program may not know.
    pub(crate) fn stored(emoji: Option<&str>, hue: Option<i64>) -> Self {
        let hue = hue.and_then(|hue| u8::try_from(hue).ok()).filter(|hue| *hue < HUES);
        Self { emoji: emoji.and_then(emoji::canonical), hue }
    }

    /// The emoji, in the one spelling that each has.
    pub fn emoji(&self) -> Option<&'static str> {
        self.emoji
    }

    /// The hue, by its number on the wheel.
    pub fn hue(&self) -> Option<u8> {
        self.hue
    }

    /// With this hue where it has none.
    pub(crate) fn or_hue(self, hue: u8) -> Self {
        Self { hue: self.hue.or(Some(hue)), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn face_is_one_emoji_and_one_of_eight_hues() {
        let of = |emoji, hue| Face::new(emoji, hue).map_err(|error| error.to_string());
        assert_eq!(of(None, None), Ok(Face::default()));
        let heart = of(Some("❤"), Some(7)).expect("a heart");
        assert_eq!((heart.emoji(), heart.hue()), (Some("❤\u{fe0f}"), Some(7)));
        for bad in ["", "ok", "🦊🦊", "🇩"] {
            assert_eq!(of(Some(bad), None), Err("'emoji' is one emoji".into()), "{bad:?}");
        }
        for bad in [8, 256, u64::MAX] {
            assert_eq!(of(None, Some(bad)), Err("'hue' is one of 8: 0 to 7".into()));
        }
    }

    #[test]
    fn what_was_kept_and_is_not_known_is_left_out() {
        assert_eq!(Face::stored(Some("🦊"), Some(3)), Face::new(Some("🦊"), Some(3)).expect("a face"));
        assert_eq!(Face::stored(Some("fox"), Some(8)), Face::default());
        assert_eq!(Face::stored(None, Some(-1)), Face::default());
        let face = Face::stored(Some("🦊"), None);
        assert_eq!(face.or_hue(2).hue(), Some(2));
        assert_eq!(face.or_hue(2).or_hue(3).hue(), Some(2));
    }
}
