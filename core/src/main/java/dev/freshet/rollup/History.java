package dev.freshet.rollup;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// How far back a backfill goes.
final class History {
    private History() {}

    /// The time before which facts are left out; null when none are.
    ///
    /// @throws FreshetException (BAD_USAGE) if there are some and nobody said that they may be left out
    static @Nullable Instant limit(
            Operation.Backfill how, RollupDefinition definition, Optional<FactsQuery.Reach> reach) {
        Instant start = reach.map(found -> start(how.monthsBack(), found)).orElse(Instant.MIN);
        if (reach.filter(found -> found.oldest().isBefore(start)).isEmpty()) {
            return null;
        }
        if (!how.forcePartial()) {
            throw new FreshetException(
                    ErrorCode.BAD_USAGE,
                    "rollup '%s': %d months back begin at %s, and the oldest fact is of %s; go further back, or say that older history may be left out (--force-partial)"
                            .formatted(
                                    definition.name(),
                                    how.monthsBack().orElseThrow(),
                                    start,
                                    reach.get().oldest()));
        }
        return start;
    }

    private static Instant start(OptionalInt months, FactsQuery.Reach reach) {
        return months.isEmpty()
                ? Instant.MIN
                : Slices.start(Slices.month(reach.newest()).minusMonths(months.getAsInt() - 1L));
    }
}
