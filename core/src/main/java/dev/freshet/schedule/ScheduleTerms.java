package dev.freshet.schedule;

import dev.freshet.control.ClaimTerms;
import dev.freshet.control.TaskRow;
import dev.freshet.control.TaskRowBuilder;
import dev.freshet.host.Host;
import java.time.Instant;
import java.util.Optional;

/// On which terms a schedule's task is claimed: when it is due and enabled, when a retry's time has come, or when a
/// request is pending. The claim fixes the due time to run and those that it passes over.
record ScheduleTerms(RowAlignment alignment, Host host) implements ClaimTerms {
    @Override
    public Optional<TaskRow> grant(Optional<TaskRow> newest, boolean reclaim) {
        if (reclaim) {
            return newest.map(Claims::reclaimed);
        }
        Instant now = Spans.micros(host.now());
        return alignment
                .align(newest, now)
                .flatMap(row -> alignment
                        .withdrawnFrom(row, now)
                        .map(gone -> withdrawn(row, gone, now))
                        .orElseGet(() -> row.dueAt() == null ? first(row, now) : retry(row, now)));
    }

    private static Optional<TaskRow> withdrawn(TaskRow row, Schedule gone, Instant now) {
        return Withdrawal.claim(row, gone.trigger(), now)
                .map(claimed -> claimed.with().definitionVersion(gone.version()).build());
    }

    private Optional<TaskRow> first(TaskRow row, Instant now) {
        TaskRowBuilder claimed = row.with().attempt(1).servingRequest(row.requestedAt());
        if (row.enabled() && !row.nextRunAt().isAfter(now)) {
            Schedule schedule = alignment.definition().schedule();
            DueTimes.Claimed due = DueTimes.claim(schedule.trigger(), schedule.misfire(), row.nextRunAt(), now);
            return Optional.of(claimed.dueAt(due.run().orElse(null))
                    .missedFrom(due.passedOver().map(DueRange::from).orElse(null))
                    .missedTo(due.passedOver().map(DueRange::to).orElse(null))
                    .build());
        }
        return row.hasRequest() ? Optional.of(claimed.build()) : Optional.empty();
    }

    private static Optional<TaskRow> retry(TaskRow row, Instant now) {
        boolean ready = row.enabled() && !row.readyAt().isAfter(now);
        return ready || row.hasRequest()
                ? Optional.of(row.with()
                        .attempt(row.attempt() + 1)
                        .retryAt(null)
                        .servingRequest(row.requestedAt())
                        .build())
                : Optional.empty();
    }
}
