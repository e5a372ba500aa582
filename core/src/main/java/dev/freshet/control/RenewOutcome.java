package dev.freshet.control;

/// What became of a renewal.
public sealed interface RenewOutcome {
    record Renewed(Lease lease) implements RenewOutcome {}

    /// Another claim has the task: stop, and commit nothing more.
    record LeaseLost() implements RenewOutcome {}

    /// The store did not say; the old lease still counts from when it was sent.
    record Unknown(String reason) implements RenewOutcome {}
}
