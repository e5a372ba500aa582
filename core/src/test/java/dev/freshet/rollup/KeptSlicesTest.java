package dev.freshet.rollup;

import static dev.freshet.rollup.UsageLake.made;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.Checkpointer;
import dev.freshet.checkpoint.Checkpoints;
import dev.freshet.checkpoint.Tenure;
import dev.freshet.schedule.OtherWork;
import dev.freshet.schedule.Outcome;
import dev.freshet.schedule.RunContext;
import dev.freshet.schedule.RunRecord;
import dev.freshet.schedule.TaskResult;
import dev.freshet.store.DyingStore;
import dev.freshet.store.Store;
import dev.freshet.store.StoredObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The checkpoints of a backfill.
class KeptSlicesTest {
    private static final int MONTHS = 6;
    private static final String TASK = "rollup:task_usage_hourly";
    private static final String CHECKPOINTS = "_freshet/checkpoints/" + TASK + "/";

    @TempDir
    Path folder;

    private UsageLake lake;

    @BeforeEach
    void open() {
        lake = new UsageLake(folder);
        for (int month = 1; month <= MONTHS; month++) {
            lake.facts.insert(
                    Fact.at("2025-0" + month + "-01T00:00:00Z", month, "t1"),
                    Fact.at("2025-0" + month + "-28T23:59:59Z", month, "t2"));
        }
    }

    @Test
    void everySliceLeavesACheckpointThatSaysHowFarTheBackfillIs() {
        dieAfter(3);
        long facts = lake.facts.version();
        assertThat(list())
                .extracting(Checkpoint::identifier)
                .containsExactly("before 2025-03 of version " + facts, "before 2025-04 of version " + facts);
        assertThat(list()).extracting(Checkpoint::steps).containsExactly(2L, 3L);
        assertThat(list()).extracting(Checkpoint::processedRecords).containsExactly(4L, 6L);

        RunRecord run = lake.process().backfill();
        assertThat(run.reason()).isEqualTo("slices=3 resumed=3");
        assertThat(list().getLast())
                .returns("all of version " + facts, Checkpoint::identifier)
                .returns((long) MONTHS, Checkpoint::steps)
                .returns(2L * MONTHS, Checkpoint::processedRecords);
        assertThat(new Checkpoints(lake.store, lake.clock, TASK).verify())
                .allSatisfy(checkpoint -> assertThat(checkpoint.faults()).isEmpty());
    }

    @Test
    void whoGoesOnTakesTheMonthsFromItAndDoesNotLookForThemAgain() throws InterruptedException {
        dieAfter(3);
        assertThat(months(() -> {
                    throw new AssertionError("the facts were looked at");
                }))
                .hasSize(MONTHS);
    }

    @Test
    void damagedCheckpointsCostALookAtTheFactsAndNothingElse() throws InterruptedException {
        dieAfter(3);
        Store store = lake.store;
        for (Checkpoint checkpoint : list()) {
            store.delete(CHECKPOINTS + checkpoint.id() + "/months");
        }
        assertThat(months(() -> List.of(1L))).containsExactly(1L);
        assertThat(lake.process().backfill().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(lake.rows()).isEqualTo(made(lake.facts.facts()));
    }

    @Test
    void aLostCatalogIsRefusedAndOnceItIsRepairedTheBackfillGoesOn() throws InterruptedException {
        dieAfter(3);
        lake.store.list(CHECKPOINTS + "catalog", "").stream()
                .map(StoredObject::key)
                .toList()
                .forEach(lake.store::delete);
        RunRecord refused = lake.process().backfill();
        assertThat(refused.errorCode()).isEqualTo("CORRUPT");
        assertThat(refused.error()).contains("repair");
        assertThat(lake.rollup().status().lastError()).isNotNull();
        next(context ->
                Checkpointer.repair(context.store(), context.host(), new Tenure(TASK, context.fence(), () -> {})));
        assertThat(lake.process().backfill().reason()).endsWith("resumed=3");
        assertThat(lake.rows()).isEqualTo(made(lake.facts.facts()));
    }

    @Test
    void anotherBackfillHasNothingToDoWithThoseOfTheOneBefore() {
        assertThat(lake.process().backfill().outcome()).isEqualTo(Outcome.SUCCEEDED);
        lake.clock.pass(Duration.ofHours(1));
        dieAfter(1);
        assertThat(list()).extracting(Checkpoint::steps).containsExactly(1L);
    }

    @Test
    void ofOneMonthNoCheckpointIsMade() {
        UsageLake small = new UsageLake(folder.resolve("small"));
        small.facts.insert(Fact.at("2025-01-01T00:00:00Z", 1, "t1"));
        assertThat(small.process().backfill().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(new Checkpoints(small.store, small.clock, TASK).exist()).isFalse();
    }

    private void dieAfter(int slices) {
        KilledAtFile dying = new KilledAtFile(lake.store, slices + 1);
        assertThatThrownBy(() -> lake.process(dying, Safeguards.ALL).backfill())
                .isInstanceOf(DyingStore.KilledError.class);
        lake.clock.pass(Duration.ofMinutes(5));
    }

    private List<Checkpoint> list() {
        return new Checkpoints(lake.store, lake.clock, TASK).list();
    }

    /// The months as the next holder of the task finds them.
    private List<Long> months(Supplier<List<Long>> look) throws InterruptedException {
        List<Long> months = new ArrayList<>();
        next(context -> {
            RollupState state = lake.state().orElseThrow();
            months.addAll(new KeptSlices(context).months(state, Objects.requireNonNull(state.pass()), look));
        });
        return months;
    }

    /// Does something under the task's lease.
    private void next(Consumer<RunContext> work) throws InterruptedException {
        UsageLake.Process process = lake.process();
        OtherWork next = new OtherWork(process.kind, TASK, () -> context -> {
            work.accept(context);
            return TaskResult.unchanged("looked");
        });
        assertThat(process.runner.once(next, UsageLake.HOURLY, true).outcome()).isEqualTo(Outcome.UNCHANGED);
    }
}
