package dev.freshet.control;

/// What became of a change to a row that is no matter of leases.
public sealed interface EditOutcome {
    record Edited(TaskRow row) implements EditOutcome {}

    /// The edit wanted nothing changed.
    record Unchanged() implements EditOutcome {}

    /// The store did not say; editing again is safe.
    record Unknown(String reason) implements EditOutcome {}
}
