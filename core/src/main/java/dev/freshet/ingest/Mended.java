package dev.freshet.ingest;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/// Counts, for one run, the values of each column that did not fit its type and were made to fit, until somebody takes
/// the counts along with the rows that they are of. Safe for use by many threads.
public final class Mended {
    private final Map<String, AtomicLong> counts = new ConcurrentSkipListMap<>();

    /// The cell that does what the policy says with a value that does not fit.
    public Cell cell(String column, ColumnPolicy policy, Cell exact) {
        return policy.onMisfit() == OnMisfit.ERROR
                ? exact
                : new MendingCell(exact, policy, counts.computeIfAbsent(column, _ -> new AtomicLong()));
    }

    /// The columns of which values were mended, with how many, since this was last asked. Of several who ask, each
    /// value is told to one.
    Map<String, Long> take() {
        Map<String, Long> taken = new TreeMap<>();
        counts.forEach((column, count) -> taken.put(column, count.getAndSet(0)));
        taken.values().removeIf(count -> count == 0);
        return taken;
    }

    /// Those values are in no file.
    void forget() {
        counts.values().forEach(count -> count.set(0));
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
