package dev.freshet.rollup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the hook of a migration did before what the rollup supersedes may be dropped. Immutable.
///
/// @param skipped why no backfill was needed: `rollup_state_missing`, `task_usage_empty` or
///     `watermark_within_threshold`; null when there was one
/// @param slices that were committed
/// @param rows that were computed in them
/// @param from beginning of the first month of the facts; null when nothing was looked at
/// @param to end of their last month
/// @param watermark that was stamped; null when none was
/// @param error why it ended before its end; then the migration must not go on
public record MigrationResult(
        @Nullable String skipped,
        int slices,
        long rows,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Instant watermark,
        @Nullable String error) {
    public boolean failed() {
        return error != null;
    }
}
