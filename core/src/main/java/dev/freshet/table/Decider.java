package dev.freshet.table;

import java.util.Optional;

/// Decides what to commit on the newest snapshot; asked again with a newer one whenever somebody else was faster.
@FunctionalInterface
public interface Decider {
    /// @param newest empty when there is no table
    Decision decide(Optional<Snapshot> newest);
}
