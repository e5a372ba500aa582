package dev.freshet.control;

import dev.freshet.host.Host;
import java.time.Instant;
import java.util.Optional;

/// The plain [ClaimTerms].
record WhenDue(String task, Host host) implements ClaimTerms {
    @Override
    public Optional<TaskRow> grant(Optional<TaskRow> newest, boolean reclaim) {
        Instant now = host.now();
        TaskRow row = newest.orElseGet(() -> TaskRow.idle(task, now));
        boolean due = row.enabled() && !now.isBefore(row.readyAt());
        if (reclaim || !(due || row.hasRequest())) {
            return Optional.empty();
        }
        TaskRow claimed =
                due ? begun(row) : row.with().attempt(row.attempt() + 1).build();
        return Optional.of(Claim.servingItsRequest(claimed));
    }

    private static TaskRow begun(TaskRow row) {
        Instant dueAt = row.dueAt() == null ? row.nextRunAt() : row.dueAt();
        return row.with().dueAt(dueAt).attempt(row.attempt() + 1).build();
    }
}
