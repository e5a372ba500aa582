package dev.freshet.control;

import dev.freshet.table.Fence;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Rows and moments that tests of the rules begin with.
final class RowsForTests {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Duration LEASE = Duration.ofSeconds(60);
    static final Pod US = new Pod("us", "11");
    static final Pod THEM = new Pod("them", "22");

    private RowsForTests() {}

    /// A moment in which no lease has expired.
    static Moment now() {
        return at(NOW, false);
    }

    static Moment at(Instant time, boolean expired) {
        return new Moment(US, new Fence(1, 7), time, 1_000, () -> "token", row -> expired, _ -> true);
    }

    static TaskRowBuilder idle() {
        return idle("ingest:orders");
    }

    static TaskRowBuilder idle(String task) {
        return TaskRow.idle(task, NOW.minusSeconds(3_600)).with().podId("nobody");
    }

    static TaskRowBuilder heldByThem() {
        return heldByThem("ingest:orders");
    }

    static TaskRowBuilder heldByThem(String task) {
        return idle(task)
                .status(TaskStatus.PROCESSING)
                .podId(THEM.id())
                .instanceId(THEM.instanceId())
                .claimedAt(NOW.minusSeconds(30))
                .token("theirs")
                .heartbeat(3)
                .fence(new Fence(1, 3))
                .lease(LEASE)
                .attempt(1)
                .dueAt(NOW.minusSeconds(3_600));
    }

    static Lease leaseOf(TaskRow row) {
        return new Lease(
                row.task(), String.valueOf(row.token()), new Fence(1, 3), LEASE, Optional.empty(), false, row, 0);
    }
}
