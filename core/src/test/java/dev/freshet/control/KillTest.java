package dev.freshet.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.control.LeaseOutcome.Granted;
import dev.freshet.control.LeaseOutcome.HeldBy;
import dev.freshet.control.LeaseOutcome.NotDue;
import dev.freshet.control.RenewOutcome.Renewed;
import dev.freshet.host.SettableHost;
import dev.freshet.store.DyingStore;
import dev.freshet.store.DyingStore.KilledError;
import dev.freshet.store.InterceptedStore.Operation;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A process claims, renews and releases, and is killed at every single store operation of it, before or after that
/// operation took effect.
class KillTest {
    private static final String TASK = "ingest:orders";
    private static final Duration L = Duration.ofSeconds(60);

    private final SettableHost host = new SettableHost();
    private ControlUpkeep upkeep = ControlUpkeep.DEFAULT;

    @ParameterizedTest
    @CsvSource({"0,false", "0,true", "1,false", "1,true"})
    void whereverAProcessIsKilledNoRowIsLostAndNoTaskIsStuckLongerThanALease(int commitsBefore, boolean applied) {
        killEverywhere(lakeWith(commitsBefore), EnumSet.allOf(Operation.class), applied);
    }

    /// Its release is version 100, with which a state to start from is kept.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void soItIsWhileAStateIsKept(boolean applied) {
        Store lake = killEverywhere(lakeWith(98), DyingStore.CHANGES, applied);
        assertThat(lake.list(ControlTable.PATH + "/_delta_log", ""))
                .anyMatch(object -> object.name().endsWith("100.freshet-state"))
                .noneMatch(object -> object.name().endsWith("checkpoint.parquet"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void soItIsWhileACheckpointIsWritten(boolean applied) {
        upkeep = new ControlUpkeep(upkeep.floor(), upkeep.history(), 100, 500);
        Store lake = killEverywhere(lakeWith(98), DyingStore.CHANGES, applied);
        assertThat(lake.list(ControlTable.PATH + "/_delta_log", ""))
                .anyMatch(object -> object.name().endsWith("100.checkpoint.parquet"));
    }

    /// The lake after a life that ended by itself.
    private Store killEverywhere(MemoryStore before, Set<Operation> deadly, boolean applied) {
        List<String> others = tasks(pod(before, "historian"));
        for (int last = 1; ; last++) {
            MemoryStore lake = copyOf(before);
            DyingStore dying = new DyingStore(lake, deadly, last, applied);
            live(dying);
            checkSurvivorsOf(lake, others);
            if (!dying.died()) {
                return lake;
            }
            assertThat(last).as("the life of a process has an end").isLessThan(500);
        }
    }

    private void live(Store store) {
        try {
            ControlTable table = pod(store, "mortal");
            Lease lease = ((Granted) table.tryClaim(TASK, L)).lease();
            Lease renewed = ((Renewed) table.renew(lease)).lease();
            table.release(renewed, Duration.ofHours(1));
        } catch (KilledError _) {
            // that was its life
        }
    }

    private void checkSurvivorsOf(Store lake, List<String> others) {
        ControlTable survivor = pod(lake, "survivor");
        assertThat(tasks(survivor)).containsAll(others);
        LeaseOutcome first = survivor.tryClaim(TASK, L);
        if (first instanceof HeldBy) {
            host.pass(L);
            assertThat(survivor.tryClaim(TASK, L)).isInstanceOf(Granted.class);
        } else if (first instanceof NotDue) {
            host.pass(Duration.ofHours(1));
            assertThat(survivor.tryClaim(TASK, L)).isInstanceOf(Granted.class);
        } else {
            assertThat(first).isInstanceOf(Granted.class);
        }
    }

    private MemoryStore lakeWith(int commits) {
        MemoryStore lake = new MemoryStore(host);
        ControlTable table = pod(lake, "historian");
        for (int i = 0; i < commits; i++) {
            table.request("rollup:" + i % 3);
        }
        return lake;
    }

    private MemoryStore copyOf(Store store) {
        MemoryStore copy = new MemoryStore(host);
        copy("", store, copy);
        return copy;
    }

    private static void copy(String folder, Store from, Store to) {
        from.list(folder, "").forEach(object -> to.putIfAbsent(object.key(), from.read(object.key())));
        from.folders(folder).forEach(name -> copy(folder.isEmpty() ? name : folder + "/" + name, from, to));
    }

    private ControlTable pod(Store store, String id) {
        return new ControlTable(store, new OneThreadHost(host), Pod.named(id, host), upkeep);
    }

    private static List<String> tasks(ControlTable table) {
        return table.rows().stream().map(TaskRow::task).toList();
    }
}
