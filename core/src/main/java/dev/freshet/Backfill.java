package dev.freshet;

import java.time.Duration;
import java.util.OptionalInt;

/// How a rollup's history is to be computed again.
///
/// @param monthsBack only so many months, counted from the newest fact's; all if empty
/// @param forcePartial whether older history may be left out
/// @param pause after each month
public record Backfill(OptionalInt monthsBack, boolean forcePartial, Duration pause) {
    /// All of it, without a rest.
    public static final Backfill ALL = new Backfill(OptionalInt.empty(), false, Duration.ZERO);
}
