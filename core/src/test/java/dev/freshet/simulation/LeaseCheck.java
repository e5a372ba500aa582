package dev.freshet.simulation;

import dev.freshet.table.Fence;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What must hold along the versions of the control table: rows never vanish, fences rise with every claim, a
/// claim that was followed by another never comes back, and nobody's task is taken before the lease has passed.
final class LeaseCheck {
    private final List<ControlVersion> versions;
    private final Journal journal;
    private final Duration lease;
    private final List<String> violations;

    LeaseCheck(List<ControlVersion> versions, Journal journal, Duration lease, List<String> violations) {
        this.versions = versions;
        this.journal = journal;
        this.lease = lease;
        this.violations = violations;
    }

    void run(Set<String> tasks) {
        tasks.forEach(this::check);
        requests();
        Set<String> claims = new HashSet<>();
        versions.forEach(version -> version.rows().values().forEach(row -> claims.add(String.valueOf(row.token()))));
        journal.runs().stream()
                .filter(run -> !claims.contains(run.runId()))
                .forEach(run -> violations.add(run.task() + ": " + run.pod() + " worked as " + run.runId()
                        + " under a claim that is in no version of the control table"));
    }

    /// What somebody was told is asked for is in the table, or was.
    private void requests() {
        for (Journal.Requested request : journal.requests()) {
            boolean made = versions.stream()
                    .map(version -> version.rows().get(request.task()))
                    .anyMatch(row -> row != null && request.time().equals(row.requestedAt()));
            if (!made) {
                violations.add(request.task() + ": the request of " + request.time()
                        + " was acknowledged and is in no version of the control table");
            }
        }
    }

    private void check(String task) {
        ControlRow last = null;
        long pulse = 0;
        Set<String> former = new HashSet<>();
        for (ControlVersion version : versions) {
            ControlRow row = version.rows().get(task);
            if (row == null) {
                if (last != null) {
                    violations.add(task + ": its row is gone in version " + version.version());
                }
                continue;
            }
            boolean claimed = last != null && !Objects.equals(last.token(), row.token());
            if (claimed) {
                claimed(last, row, version, pulse, former);
            }
            if (last == null || claimed || row.heartbeat() != last.heartbeat()) {
                pulse = version.nanos();
            }
            last = row;
        }
    }

    private void claimed(ControlRow last, ControlRow row, ControlVersion version, long pulse, Set<String> former) {
        String where = row.task() + ", version " + version.version() + ": ";
        former.add(String.valueOf(last.token()));
        if (former.contains(String.valueOf(row.token()))) {
            violations.add(where + "the claim " + row.token() + " is back after a later one");
        }
        @Nullable Fence before = last.fence();
        @Nullable Fence after = row.fence();
        if (after == null || (before != null && before.compareTo(after) >= 0)) {
            violations.add(where + "the fence went from " + before + " to " + after);
        }
        if (after != null && after.version() != version.version()) {
            violations.add(where + "the claim's fence is " + after);
        }
        long silence = version.nanos() - pulse;
        if (last.processing() && silence < lease.toNanos() && !journal.isEvicted(last.token())) {
            violations.add(where + "taken from a holder that had been silent for "
                    + Duration.ofNanos(silence).toMillis() + " ms of a lease of " + lease.toMillis());
        }
    }
}
