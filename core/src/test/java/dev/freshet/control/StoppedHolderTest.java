package dev.freshet.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.control.LeaseOutcome.Granted;
import dev.freshet.host.Host;
import dev.freshet.store.LocalStore;
import dev.freshet.store.Store;
import dev.freshet.table.CommitOutcome.Committed;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.Fence;
import dev.freshet.table.Mark;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real process is stopped with SIGSTOP while it holds a task, and continued when another has long taken over.
class StoppedHolderTest {
    private static final String TASK = "ingest:orders";
    private static final Duration LEASE = Duration.ofSeconds(1);

    private final Host host = Host.system();

    @TempDir
    private Path folder;

    @Test
    void aHolderThatSleptThroughItsLeaseIsRefusedByEveryTable() throws Exception {
        Store store = LocalStore.open(folder);
        ControlTable table = new ControlTable(store, host, Pod.named("successor", host));
        Targets targets = new Targets(store, host);
        try (TalkingProcess holder =
                TalkingProcess.start(Holder.class, folder.toString(), String.valueOf(LEASE.toMillis()))) {
            assertThat(holder.hear()).startsWith("holding ");
            holder.signal("STOP");
            Lease lease = reclaim(table);
            targets.take(lease);
            assertThat(targets.commit(lease)).isInstanceOf(Committed.class);
            holder.signal("CONT");
            for (String word : List.of("commit", "commit")) {
                holder.tell(word.substring(0, 1));
                assertThat(holder.hear()).isEqualTo("Fenced");
            }
            holder.tell("h");
            assertThat(holder.hear()).isEqualTo("LeaseLost");
            holder.tell("r");
            assertThat(holder.hear()).isEqualTo("LeaseLost");
            assertThat(table.row(TASK)).contains(lease.row());
            assertThat(fences(targets.table(TASK))).containsOnly(lease.fence());
        }
    }

    /// Looks until the lease has expired by this process's own ticker.
    private Lease reclaim(ControlTable table) throws InterruptedException {
        while (true) {
            if (table.tryClaim(TASK, Duration.ofMinutes(1)) instanceof Granted(var lease)) {
                assertThat(lease.reclaimed()).isTrue();
                return lease;
            }
            host.sleep(LEASE.dividedBy(4));
        }
    }

    private static List<Fence> fences(DeltaTable target) {
        List<Fence> fences = new ArrayList<>();
        for (long version = 0; version <= target.latest().orElseThrow().version(); version++) {
            fences.add(Mark.in(target.at(version), "ingest").orElseThrow().fence());
        }
        return fences;
    }
}
