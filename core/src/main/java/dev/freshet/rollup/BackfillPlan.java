package dev.freshet.rollup;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a backfill would do now. Immutable.
///
/// @param factsVersion as of which it would compute
/// @param resumes whether it would go on with one that is under way
/// @param slices one after the other
/// @param facts rows that it would read, as far as the files say
/// @param from beginning of the oldest fact's month, or of the first one that is wanted; null without facts
/// @param to end of the newest fact's month
public record BackfillPlan(
        String name,
        long factsVersion,
        boolean resumes,
        List<Slice> slices,
        long facts,
        @Nullable Instant from,
        @Nullable Instant to) {
    public BackfillPlan {
        slices = List.copyOf(slices);
    }

    /// A calendar month in UTC that has facts.
    public record Slice(Instant from, Instant to) {}
}
