package dev.freshet.schedule;

import java.util.Locale;

/// From where an interval is counted.
public enum Strategy {
    /// From the completion of the last run: never falls behind.
    SINCE_COMPLETION,
    /// From the last due time: keeps its rhythm, and catches up when it fell behind.
    ANCHORED,
    /// From the last due time; due times that passed while the run was going are skipped and counted.
    ANCHORED_SKIP;

    /// The name as it is written in definitions.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
