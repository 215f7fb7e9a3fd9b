//! Faults to plant: each breaks one rule of the ledger, and the model finds it. A rule that nothing fails without is none.

/// What a machine does wrong in all of a run of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Nothing,
    /// A fold looks at its own clock.
    LocalClock,
    /// What cannot be written is left out.
    SkipsFailed,
    /// A machine is taken for current while it hears anything.
    FreshByHearing,
    /// What was not heard in time is answered as not said, by the clock.
    GivesUpByClock,
    /// A consumer begins behind the position, and does not see whether that is still what it was.
    BeginsBehind,
    /// The rows of runs are kept in memory alone.
    RunsInMemory,
    /// A change has no base: an old edit may replace a new one.
    NoBase,
    /// A client that is ahead is reset at once.
    ResetsAhead,
    /// A cursor is a number without the time of its entry.
    CursorBySeq,
    /// A client drops what was not said by one sending, though another is unanswered.
    DropsUnanswered,
    /// A client tells the number of its cursor, not the greatest that it knows.
    KnowsCursorOnly,
    /// What the engine has acknowledged is answered as said.
    AnswersAtAcknowledgement,
    /// A machine goes on with a snapshot as if it had heard all before it.
    LoadsInPlace,
    /// A snapshot is used though the order has another message in the place of its last.
    LoadsUnchecked,
}

impl Fault {
    /// All that are faults.
    pub(super) const ALL: &[Self] = &[
        Self::LocalClock,
        Self::SkipsFailed,
        Self::FreshByHearing,
        Self::GivesUpByClock,
        Self::BeginsBehind,
        Self::RunsInMemory,
        Self::NoBase,
        Self::ResetsAhead,
        Self::CursorBySeq,
        Self::DropsUnanswered,
        Self::KnowsCursorOnly,
        Self::AnswersAtAcknowledgement,
        Self::LoadsInPlace,
        Self::LoadsUnchecked,
    ];

    /// Whether it is one only where the engine loses what was acknowledged.
    pub(super) fn needs_loss(self) -> bool {
        matches!(self, Self::BeginsBehind | Self::CursorBySeq | Self::LoadsUnchecked)
    }
}
