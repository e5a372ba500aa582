package dev.freshet.maintain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.SettableHost;
import dev.freshet.schedule.Outcome;
import dev.freshet.schedule.TaskResult;
import dev.freshet.store.InterceptedStore;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;
import dev.freshet.store.StoreException;
import dev.freshet.table.Change;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.Fence;
import dev.freshet.table.FencedWrite;
import dev.freshet.table.LogRetention;
import dev.freshet.table.Mark;
import dev.freshet.table.RaiseOutcome;
import dev.freshet.table.RowTable;
import dev.freshet.table.StillNeeded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// What a turn does to a table, and what it leaves alone.
class MaintainTaskTest {
    private static final Duration AGE = Duration.ofHours(2);
    private static final LogRetention LOGS = new LogRetention(Duration.ofMinutes(30), Duration.ofHours(3), 200, AGE);
    private static final MaintainTerms TERMS = new MaintainTerms(Duration.ofHours(1), 1 << 20, LOGS);
    private static final TableFolder EVENTS = TableFolder.named("events.e");

    private final SettableHost host = new SettableHost();
    private final Store store = new MemoryStore(host);
    private final RowTable events = new RowTable(store, host, EVENTS.path());
    private final List<Maintained> reports = new ArrayList<>();

    @Test
    void aTableIsBroughtIntoShapeAndLeftAloneThen() {
        fill(30);
        assertThat(run(1).outcome()).isEqualTo(Outcome.SUCCEEDED);
        Maintained first = reports.getLast();
        assertThat(first.joined().count()).isEqualTo(30);
        assertThat(first.into()).isEqualTo(1);
        assertThat(events.newest().files()).hasSize(1);
        assertThat(events.ids()).hasSize(30);
        long version = events.newest().version();
        TaskResult second = run(2);
        assertThat(second.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(events.newest().version())
                .as("nothing to do costs no commit")
                .isEqualTo(version);
        host.pass(AGE.plusMinutes(1));
        assertThat(run(3).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(reports.getLast().dead().count()).isEqualTo(30);
        assertThat(store.list("events/e/day=2026-01-01", "")).hasSize(1);
        assertThat(events.ids()).hasSize(30);
    }

    @Test
    void rowsThatLivedLongEnoughGoInACommitThatSaysSoAndTheOthersStay() {
        events.create(Map.of("freshet.time_to_live", "2d"));
        Instant start = host.now();
        events.append(start, 1);
        events.append(start, 2);
        events.append(start.plus(Duration.ofDays(1)), 3);
        host.pass(Duration.ofDays(2).plusSeconds(1));
        StepRun run = new StepRun(store, host, EVENTS, 1, AGE);
        TaskResult result = new MaintainTask(rules(EVENTS, StillNeeded.nothing()), reports::add).run(run);
        assertThat(result.version()).as("whoever sums the rows up is told").isNotNull();
        assertThat(run.happened).containsExactly("maintenance.done retention");
        assertThat(retainedFrom()).isEqualTo(start.plusSeconds(1));
        assertThat(events.ids()).containsExactly(3L);
        assertThat(reports.getLast().expired().count()).isEqualTo(2);
        assertThat(reports.getLast().joined().count())
                .as("nothing is copied before it goes")
                .isZero();
        events.append(host.now(), 4);
        events.append(host.now(), 5);
        assertThat(run(2).version()).as("rows stay as they are").isNull();
        assertThat(reports.getLast().joined().count()).isEqualTo(2);
        assertThat(retainedFrom()).as("later commits carry it on").isEqualTo(start.plusSeconds(1));
    }

    @Test
    void howLongRowsLiveIsToldByTheStoresClockNotByThisMachines() {
        events.create(Map.of("freshet.time_to_live", "2d"));
        events.append(host.now(), 1);
        SettableHost wrong = host.skewed(Duration.ofDays(400));
        new MaintainTask(rules(EVENTS, StillNeeded.nothing()), reports::add)
                .run(new StepRun(store, wrong, EVENTS, 1, AGE));
        assertThat(events.ids()).containsExactly(1L);
    }

    @Test
    void commitsThatNobodyCanGoBackToAnyMoreGo() {
        events.create(Map.of());
        for (int i = 0; i < 100; i++) {
            host.pass(Duration.ofMinutes(5));
            events.append(host.now(), i);
            DeltaTable table = events.table();
            table.upkeep(table.latest().orElseThrow().version(), LogRetention.DEFAULT);
        }
        long planned = plan().versions();
        var _ = run(1);
        assertThat(reports.getLast().versions()).isEqualTo(planned).isPositive();
        assertThat(events.newest().rows()).hasValue(100);
    }

    @Test
    void anAppendBesideItIsNeitherLostNorDisturbed() {
        fill(10);
        List<Long> appended = new ArrayList<>();
        Store watched = new InterceptedStore(store) {
            @Override
            protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
                boolean commit = operation == Operation.PUT && key.contains("_delta_log") && key.endsWith(".json");
                if (commit && appended.size() < 5) {
                    long id = 1000L + appended.size();
                    appended.add(id);
                    events.append(host.now(), id);
                }
                return action.get();
            }
        };
        new MaintainTask(rules(EVENTS, StillNeeded.nothing()), reports::add)
                .run(new StepRun(watched, host, EVENTS, 1, AGE));
        assertThat(appended).hasSize(5);
        assertThat(events.ids()).hasSize(15).containsAll(appended);
        assertThat(events.newest().files()).as("ten were joined").hasSize(6);
    }

    @Test
    void whereARowIsDeletedMeanwhileItDoesNotComeBack() {
        fill(10);
        var victim = events.newest().files().getFirst();
        boolean[] done = {false};
        Store watched = new InterceptedStore(store) {
            @Override
            protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
                if (!done[0] && operation == Operation.PUT && key.contains("_delta_log")) {
                    done[0] = true;
                    events.commit(Change.of("DELETE").remove(List.of(victim)));
                }
                return action.get();
            }
        };
        TaskResult result = new MaintainTask(rules(EVENTS, StillNeeded.nothing()), reports::add)
                .run(new StepRun(watched, host, EVENTS, 1, AGE));
        assertThat(result.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(events.ids()).hasSize(9);
        assertThat(events.newest().files()).doesNotContain(victim);
    }

    @Test
    void aFormerHolderChangesNothingAndDeletesNothing() {
        fill(10);
        var _ = run(1);
        host.pass(AGE.multipliedBy(2));
        RaiseOutcome raised =
                new FencedWrite(host).raise(events.table(), "maintain", new Fence(0, 9), "maintain:events.e");
        assertThat(raised).isInstanceOf(RaiseOutcome.Raised.class);
        int files = store.list("events/e/day=2026-01-01", "").size();
        assertThatThrownBy(() -> run(2))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FENCED));
        assertThat(store.list("events/e/day=2026-01-01", "")).hasSize(files);
    }

    @Test
    void aCancelledRunEndsAndLeavesNoFileBehind() {
        fill(10);
        StepRun run = new StepRun(store, host, EVENTS, 1, AGE);
        run.cancelled = true;
        assertThatThrownBy(() -> new MaintainTask(rules(EVENTS, StillNeeded.nothing()), reports::add).run(run))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        assertThat(store.list("events/e/day=2026-01-01", "")).hasSize(10);
    }

    @Test
    void aRollupsFilesAreLeftToTheTaskThatMakesThem() {
        TableFolder folder = TableFolder.named("rollups.hours");
        RowTable rollup = new RowTable(store, host, folder.path());
        rollup.create(Map.of());
        rollup.append(host.now(), 1);
        rollup.append(host.now(), 2);
        TaskResult result = new MaintainTask(rules(folder, StillNeeded.nothing()), reports::add)
                .run(new StepRun(store, host, folder, 1, AGE));
        assertThat(result.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(rollup.newest().files()).hasSize(2);
    }

    @Test
    void whyFilesAreNotJoinedIsSaidInTheLedgerAndTheRestIsDone() {
        fill(3);
        var file = events.newest().files().getFirst();
        events.commit(Change.of("DELETE").remove(List.of(events.newest().files().getLast())));
        store.putIfAbsent(
                "events/e/_delta_log/%020d.json".formatted(events.newest().version() + 1),
                """
                {"protocol":{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["deletionVectors"],"writerFeatures":["deletionVectors","domainMetadata","appendOnly","invariants"]}}
                {"remove":{"path":"%1$s","deletionTimestamp":1,"dataChange":true}}
                {"add":{"path":"%1$s","partitionValues":{"day":"2026-01-01"},"size":%2$d,"modificationTime":1,"dataChange":true,\
                "deletionVector":{"storageType":"u","pathOrInlineDv":"ab^-aqEH.-t@S}K{vb[*k^","offset":4,"sizeInBytes":40,"cardinality":1}}}
                """.formatted(file.path(), file.bytes()).getBytes(UTF_8));
        TaskResult refused = run(1);
        assertThat(refused.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(refused.reason()).contains("events/e", "deletion vectors", "REORG TABLE");
        host.pass(AGE.plusMinutes(1));
        assertThat(run(2).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(reports.getLast().dead().count()).isEqualTo(1);
    }

    @Test
    void aTableThatIsNotThereIsNotMade() {
        TaskResult result = run(1);
        assertThat(result.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(result.message()).isEqualTo("events.e: there is no such table");
        assertThat(events.table().latest()).isEmpty();
    }

    @Test
    void whatWasLeftUnfinishedGoesFirstInTheTableAndWithTheLedgerEverywhere() {
        assertThat(sweptWith(EVENTS)).containsExactly("events/e");
        assertThat(sweptWith(TableFolder.RUNS)).containsExactly("_freshet", "datasets", "events", "rollups");
    }

    private List<String> sweptWith(TableFolder folder) {
        List<String> swept = new ArrayList<>();
        Store watched = new InterceptedStore(store) {
            @Override
            protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
                if (operation == Operation.SWEEP) {
                    swept.add(key);
                }
                return action.get();
            }
        };
        runOn(watched, folder);
        return swept;
    }

    @Test
    void whatCannotBeSweptAwayKeepsNobodyFromTheRest() {
        fill(30);
        runOn(
                new InterceptedStore(store) {
                    @Override
                    protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
                        if (operation == Operation.SWEEP) {
                            throw StoreException.refused("permission denied", null);
                        }
                        return action.get();
                    }
                },
                EVENTS);
        assertThat(reports.getLast().joined().count()).isEqualTo(30);
    }

    private void runOn(Store through, TableFolder folder) {
        TaskResult _ = new MaintainTask(rules(folder, StillNeeded.nothing()), reports::add)
                .run(new StepRun(through, host, folder, 1, AGE));
    }

    @Test
    void whatWouldBeDoneIsToldAndNotDone() {
        fill(30);
        long version = events.newest().version();
        Maintained plan = plan();
        assertThat(plan.joined().count()).isEqualTo(30);
        assertThat(plan.filesAfter()).isEqualTo(1);
        assertThat(events.newest().version()).isEqualTo(version);
        var _ = run(1);
        assertThat(reports.getLast()).isEqualTo(plan);
    }

    @Test
    void theTableMaySayHowLargeItsFilesBecome() {
        events.create(Map.of("delta.targetFileSize", "1kb"));
        events.append(host.now(), 1);
        events.append(host.now(), 2);
        assertThat(plan().joined().count())
                .as("half a kilobyte is less than a file")
                .isZero();
        assertThat(Sizes.bytes("64MB")).isEqualTo(Optional.of(64L << 20));
        assertThat(Sizes.bytes("100")).isEqualTo(Optional.of(100L));
        assertThat(Sizes.bytes("much")).isEmpty();
    }

    private Instant retainedFrom() {
        Mark mark = Mark.in(events.newest(), "maintain").orElseThrow();
        return Instant.parse(String.valueOf(mark.extras().get("retained_from")));
    }

    private Maintained plan() {
        return new MaintainPlan(rules(EVENTS, StillNeeded.nothing()), events.table(), host.now()).of(events.newest());
    }

    private void fill(int files) {
        events.create(Map.of());
        for (int i = 0; i < files; i++) {
            host.pass(Duration.ofSeconds(1));
            events.append(host.now(), i);
        }
    }

    private TaskResult run(long fence) {
        return new MaintainTask(rules(EVENTS, StillNeeded.nothing()), reports::add)
                .run(new StepRun(store, host, EVENTS, fence, AGE));
    }

    private static Rules rules(TableFolder folder, StillNeeded needed) {
        return new Rules(folder, TERMS, needed);
    }
}
