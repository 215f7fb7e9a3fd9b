//! A roster: what every client has one of, by keys that stay, gone through some at a time. Knows nothing of
//! what it holds.

use crate::base::limits::CLIENTS_A_CHUNK;

/// Entries by key, in chunks of some hundred. A key is used again when its entry is gone.
///
/// No chunk is moved or grown when there are others, so however many come, nobody waits while all are copied; and a
/// `Slab` would need eight bytes more for each of those that are as large as a pointer.
#[derive(Debug)]
pub(crate) struct Roster<T> {
    chunks: Vec<Vec<Option<T>>>,
    free: Vec<u32>,
}

impl<T> Default for Roster<T> {
    fn default() -> Self {
        Self { chunks: Vec::new(), free: Vec::new() }
    }
}

impl<T> Roster<T> {
    /// Adds an entry; gives its key.
    pub(crate) fn add(&mut self, entry: T) -> u32 {
        if let Some(key) = self.free.pop() {
            *self.place(key).expect("its chunk is there") = Some(entry);
            return key;
        }
        let key = self.keys();
        if key.is_multiple_of(CLIENTS_A_CHUNK) {
            // The first chunk is only as large as it needs to be: most rooms have no second.
            self.chunks.push(if key == 0 { Vec::new() } else { Vec::with_capacity(CLIENTS_A_CHUNK) });
        }
        self.chunks.last_mut().expect("there is one").push(Some(entry));
        key as u32
    }

    /// Takes an entry off.
    pub(crate) fn remove(&mut self, key: u32) -> Option<T> {
        let entry = self.place(key)?.take()?;
        self.free.push(key);
        Some(entry)
    }

    fn place(&mut self, key: u32) -> Option<&mut Option<T>> {
        self.chunks.get_mut(key as usize / CLIENTS_A_CHUNK)?.get_mut(key as usize % CLIENTS_A_CHUNK)
    }

    /// How many keys there are, free or not: all chunks are full but the last.
    fn keys(&self) -> usize {
        self.chunks.last().map_or(0, |last| (self.chunks.len() - 1) * CLIENTS_A_CHUNK + last.len())
    }

    pub(crate) fn len(&self) -> usize {
        self.keys() - self.free.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.chunks.iter().flatten().flatten()
    }

    /// The number of chunks. An entry that is added later may be in none of them.
    pub(crate) fn chunks(&self) -> usize {
        self.chunks.len()
    }

    /// The entries of one chunk.
    pub(crate) fn chunk(&self, chunk: usize) -> impl Iterator<Item = &T> {
        self.chunks.get(chunk).into_iter().flatten().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_turns_have_everyone_once() {
        let mut roster = Roster::default();
        let keys: Vec<_> = (0..1_000).map(|n| roster.add(n)).collect();
        keys.iter().step_by(3).for_each(|key| assert!(roster.remove(*key).is_some()));
        let chunks = 0..roster.chunks();
        let seen: Vec<_> = chunks.flat_map(|chunk| roster.chunk(chunk)).copied().collect();
        assert_eq!(seen, (0..1_000).filter(|n| n % 3 != 0).collect::<Vec<_>>());
        assert_eq!(roster.len(), seen.len());
    }

    #[test]
    fn a_key_is_free_again_when_its_entry_is_gone_and_only_once() {
        let mut roster = Roster::default();
        let (tea, coffee) = (roster.add("tea"), roster.add("coffee"));
        assert_eq!(roster.remove(tea), Some("tea"));
        assert_eq!(roster.remove(tea), None);
        assert_eq!(roster.add("milk"), tea);
        assert_ne!(roster.add("sugar"), tea);
        assert_eq!(roster.remove(coffee), Some("coffee"));
        assert_eq!(roster.iter().collect::<Vec<_>>(), [&"milk", &"sugar"]);
    }
}
