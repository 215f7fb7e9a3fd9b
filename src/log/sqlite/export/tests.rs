//! An entry of every kind on its way: into the log, out of it by an export, and into another store.

use std::path::PathBuf;
use std::{env, fs, process};

use super::*;
use crate::base::entry::{Content, Draft, Kind, Parts};
use crate::base::name::Name;
use crate::base::user::User;
use crate::ledger::number::Numbers;
use crate::ledger::record::{Append, NameClaim, Newcomer};
use crate::log::sqlite::fold::{Fold, Outcome};
use crate::wire::protocol::entry_line;

/// An emoji and a name in one.
const TEXT: &str = "👍";

/// What is said.
const SAID: &str = "@Ada 👍";

const ADA: UserId = UserId::new(7);

/// A store in a folder that goes with it.
struct Kept(Store, PathBuf);

impl Kept {
    fn new(name: &str) -> Self {
        let folder = env::temp_dir().join(format!("chinwag-kinds-{name}-{}", process::id()));
        let _ = fs::remove_dir_all(&folder);
        Self(Store::open(&folder).expect("a new store"), folder)
    }

    fn exported(&self, format: Format) -> String {
        let mut out = Vec::new();
        self.0
            .export(&ExportSelection::default(), format, &mut out, &mut |_| ())
            .expect("what is in it can be written");
        String::from_utf8(out).expect("text")
    }

    /// The contents of the entries of an export, each as it is read again.
    fn contents(&self) -> Vec<Content> {
        let lines = self.exported(Format::Jsonl);
        let line = |line: &str| {
            let read = entry_line::parse(line.as_bytes()).unwrap_or_else(|error| panic!("{line}: {error}"));
            read.content
        };
        lines.lines().map(line).collect()
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.1);
    }
}

/// One entry of each kind, in the order of the list, but for the deletion, which is the last and takes another message.
fn contents() -> Vec<Content> {
    let whom = [("Ada", ADA)].into_iter().collect();
    let content = |kind, target| {
        let text = match kind {
            Kind::Message | Kind::Edited => SAID,
            Kind::Rules => "moderators slow=30",
            _ => TEXT,
        };
        Content::from_parts(Parts { mentions: &whom, ..Parts::new(kind, target, Some(text)) })
    };
    let message = |cid| Content::from_parts(Parts { cid: Some(cid), ..content(Kind::Message, None).parts() });
    let mut contents = vec![message("c1"), message("c2")];
    let others = Kind::ALL.iter().filter(|kind| !matches!(kind, Kind::Message | Kind::Deleted));
    contents.extend(others.map(|kind| content(*kind, Some(1))));
    contents.push(content(Kind::Deleted, Some(2)));
    contents
}

fn kept(name: &str, contents: &[Content]) -> Kept {
    let kept = Kept::new(name);
    let connection = kept.0.connect(true).expect("a connection");
    let mut fold = Fold::open(&connection).expect("its state");
    let numbers = &mut Numbers::after(0);
    let name = NameClaim::of(&Name::parse("Ada").expect("a name"));
    let newcomer = Newcomer { names: vec![name], ..Newcomer::default() };
    for content in contents {
        // Nobody gives the lobby a title.
        let room = RoomName::parse("tea").expect("a name");
        let draft = Draft::new(&room, ADA, content.clone());
        let draft = if content.kind() == Kind::Rules { draft.by_moderator() } else { draft };
        let append = Append { newcomer: Some(newcomer.clone()), ..Append::new(draft, |_, _| false) };
        let outcome = fold.append(&connection, &append, 1_700_000_000_000, numbers);
        assert!(matches!(outcome, Ok(Outcome::New(_))), "{content:?}: {outcome:?}");
    }
    kept
}

#[test]
fn entry_of_every_kind_is_exported_imported_and_exported_again_as_it_was_appended() {
    let appended = contents();
    let kept = kept("from", &appended);
    let exported = kept.contents();
    for (appended, exported) in appended.iter().zip(&exported) {
        assert_eq!(exported.kind(), appended.kind());
        if appended.parts().target != Some(2) && appended.parts().cid != Some("c2") {
            // The message has its new text, and the edit with it.
            assert_eq!(exported.parts().text, appended.parts().text);
            assert_eq!(exported.mentions(), appended.mentions());
        }
        assert_eq!(exported.parts().target, appended.parts().target);
    }
    assert_eq!(exported.len(), Kind::ALL.len() + 1);
    let copy = Kept::new("into");
    let lines = kept.exported(Format::Jsonl);
    let imported = copy.0.import(&mut lines.as_bytes(), &mut |_| ()).expect("our own export");
    assert_eq!(imported.added, exported.len() as u64, "{imported}");
    assert_eq!(copy.contents(), exported);
    for format in [Format::Text, Format::Html] {
        assert_eq!(copy.exported(format), kept.exported(format));
    }
}

#[test]
fn entry_of_every_kind_is_shown_by_itself_or_with_its_message() {
    let by = User::new(ADA, "Ada");
    for content in contents() {
        let kind = content.kind();
        let entry = Entry { seq: 1, at: 0, room: RoomName::lobby(), by: by.clone(), content, root: None };
        let is_shown_alone = kind == Kind::Message || in_words(&entry).is_some();
        assert_ne!(is_shown_alone, kind.is_change(), "{kind:?}");
    }
}

#[test]
fn entry_of_an_unknown_kind_is_named_in_the_error() {
    let kept = kept("newer", &contents());
    let connection = kept.0.connect(true).expect("a connection");
    connection.execute("UPDATE entries SET kind = 99 WHERE seq = 2", []).expect("a newer one wrote it");
    drop(connection);
    let mut out = Vec::new();
    let refused = kept
        .0
        .export(&ExportSelection::default(), Format::Jsonl, &mut out, &mut |_| ())
        .expect_err("it is not known");
    let said = refused.to_string();
    assert!(said.contains("an entry of kind 99") && said.contains("run the newer one"), "{said}");
}
