package dev.freshet.control;

import dev.freshet.host.Guard;
import dev.freshet.host.Host;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Tells by this process's own ticker which leases have expired: token and heartbeat were the same in two reads,
/// and at least the lease's length passed between the completion of the first and the start of the second. No clock
/// of another machine is asked, and a pause of this one only delays the verdict. Lock-free.
final class Observer {
    /// What changes with every sign of life.
    private record Pulse(@Nullable String token, long heartbeat, String podId, Instant claimedAt) {
        static Pulse of(TaskRow row) {
            return new Pulse(row.token(), row.heartbeat(), row.podId(), row.claimedAt());
        }
    }

    private record Sighting(Pulse pulse, long firstReadCompleted, boolean expired) {}

    private final Map<String, Sighting> sightings = new ConcurrentHashMap<>();
    private final Host host;

    Observer(Host host) {
        this.host = host;
    }

    /// @param readStarted the ticker before the table was asked for its newest version
    /// @param readCompleted the ticker once its rows were here
    void saw(Rows rows, long readStarted, long readCompleted) {
        for (TaskRow row : rows) {
            if (row.isProcessing()) {
                sightings.compute(row.task(), (_, former) -> look(row, former, readStarted, readCompleted));
            } else {
                sightings.remove(row.task());
            }
        }
    }

    /// Whether this very state of the row has been seen to expire.
    boolean expired(TaskRow row) {
        if (!host.keeps(Guard.MONOTONIC_OBSERVER)) {
            return !host.now().isBefore(row.claimedAt().plus(row.leaseLength()));
        }
        Sighting sighting = sightings.get(row.task());
        return sighting != null && sighting.expired && sighting.pulse.equals(Pulse.of(row));
    }

    private static Sighting look(TaskRow row, @Nullable Sighting former, long readStarted, long readCompleted) {
        Pulse pulse = Pulse.of(row);
        if (former == null || !former.pulse.equals(pulse)) {
            return new Sighting(pulse, readCompleted, false);
        }
        long unchanged = readStarted - former.firstReadCompleted;
        boolean expired = former.expired || unchanged >= row.leaseLength().toNanos();
        return new Sighting(pulse, former.firstReadCompleted, expired);
    }
}
