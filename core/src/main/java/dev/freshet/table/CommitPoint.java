package dev.freshet.table;

import java.time.Instant;

/// The commit that a snapshot ends with; `id` is empty when only a checkpoint is left of it.
record CommitPoint(long version, String id, Instant timestamp) {
    boolean hasCommit() {
        return !id.isEmpty();
    }
}
