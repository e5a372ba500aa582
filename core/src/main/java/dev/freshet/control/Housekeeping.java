package dev.freshet.control;

import dev.freshet.host.Host;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.LogRetention;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// Checkpoints, cleans and vacuums the control table, after commits and beside them: whoever claims or renews does
/// not wait for it. One turn at a time in a process; what a turn that dies leaves undone, a later one does.
/// Lock-free: whoever sets `busy` starts the turn, and the turn takes it off.
final class Housekeeping {
    private static final Duration POLL = Duration.ofMillis(5);

    private final DeltaTable table;
    private final Host host;
    private final ControlUpkeep how;
    private final AtomicBoolean busy = new AtomicBoolean();

    Housekeeping(DeltaTable table, Host host, ControlUpkeep how) {
        this.table = table;
        this.host = host;
        this.how = how;
    }

    /// To be called with every version that this process committed.
    void after(long version, Rows rows) {
        boolean clean = version % how.cleanEvery() == 0;
        boolean due = clean || version % Math.min(how.checkpointEvery(), DeltaTable.UPKEEP_EVERY) == 0;
        if (due && busy.compareAndSet(false, true)) {
            host.start("upkeep of version " + version, () -> {
                try {
                    turn(version, clean, rows);
                } finally {
                    busy.set(false);
                }
            });
        }
    }

    private void turn(long version, boolean clean, Rows rows) {
        LogRetention retention =
                new LogRetention(how.floor(), how.history(), how.cleanEvery()).outlasting(longestLease(rows));
        table.upkeep(version, retention);
        if (clean) {
            table.vacuum(retention.kept());
        }
    }

    private static Duration longestLease(Rows rows) {
        Duration longest = Duration.ZERO;
        for (TaskRow row : rows) {
            boolean leased = row.lease() != null || row.isProcessing();
            Duration lease = leased ? row.leaseLength() : Duration.ZERO;
            longest = lease.compareTo(longest) > 0 ? lease : longest;
        }
        return longest;
    }

    /// Waits for the turn that is under way, if any; false when it takes longer than this.
    boolean finish(Duration patience) throws InterruptedException {
        long start = host.nanos();
        while (busy.get()) {
            if (host.nanos() - start > patience.toNanos()) {
                return false;
            }
            host.sleep(POLL);
        }
        return true;
    }
}
