package dev.freshet.rollup;

import dev.freshet.table.CommittedChange;
import dev.freshet.table.Mark;
import dev.freshet.table.Snapshot;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// From when on retention has taken none of a table's facts.
final class Retained {
    private static final String ROLE = "maintain";

    private Retained() {}

    /// As the last removal left it with the table; empty when there was none, or none that said so.
    static Optional<Instant> from(Snapshot facts) {
        return Mark.in(facts, ROLE)
                .map(mark -> mark.extras().get(CommittedChange.RETAINED_FROM))
                .filter(String.class::isInstance)
                .flatMap(text -> time((String) text));
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
