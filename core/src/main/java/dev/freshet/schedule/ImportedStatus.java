package dev.freshet.schedule;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an older system knew about a schedule's past.
record ImportedStatus(
        @Nullable Instant nextRunAt,
        @Nullable Instant lastRunAt,
        @Nullable Boolean lastSucceeded,
        @Nullable String lastMessage,
        @Nullable Long lastRows,
        long runs,
        long failures) {
    static final List<String> KEYS =
            List.of("next_run_at", "last_run_at", "last_outcome", "run_count", "failure_count");
    private static final List<String> OUTCOME_KEYS = List.of("at", "success", "message", "rows", "duration_secs");

    static @Nullable ImportedStatus read(Fields fields) {
        if (KEYS.stream().noneMatch(fields::has)) {
            return null;
        }
        Fields outcome = fields.optionalObject("last_outcome", OUTCOME_KEYS).orElse(null);
        return new ImportedStatus(
                fields.has("next_run_at") ? fields.instant("next_run_at") : null,
                fields.has("last_run_at") ? fields.instant("last_run_at") : null,
                outcome == null ? null : outcome.flag("success"),
                outcome == null ? null : outcome.optionalText("message").orElse(null),
                outcome == null ? null : count(outcome, "rows"),
                orZero(count(fields, "run_count")),
                orZero(count(fields, "failure_count")));
    }

    private static @Nullable Long count(Fields fields, String key) {
        return fields.has(key) ? fields.number(key, 0, Long.MAX_VALUE) : null;
    }

    private static long orZero(@Nullable Long count) {
        return count == null ? 0 : count;
    }
}
