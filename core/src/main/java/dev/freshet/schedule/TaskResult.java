package dev.freshet.schedule;

import org.jspecify.annotations.Nullable;

/// What a [Task] achieved: figures for the ledger and one line for people. The version is that of the target's data
/// commit; it is absent when nothing was committed. The reason, if there is one, is kept in the ledger.
public record TaskResult(
        Outcome outcome,
        long rows,
        long bytes,
        @Nullable Long version,
        String message,
        @Nullable String reason) {
    public TaskResult {
        if (outcome != Outcome.SUCCEEDED && outcome != Outcome.UNCHANGED) {
            throw new IllegalArgumentException("a task ends with succeeded or unchanged, or throws: " + outcome);
        }
    }

    public TaskResult(Outcome outcome, long rows, long bytes, @Nullable Long version, String message) {
        this(outcome, rows, bytes, version, message, null);
    }

    /// The work is in the target, at this version of it.
    public static TaskResult succeeded(long rows, long bytes, long version, String message) {
        return new TaskResult(Outcome.SUCCEEDED, rows, bytes, version, message);
    }

    /// There was nothing to do.
    public static TaskResult unchanged(String message) {
        return new TaskResult(Outcome.UNCHANGED, 0, 0, null, message);
    }

    /// The same with what the ledger is to say about how it came to be.
    public TaskResult because(String why) {
        return new TaskResult(outcome, rows, bytes, version, message, why);
    }
}
