package dev.freshet.table;

import java.util.Optional;

/// What became of raising a fence, see [FencedWrite#raise].
public sealed interface RaiseOutcome {
    /// The snapshot carries the fence, so the former holder cannot commit any more. `left` is what it left
    /// behind, empty if nobody ever committed in this role.
    record Raised(Snapshot snapshot, Optional<Settled> left) implements RaiseOutcome {}

    /// There is no table, so nothing to raise.
    record NoTable() implements RaiseOutcome {}

    /// Somebody holds a higher fence.
    record Fenced(Fence theirs) implements RaiseOutcome {}

    /// Others were faster for too long; nothing was written.
    record Conflict(String reason) implements RaiseOutcome {}

    /// Whether it was written is not known.
    record Unknown(String reason) implements RaiseOutcome {}
}
