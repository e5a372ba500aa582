package dev.freshet.bench;

import dev.freshet.control.ControlTable;
import dev.freshet.control.ControlUpkeep;
import dev.freshet.control.Lease;
import dev.freshet.control.LeaseOutcome;
import dev.freshet.control.Pod;
import dev.freshet.control.ReleaseOutcome;
import dev.freshet.host.Host;
import dev.freshet.store.LocalStore;
import dev.freshet.store.Store;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A lake on the disk of which only the control table is used, by one process that claims and releases one task.
final class ControlLake implements AutoCloseable {
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /// What one claim and release took, on the clock and of this thread's processor.
    record Cost(long wallNanos, long cpuNanos) {}

    private final Path folder;
    private final Host host;
    private final Store store;
    private final ControlTable table;
    private int commits;

    ControlLake(Host host, ControlUpkeep upkeep) throws IOException {
        this.folder = Files.createTempDirectory("freshet-bench-");
        this.host = host;
        this.store = LocalStore.open(folder);
        this.table = new ControlTable(store, host, Pod.named("bench", host), upkeep);
    }

    Store store() {
        return store;
    }

    int commits() {
        return commits;
    }

    Cost claimAndRelease() {
        long wall = host.nanos();
        long cpu = THREADS.getCurrentThreadCpuTime();
        LeaseOutcome outcome = table.tryClaim("ingest:orders", LEASE);
        if (!(outcome instanceof LeaseOutcome.Granted(Lease lease))) {
            throw new IllegalStateException("the claim came to " + outcome);
        }
        ReleaseOutcome released = table.release(lease, Duration.ZERO);
        Cost cost = new Cost(host.nanos() - wall, THREADS.getCurrentThreadCpuTime() - cpu);
        if (!(released instanceof ReleaseOutcome.Released)) {
            throw new IllegalStateException("the release came to " + released);
        }
        commits += 2;
        return cost;
    }

    void growTo(int wanted) {
        while (commits < wanted) {
            claimAndRelease();
        }
    }

    /// All files in the control table's folder, hidden ones too.
    int files() {
        Path control = folder.resolve(ControlTable.PATH);
        return names(control) - 1 + names(control.resolve("_delta_log"));
    }

    private static int names(Path folder) {
        String[] names = folder.toFile().list();
        return names == null ? 0 : names.length;
    }

    @Override
    public void close() throws IOException {
        try {
            table.finishUpkeep(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped", e);
        }
        Folders.delete(folder);
    }
}
