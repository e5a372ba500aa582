package dev.freshet.rollup;

import static dev.freshet.rollup.UsageLake.made;
import static dev.freshet.rollup.UsageLake.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.OtherWork;
import dev.freshet.schedule.Outcome;
import dev.freshet.schedule.RunContext;
import dev.freshet.schedule.RunRecord;
import dev.freshet.store.DyingStore;
import dev.freshet.store.StoredObject;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackfillTest {
    private static final int MONTHS = 6;

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
    void killedAtThreeSlicesItGoesOnAndDoesNoSliceTwice() {
        for (int slice : new int[] {2, 1, 1}) {
            int before = slices();
            KilledAtFile dying = new KilledAtFile(lake.store, slice + 1);
            assertThatThrownBy(() -> lake.process(dying, Safeguards.ALL).backfill())
                    .isInstanceOf(DyingStore.KilledError.class);
            assertThat(slices()).isEqualTo(before + slice);
            lake.clock.pass(Duration.ofMinutes(5));
        }
        List<String> done = written();
        assertThat(lake.process().backfill().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(lake.state().orElseThrow().pass()).isNull();
        assertThat(lake.rows()).isEqualTo(made(lake.facts.facts()));
        assertThat(done).as("files of slices that were done").hasSize(4);
        assertThat(written())
                .as("one more for each slice that was left")
                .hasSize(MONTHS)
                .containsAll(done);
    }

    /// Slices are committed one by one, and the state says how far they are.
    private int slices() {
        return lake.state().map(RollupState::pass).map(Pass::slices).orElse(0);
    }

    private List<String> written() {
        return lake.store.list("rollups/task_usage_hourly", "hours-").stream()
                .map(StoredObject::name)
                .filter(name -> name.endsWith(".parquet"))
                .toList();
    }

    @Test
    void theVersionItBeganWithIsKeptThoughTheFactsGoOn() {
        KilledAtFile dying = new KilledAtFile(lake.store, 3);
        assertThatThrownBy(() -> lake.process(dying, Safeguards.ALL).tick()).isInstanceOf(DyingStore.KilledError.class);
        long begun = lake.facts.version();
        lake.facts.insert(Fact.at("2025-01-05T00:00:00Z", 9, "t9"));
        lake.facts.optimize();
        assertThat(RollupNeeds.oldestVersion(lake.store, lake.clock, "datasets/task_usage"))
                .hasValue(begun);
        assertThat(lake.rollup().verify().note()).contains("a backfill is under way");
        assertThat(lake.rollup().verify().surplus() + lake.rollup().verify().missing())
                .isZero();
        assertThat(lake.rollup().plan(OptionalInt.empty(), false))
                .returns(true, BackfillPlan::resumes)
                .returns(begun, BackfillPlan::factsVersion)
                .extracting(BackfillPlan::slices)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(MONTHS - 2);
        lake.process().tick();
        assertThat(lake.rows()).isEqualTo(made(lake.facts.facts()));
        assertThat(lake.state().orElseThrow().processedVersion()).isEqualTo(lake.facts.version());
    }

    @Test
    void aTickThatIsCutGoesOnWhereItWasKilledThoughTheFactsGoOn() {
        lake.process().tick();
        lake.mostRows = 3;
        List<Fact> spread = new ArrayList<>();
        for (int month = 1; month <= MONTHS; month++) {
            spread.add(Fact.at("2025-0" + month + "-10T00:00:00Z", 7, "t3"));
        }
        long cut = lake.facts.insert(spread);
        KilledAtFile dying = new KilledAtFile(lake.store, 3);
        assertThatThrownBy(() -> lake.process(dying, Safeguards.ALL).tick()).isInstanceOf(DyingStore.KilledError.class);
        Pass pass = lake.state().orElseThrow().pass();
        assertThat(pass).isNotNull();
        assertThat(pass.backfill()).isFalse();
        assertThat(pass.version()).isEqualTo(cut);
        assertThat(pass.slices()).isEqualTo(2);
        assertThat(lake.rollup().verify().equal())
                .as("each part as of the version that it stands for")
                .isTrue();
        lake.facts.insert(Fact.at("2025-01-10T00:00:00Z", 8, "t4"));
        assertThat(lake.process().tick().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(lake.rows()).isEqualTo(made(lake.facts.facts()));
        assertThat(lake.state().orElseThrow().processedVersion()).isEqualTo(lake.facts.version());
    }

    @Test
    void whenItsVersionIsGoneItStartsOver() {
        KilledAtFile dying = new KilledAtFile(lake.store, 3);
        assertThatThrownBy(() -> lake.process(dying, Safeguards.ALL).tick()).isInstanceOf(DyingStore.KilledError.class);
        lake.facts.optimize();
        lake.facts.vacuum(lake.facts.version());
        assertThat(lake.process().tick().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(lake.rows()).isEqualTo(made(lake.facts.facts()));
    }

    @Test
    void twoBackfillsAndATickAtOnceAreDoneOneAfterTheOther() {
        List<String> refusals = new ArrayList<>();
        UsageLake.Process holder = lake.process(
                new MeddledStore(lake.store, "hours-", () -> {
                    for (String op : List.of("backfill", "tick")) {
                        UsageLake.Process other = lake.process();
                        try {
                            var _ = other.runner.once(other.kind, with("{'op': '" + op + "'}"), false);
                        } catch (FreshetException e) {
                            assertThat(e.code()).isEqualTo(ErrorCode.LEASE_HELD);
                            refusals.add(String.valueOf(e.getMessage()));
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    }
                }),
                Safeguards.ALL);
        assertThat(holder.backfill().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(refusals)
                .hasSize(2 * MONTHS)
                .allMatch(refusal -> refusal.contains("rollup:task_usage_hourly is held by pod pod"));
        assertThat(lake.rows()).isEqualTo(made(lake.facts.facts()));
    }

    @Test
    void aStolenLeasesLastWriteIsRefused() {
        AtomicReference<RunRecord> thief = new AtomicReference<>();
        UsageLake.Process robbed = lake.process(
                new MeddledStore(lake.store, "hours-", () -> {
                    if (thief.get() == null) {
                        lake.clock.pass(Duration.ofMinutes(5));
                        thief.set(lake.process().backfill());
                    }
                }),
                Safeguards.ALL);
        assertThatThrownBy(robbed::backfill).hasMessageContaining("the lease could not be renewed in time");
        assertThat(thief.get().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(lake.rows()).isEqualTo(made(lake.facts.facts()));
        assertThat(lake.state().orElseThrow().pass()).isNull();
    }

    @Test
    void ofConcurrentTicksOneAdvances() {
        lake.process().tick();
        lake.facts.insert(Fact.at("2025-03-03T03:00:00Z", 3, "t3"));
        AtomicReference<RunRecord> second = new AtomicReference<>();
        lake.meddling = () -> second.set(lake.process().tick());
        RunRecord late = lake.process(new MeddledStore(lake.store, "_freshet/control/", lake::meddle), Safeguards.ALL)
                .tick();
        assertThat(List.of(second.get().outcome(), late.outcome()))
                .containsExactly(Outcome.SUCCEEDED, Outcome.UNCHANGED);
        assertThat(lake.rows()).isEqualTo(made(lake.facts.facts()));
    }

    @Test
    void olderHistoryIsLeftOutOnlyWhenThatIsSaid() {
        String threeMonths = "{'op': 'backfill', 'months_back': 3}";
        RunRecord refused = lake.process().run(with(threeMonths));
        assertThat(refused.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(refused.error())
                .contains("3 months back begin at 2025-04-01T00:00:00Z", "the oldest fact is of 2025-01-01T00:00:00Z");
        assertThatThrownBy(() -> lake.rollup().plan(OptionalInt.of(3), false)).hasMessageContaining("--force-partial");
        assertThat(lake.rollup().plan(OptionalInt.of(3), true).slices()).hasSize(3);
        RunRecord partial = lake.process().run(with("{'op': 'backfill', 'months_back': 3, 'force_partial': true}"));
        assertThat(partial.outcome()).isEqualTo(Outcome.SUCCEEDED);
        Instant from = Instant.parse("2025-04-01T00:00:00Z");
        assertThat(lake.rows())
                .isEqualTo(made(lake.facts.facts().stream()
                        .filter(fact -> !fact.created().isBefore(from))
                        .toList()));
        assertThat(lake.rollup().status().historyFrom()).isEqualTo(from);
        assertThat(lake.rollup().verify().equal()).isTrue();
        assertThat(lake.process().backfill().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(lake.rows()).as("all of it").isEqualTo(made(lake.facts.facts()));
        assertThat(lake.rollup().status().historyFrom()).isNull();
    }

    @Test
    void aDryRunSaysWhatWouldBeDoneAndDoesNothing() {
        BackfillPlan plan = lake.rollup().plan(OptionalInt.empty(), false);
        assertThat(plan.slices()).hasSize(MONTHS);
        assertThat(plan.from()).isEqualTo(Instant.parse("2025-01-01T00:00:00Z"));
        assertThat(plan.to()).isEqualTo(Instant.parse("2025-07-01T00:00:00Z"));
        assertThat(plan.facts()).isEqualTo(2 * MONTHS);
        assertThat(lake.table()).isEmpty();
    }

    @Test
    void itPausesBetweenSlicesWhenToldTo() {
        Instant begun = lake.clock.now();
        lake.process().run(with("{'op': 'backfill', 'pause_secs': 7}"));
        assertThat(Duration.between(begun, lake.clock.now()))
                .isBetween(Duration.ofSeconds(7L * (MONTHS - 1)), Duration.ofSeconds(7L * MONTHS - 1));
        assertThat(lake.rows()).isEqualTo(made(lake.facts.facts()));
    }

    @Test
    void aCancelledBackfillLeavesNoLockAndGoesOnLater() throws InterruptedException {
        UsageLake.Process process = lake.process();
        OtherWork cancelled = new OtherWork(
                process.kind,
                process.kind.taskName(UsageLake.HOURLY),
                () -> context -> process.kind.task(with("{'op': 'backfill'}")).run(cancelledAfterTwo(context)));
        RunRecord run = process.runner.once(cancelled, UsageLake.HOURLY, true);
        assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(run.errorCode()).isEqualTo("CANCELLED");
        assertThat(slices()).isEqualTo(2);
        UsageLake.Process next = lake.process();
        Instant begun = lake.clock.now();
        assertThat(next.backfill().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(Duration.between(begun, lake.clock.now()))
                .as("nobody waits for a lease")
                .isLessThan(Duration.ofSeconds(20));
        assertThat(lake.rows()).isEqualTo(made(lake.facts.facts()));
    }

    private RunContext cancelledAfterTwo(RunContext context) {
        InvocationHandler handler = (_, method, arguments) ->
                method.getName().equals("cancelled") ? slices() >= 2 : method.invoke(context, arguments);
        return (RunContext)
                Proxy.newProxyInstance(RunContext.class.getClassLoader(), new Class<?>[] {RunContext.class}, handler);
    }
}
