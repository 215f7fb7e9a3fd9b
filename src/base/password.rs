//! The password of a chat: what it may be, and the hash of it that is kept and that stands in records. Knows neither who gives it nor
//! how often one may try.

use std::fmt;

use hmac::Hmac;
use sha2::Sha256;
use unicode_normalization::UnicodeNormalization;

use crate::base::error::Error;
use crate::base::limits::{
    PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN, PASSWORD_HASH_BYTES, PASSWORD_ROUNDS, PASSWORD_SALT_BYTES,
};

/// A password as somebody has typed it, in the one form that is compared: NFC, without white space around it. Never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(Box<str>);

/// The hash of a password, which is kept in its place: a salt of its own, and PBKDF2-HMAC-SHA-256 (RFC 8018, 5.2) of both. The same password in two chats,
/// or set twice, has two hashes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PasswordHash {
    salt: [u8; PASSWORD_SALT_BYTES],
    hash: [u8; PASSWORD_HASH_BYTES],
}

impl Password {
    /// A password that a chat may have.
    ///
    /// # Errors
    /// `bad_value`: it is too short or too long. The password itself is not in the message.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let password = Self::typed(text);
        let chars = password.0.chars().count();
        match chars {
            PASSWORD_CHARS_MIN..=PASSWORD_CHARS_MAX => Ok(password),
            _ => Err(Error::refused(
                "bad_value",
                format!(
                    "a password has {PASSWORD_CHARS_MIN} to {PASSWORD_CHARS_MAX} characters; this has {chars}"
                ),
            )),
        }
    }

    /// What somebody has typed, be it one that a chat may have or not.
    pub(crate) fn typed(text: &str) -> Self {
        Self(text.trim().nfc().collect::<String>().trim().into())
    }

    /// Whether a chat may have it. One that it may not have is wrong without a look.
    pub(crate) fn is_possible(&self) -> bool {
        (PASSWORD_CHARS_MIN..=PASSWORD_CHARS_MAX).contains(&self.0.chars().count())
    }

    /// Its hash, with a new salt. Takes some 30 ms of a processor, so that a copy of the store does not give the password away.
    ///
    /// # Errors
    /// The operating system has no random numbers.
    pub fn hash(&self) -> Result<PasswordHash, Error> {
        let mut salt = [0; PASSWORD_SALT_BYTES];
        getrandom::fill(&mut salt).map_err(|e| Error::io("cannot make a password's salt", e.into()))?;
        Ok(self.hash_with(salt))
    }

    /// Its hash with the salt of one that is kept, which it is to be compared with. Takes as long.
    pub(crate) fn hash_like(&self, kept: &PasswordHash) -> PasswordHash {
        self.hash_with(kept.salt)
    }

    fn hash_with(&self, salt: [u8; PASSWORD_SALT_BYTES]) -> PasswordHash {
        let mut hash = [0; PASSWORD_HASH_BYTES];
        pbkdf2::pbkdf2::<Hmac<Sha256>>(self.0.as_bytes(), &salt, PASSWORD_ROUNDS, &mut hash)
            .expect("HMAC takes a key of any length");
        PasswordHash { salt, hash }
    }
}

impl PasswordHash {
    /// As it stands in a store and in a record: the salt, and the hash.
    pub(crate) fn to_bytes(self) -> [u8; PASSWORD_SALT_BYTES + PASSWORD_HASH_BYTES] {
        let mut bytes = [0; PASSWORD_SALT_BYTES + PASSWORD_HASH_BYTES];
        let (salt, hash) = bytes.split_at_mut(PASSWORD_SALT_BYTES);
        salt.copy_from_slice(&self.salt);
        hash.copy_from_slice(&self.hash);
        bytes
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (salt, hash) = bytes.split_at_checked(PASSWORD_SALT_BYTES)?;
        Some(Self { salt: salt.try_into().ok()?, hash: hash.try_into().ok()? })
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn password_is_compared_in_one_form_and_bounded_in_characters() {
        let composed = Password::parse("  sch\u{f6}nes Wetter\n").expect("it is long enough");
        assert_eq!(composed, Password::parse("scho\u{308}nes Wetter").expect("the same"));
        assert_ne!(composed, Password::parse("Sch\u{f6}nes Wetter").expect("another"));
        for (text, is_possible) in [
            ("1234567".to_owned(), false),
            ("12345678".to_owned(), true),
            (" 1234567 ".to_owned(), false),
            ("\u{e9}".repeat(128), true),
            ("x".repeat(129), false),
        ] {
            assert_eq!(Password::parse(&text).is_ok(), is_possible, "{} characters", text.len());
            assert_eq!(Password::typed(&text).is_possible(), is_possible);
        }
        let refused = Password::parse("hunter2").expect_err("it is too short").to_string();
        assert!(refused.contains("8 to 128") && !refused.contains("hunter2"), "{refused}");
    }

    #[test]
    fn hash_is_of_the_password_and_of_a_salt_of_its_own_and_shows_neither() {
        let password = Password::parse("correct horse").expect("a password");
        let (one, other) = (password.hash().expect("random"), password.hash().expect("random"));
        assert_ne!(one, other, "the same password, set twice");
        assert_eq!(password.hash_like(&one), one);
        assert_ne!(Password::parse("correct h0rse").expect("a password").hash_like(&one), one);
        assert_eq!(PasswordHash::from_bytes(&one.to_bytes()), Some(one));
        assert_eq!(PasswordHash::from_bytes(&one.to_bytes()[1..]), None);
        assert_eq!(format!("{password:?} {one:?}"), "Password PasswordHash");
        // Computed by Python: hashlib.pbkdf2_hmac('sha256', b'correct horse', bytes(16), 100_000).
        let known = password.hash_with([0; PASSWORD_SALT_BYTES]).hash;
        assert_eq!(known[..8], KNOWN);
    }

    const KNOWN: [u8; 8] = [0x61, 0xe8, 0x3c, 0xe2, 0x34, 0x49, 0x4b, 0x7c];
}
