//! Numbers and texts as bytes: what records are written with. A number has 7 bits a byte, the lowest first (LEB128), a text its
//! length before it.

use std::fmt;

/// Bytes that are no record, or not of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Malformed;

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("these bytes are no envelope")
    }
}

/// Bytes that are written one value after the other.
pub(crate) trait Write {
    fn byte(&mut self, value: u8);
    fn number(&mut self, value: u64);
    fn text(&mut self, text: &str);
    /// The number of the items, and the items.
    fn list<T>(&mut self, items: &[T], write: impl Fn(&T, &mut Self));
    /// Whether there is a value, and the value.
    fn option<T>(&mut self, value: Option<T>, write: impl FnOnce(T, &mut Self));
}

impl Write for Vec<u8> {
    fn byte(&mut self, value: u8) {
        self.push(value);
    }

    fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.push(value as u8);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.extend_from_slice(text.as_bytes());
    }

    fn list<T>(&mut self, items: &[T], write: impl Fn(&T, &mut Self)) {
        self.number(items.len() as u64);
        items.iter().for_each(|item| write(item, self));
    }

    fn option<T>(&mut self, value: Option<T>, write: impl FnOnce(T, &mut Self)) {
        self.byte(value.is_some().into());
        if let Some(value) = value {
            write(value, self);
        }
    }
}

/// Bytes that are read in the same order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All that is left.
    pub(crate) fn rest(self) -> &'a [u8] {
        self.0
    }

    pub(crate) fn byte(&mut self) -> Result<u8, Malformed> {
        let (byte, rest) = self.0.split_first().ok_or(Malformed)?;
        self.0 = rest;
        Ok(*byte)
    }

    pub(crate) fn number(&mut self) -> Result<u64, Malformed> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if bits << shift >> shift != bits {
                return Err(Malformed);
            }
            value |= bits << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(Malformed)
    }

    pub(crate) fn bytes(&mut self, count: u64) -> Result<&'a [u8], Malformed> {
        let count = usize::try_from(count).map_err(|_| Malformed)?;
        let (bytes, rest) = self.0.split_at_checked(count).ok_or(Malformed)?;
        self.0 = rest;
        Ok(bytes)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        self.bytes(N as u64)?.try_into().map_err(|_| Malformed)
    }

    pub(crate) fn text(&mut self) -> Result<&'a str, Malformed> {
        let count = self.number()?;
        std::str::from_utf8(self.bytes(count)?).map_err(|_| Malformed)
    }

    pub(crate) fn flag(&mut self) -> Result<bool, Malformed> {
        match self.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Malformed),
        }
    }

    /// A value, if one is there.
    pub(crate) fn option<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, Malformed>,
    ) -> Result<Option<T>, Malformed> {
        if self.flag()? { read(self).map(Some) } else { Ok(None) }
    }

    /// As many values as are counted before them. Each takes at least one byte, so what is declared beyond the bytes that are
    /// there is refused before anything is allocated for it.
    pub(crate) fn list<T>(
        &mut self,
        mut read: impl FnMut(&mut Self) -> Result<T, Malformed>,
    ) -> Result<Vec<T>, Malformed> {
        let count = self.number()?;
        if count > self.0.len() as u64 {
            return Err(Malformed);
        }
        (0..count).map(|_| read(self)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_is_read_as_it_was_written_and_no_other_way() {
        for value in [0, 1, 0x7f, 0x80, 0x3fff, 0x4000, u64::from(u32::MAX), u64::MAX >> 1, u64::MAX] {
            let mut bytes = Vec::new();
            bytes.number(value);
            assert_eq!(Reader::new(&bytes).number(), Ok(value));
            assert!(bytes.len() <= 10);
            assert_eq!(Reader::new(&bytes[..bytes.len() - 1]).number(), Err(Malformed), "cut");
        }
        assert_eq!(Reader::new(&[0xff; 11]).number(), Err(Malformed), "more than 64 bits");
        let beyond = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02];
        assert_eq!(Reader::new(&beyond).number(), Err(Malformed), "a bit beyond the 64th");
    }

    #[test]
    fn nothing_is_allocated_for_what_is_only_declared() {
        let mut bytes = Vec::new();
        bytes.number(u64::MAX);
        assert_eq!(Reader::new(&bytes).text(), Err(Malformed));
        assert_eq!(Reader::new(&bytes).list(|reader| reader.byte()), Err(Malformed));
    }
}
