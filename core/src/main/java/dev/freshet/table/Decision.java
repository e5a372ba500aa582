package dev.freshet.table;

/// What a [Decider] wants to happen to the snapshot that it was shown.
public sealed interface Decision {
    /// Commit this as exactly the next version.
    record Write(Change change) implements Decision {}

    /// Write nothing and return this.
    record Stop(CommitOutcome outcome) implements Decision {}
}
