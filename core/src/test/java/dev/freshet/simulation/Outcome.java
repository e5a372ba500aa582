package dev.freshet.simulation;

import java.util.List;
import java.util.Map;

/// How a story ended: what was wrong, if anything, and what happened in it.
record Outcome(long seed, List<String> violations, Map<Count, Long> counts, String traceHash) {
    Outcome {
        violations = List.copyOf(violations);
    }

    long of(Count count) {
        return counts.getOrDefault(count, 0L);
    }
}
