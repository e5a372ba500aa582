package dev.freshet.schedule;

import java.util.Locale;

/// How a run, or a range of due times that nobody ran, ended. The ledger and every output show the lower-case name.
public enum Outcome {
    /// The work was done and its commit is in the target.
    SUCCEEDED,
    /// There was nothing to do: the target equals its source already.
    UNCHANGED,
    /// The work ended with an error.
    FAILED,
    /// The process that held the lease died or lost it, and nothing of its work is in the target.
    LOST,
    /// Deliberately not run; the record says why.
    SKIPPED,
    /// Nobody was there to run it in time.
    MISSED;

    /// The name as it is written in tables and output: `succeeded`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The outcome with that text.
    static Outcome parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /// True if somebody worked on it: the others are ranges of due times.
    public boolean ran() {
        return this != SKIPPED && this != MISSED;
    }
}
