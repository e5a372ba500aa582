package dev.freshet.schedule;

import static dev.freshet.schedule.TestLake.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.control.ControlTable;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.TestLake.TestPod;
import dev.freshet.store.InterceptedStore;
import dev.freshet.store.Store;
import dev.freshet.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// What becomes of a run, its record and its claim when the lake's disk has no room any more.
class FullLakeTest {
    private static final JsonNode ORDERS = json("{'type':'mysql','table':'orders'}");

    private final TestLake lake = new TestLake();
    private final FullStore disk = new FullStore(lake.store);
    private final TestPod a = lake.pod("a", Duration.ZERO, true, disk);
    private final TestPod b = lake.pod("b");
    private final TaskKind kind = new FakeKind("mysql", _ -> context -> lake.work.run(context));

    @Test
    void aRunWhoseFailureFindsNoRoomSaysSoAndItsClaimExpires() throws InterruptedException {
        lake.work = _ -> {
            disk.fullFor = "";
            throw StoreException.refused("cannot write part-0: the disk is full", null);
        };
        Instant start = lake.clock.now();
        assertThatThrownBy(() -> a.runner.once(kind, ORDERS, true))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN))
                .hasMessageContainingAll(
                        "it failed (cannot write part-0: the disk is full), which could not be recorded: cannot write "
                                + Ledger.PATH,
                        "whoever takes the task next will find out");
        assertThat(Duration.between(start, lake.clock.now())).isLessThan(Duration.ofSeconds(10));
        disk.fullFor = FullStore.NOTHING;
        nextRuns();
        assertThat(lake.runs("orders")).extracting(RunRecord::outcome).containsExactly(Outcome.LOST, Outcome.SUCCEEDED);
    }

    @Test
    void aRunWhoseReleaseFindsNoRoomIsToldAsItEndedAndItsClaimExpires() throws InterruptedException {
        lake.work = _ -> {
            disk.fullFor = ControlTable.PATH;
            throw StoreException.refused("cannot write part-0: the disk is full", null);
        };
        RunRecord run = a.runner.once(kind, ORDERS, true);
        assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(run.error()).isEqualTo("cannot write part-0: the disk is full");
        disk.fullFor = FullStore.NOTHING;
        nextRuns();
        assertThat(lake.runs("orders"))
                .extracting(RunRecord::outcome)
                .containsExactly(Outcome.FAILED, Outcome.SUCCEEDED);
    }

    @Test
    void nothingIsBegunWhereThereIsNoRoomForAClaim() {
        disk.fullFor = "";
        assertThatThrownBy(() -> a.runner.once(kind, ORDERS, true))
                .isInstanceOf(FreshetException.class)
                .hasMessageContaining("the disk is full");
        assertThat(lake.runs).hasValue(0);
    }

    /// Within two leases, as after a death.
    private void nextRuns() throws InterruptedException {
        lake.work = lake::load;
        Instant start = lake.clock.now();
        assertThat(b.runner.once(kind, ORDERS, true).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(Duration.between(start, lake.clock.now())).isLessThan(Schedule.DEFAULT_LEASE.multipliedBy(2));
        assertThat(b.row("orders").isProcessing()).isFalse();
    }

    /// Has no room for anything whose key begins so.
    private static final class FullStore extends InterceptedStore {
        private static final String NOTHING = "nothing";
        private static final Set<Operation> WRITES =
                EnumSet.of(Operation.PUT, Operation.UPLOAD, Operation.FINISH, Operation.HINT);

        private volatile String fullFor = NOTHING;

        FullStore(Store store) {
            super(store);
        }

        @Override
        protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
            if (WRITES.contains(operation) && key.startsWith(fullFor)) {
                throw StoreException.refused("cannot write " + key + ": the disk is full", null);
            }
            return action.get();
        }
    }
}
