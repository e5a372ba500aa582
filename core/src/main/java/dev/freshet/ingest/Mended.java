package dev.freshet.ingest;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/// Counts, for one run, the values of each column that did not fit its type and were made to fit. Safe for use by many
/// threads.
public final class Mended {
    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();

    /// The cell that does what the policy says with a value that does not fit.
    public Cell cell(String column, ColumnPolicy policy, Cell exact) {
        return policy.onMisfit() == OnMisfit.ERROR
                ? exact
                : new MendingCell(exact, policy, counts.computeIfAbsent(column, _ -> new LongAdder()));
    }

    /// The columns of which values were mended, with how many.
    Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((column, count) -> all.merge(column, count.sum(), Long::sum));
        all.values().removeIf(count -> count == 0);
        return all;
    }

    /// What the ledger is to say of it; empty if every value fitted.
    Optional<String> note() {
        Map<String, Long> all = counts();
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of("made to fit: "
                        + all.entrySet().stream()
                                .map(count -> count.getValue() + " of " + count.getKey())
                                .collect(Collectors.joining(", ")));
    }

    @Override
    public String toString() {
        return counts().toString();
    }
}
