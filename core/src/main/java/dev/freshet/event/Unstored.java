package dev.freshet.event;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What a recorder had not stored when it was closed.
///
/// @param spilled events on the local disk by table; the next process of this machine goes on with them
/// @param lost events by table that were in memory only; they are counted as dropped
public record Unstored(Map<String, Long> spilled, Map<String, Long> lost) {
    public Unstored {
        spilled = Collections.unmodifiableMap(new TreeMap<>(spilled));
        lost = Collections.unmodifiableMap(new TreeMap<>(lost));
    }

    /// Whether everything is in the lake.
    public boolean isNothing() {
        return spilled.isEmpty() && lost.isEmpty();
    }
}
