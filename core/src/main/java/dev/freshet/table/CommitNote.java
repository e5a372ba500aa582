package dev.freshet.table;

import java.time.Instant;

/// One line of a table's history: which commit, what it did, who wrote it and when, and whether it changed data.
record CommitNote(
        long version, String commitId, String operation, String engine, Instant timestamp, boolean dataChange) {
    /// The engine that Freshet's own commits name.
    static final String FRESHET = "Freshet";

    boolean isForeign() {
        return !engine.equals(FRESHET) && !engine.startsWith(FRESHET + "/");
    }

    @Override
    public String toString() {
        return "version %d (%s by %s at %s)".formatted(version, operation, engine, timestamp);
    }
}
