//! A roster: what every client has one of, by keys that stay, gone through some at a time. Knows nothing of
//! what it holds.

/// Entries by key. A key is used again when its entry is gone.
///
/// A `Slab` would need eight bytes more for each of those that are as large as a pointer.
#[derive(Debug)]
pub(crate) struct Roster<T> {
    entries: Vec<Option<T>>,
    free: Vec<u32>,
}

impl<T> Default for Roster<T> {
    fn default() -> Self {
        Self { entries: Vec::new(), free: Vec::new() }
    }
}

impl<T> Roster<T> {
    /// Adds an entry; gives its key.
    pub(crate) fn add(&mut self, entry: T) -> u32 {
        let key = self.free.pop().unwrap_or_else(|| {
            self.entries.push(None);
            self.entries.len() as u32 - 1
        });
        self.entries[key as usize] = Some(entry);
        key
    }

    /// Takes an entry off.
    pub(crate) fn remove(&mut self, key: u32) -> Option<T> {
        let entry = self.entries.get_mut(key as usize)?.take()?;
        self.free.push(key);
        Some(entry)
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len() - self.free.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.entries.iter().flatten()
    }

    /// In how many turns of `size` keys everyone is gone through. Who comes later may not be in any of them.
    pub(crate) fn turns(&self, size: usize) -> usize {
        self.entries.len().div_ceil(size)
    }

    /// The entries of one turn.
    pub(crate) fn turn(&self, turn: usize, size: usize) -> impl Iterator<Item = &T> {
        self.entries.iter().skip(turn * size).take(size).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_turns_have_everyone_once() {
        let mut roster = Roster::default();
        let keys: Vec<_> = (0..100).map(|n| roster.add(n)).collect();
        keys.iter().step_by(3).for_each(|key| assert!(roster.remove(*key).is_some()));
        let turns = 0..roster.turns(16);
        let seen: Vec<_> = turns.flat_map(|turn| roster.turn(turn, 16)).copied().collect();
        assert_eq!(seen, (0..100).filter(|n| n % 3 != 0).collect::<Vec<_>>());
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
