package dev.freshet.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.batch.Batch;
import dev.freshet.control.LeaseOutcome.Granted;
import dev.freshet.control.ReleaseOutcome.Released;
import dev.freshet.host.SettableHost;
import dev.freshet.parquet.DataFileWriter;
import dev.freshet.parquet.WriteOptions;
import dev.freshet.store.InterceptedStore;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;
import dev.freshet.table.Change;
import dev.freshet.table.CommitOutcome.Committed;
import dev.freshet.table.DataFile;
import dev.freshet.table.Decision;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// In how many files the rows are. The limit for one file is set to some 16 KiB here.
class RowsFilesTest {
    private static final Duration L = Duration.ofSeconds(60);
    private static final RowsSplit SMALL = new RowsSplit(16 << 10);

    private final SettableHost host = new SettableHost();
    private final MemoryStore lake = new MemoryStore(host);
    private final ControlTable table = pod(lake, "a", SMALL);

    @Test
    void aFewTasksAreInOneFile() {
        request(20, "task");
        assertThat(files()).singleElement().satisfies(file -> assertThat(file).doesNotContain("-of-"));
    }

    @Test
    void manyTasksAreInSeveralFilesAndAClaimRewritesOne() {
        request(1000, "task");
        claimAndRelease("task-7");
        Set<String> before = new HashSet<>(files());
        assertThat(before).hasSizeGreaterThan(3);
        host.pass(Duration.ofSeconds(1));
        Lease lease = ((Granted) table.tryClaim("task-7", L)).lease();
        assertThat(files()).filteredOn(file -> !before.contains(file)).hasSize(1);
        assertThat(files()).hasSameSizeAs(before);
        assertThat(table.release(lease, L)).isInstanceOf(Released.class);
        assertThat(pod(lake, "new", SMALL).rows()).isEqualTo(table.rows()).hasSize(1000);
    }

    @Test
    void whoSawTheOthersReadsTheFileThatChangedAndNoOther() {
        request(1000, "task");
        claimAndRelease("task-7");
        List<String> reads = new ArrayList<>();
        ControlTable warm = pod(noting(reads), "warm", SMALL);
        assertThat(warm.rows()).hasSize(1000);
        reads.clear();
        claimAndRelease("task-9");
        assertThat(warm.rows()).isEqualTo(table.rows());
        assertThat(new HashSet<>(reads)).hasSize(1);
    }

    private Store noting(List<String> reads) {
        return new InterceptedStore(lake) {
            @Override
            protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
                if (operation == Operation.READ && key.endsWith(".parquet")) {
                    reads.add(key);
                }
                return action.get();
            }
        };
    }

    @Test
    void whatOnePodOfAProcessWroteAnotherDoesNotReadAndTheirLeasesAreTheirOwn() {
        List<String> reads = new ArrayList<>();
        ControlTable one = pod(noting(reads), "one", SMALL);
        ControlTable other = one.as(Pod.named("other", host));
        assertThat(one.request("task")).isInstanceOf(EditOutcome.Edited.class);
        Lease lease = ((Granted) other.tryClaim("task", L)).lease();
        assertThat(lease.row().podId()).isEqualTo("other");
        assertThat(one.tryClaim("task", L)).isInstanceOf(LeaseOutcome.HeldBy.class);
        assertThat(other.release(lease, L)).isInstanceOf(Released.class);
        assertThat(one.rows()).isEqualTo(table.rows());
        assertThat(reads).isEmpty();
    }

    @Test
    void theNumberOfFilesFollowsTheNumberOfTasks() {
        request(1000, "task");
        claimAndRelease("task-7");
        int files = files().size();
        request(2500, "more");
        claimAndRelease("task-7");
        assertThat(files()).hasSizeGreaterThan(files);
        assertThat(pod(lake, "new", SMALL).rows()).hasSize(3500);
    }

    @Test
    void backInOneFileWhenSmallAndReadableByWhoKnowsOneFileOnly() {
        request(1000, "task");
        claimAndRelease("task-7");
        ControlTable older = pod(lake, "older", new RowsSplit(Long.MAX_VALUE));
        Lease lease = ((Granted) older.tryClaim("task-8", L)).lease();
        assertThat(files()).hasSize(1);
        assertThat(older.release(lease, L)).isInstanceOf(Released.class);
        assertThat(table.rows()).isEqualTo(older.rows()).hasSize(1000);
        claimAndRelease("task-7");
        assertThat(files()).hasSizeGreaterThan(3);
    }

    @Test
    void filesOfAForeignWriterAreReadAndReplaced() {
        request(1000, "task");
        claimAndRelease("task-7");
        DataFile foreign = write("part-00000-foreign.snappy.parquet", TaskRow.idle("foreign", host.now()));
        assertThat(new DeltaTable(lake, ControlTable.PATH, host)
                        .commit(_ -> new Decision.Write(Change.of("WRITE").add(List.of(foreign)))))
                .isInstanceOf(Committed.class);
        assertThat(table.rows()).hasSize(1001);
        claimAndRelease("foreign");
        assertThat(files()).allSatisfy(file -> assertThat(file).startsWith("rows-"));
        assertThat(pod(lake, "new", SMALL).rows()).isEqualTo(table.rows()).hasSize(1001);
    }

    @Test
    void everyRowIsInTheSamePartInEveryProcess() {
        Rows rows = Rows.of(IntStream.range(0, 1000)
                .mapToObj(i -> TaskRow.idle("task-" + i, host.now()))
                .toList());
        List<List<TaskRow>> parts = RowsSplit.divide(rows, 8);
        assertThat(parts).allSatisfy(part -> assertThat(part).hasSizeBetween(60, 200));
        assertThat(parts.stream().mapToInt(List::size).sum()).isEqualTo(1000);
        assertThat(parts.get(7)).extracting(TaskRow::task).contains("task-1", "task-268");
    }

    private DataFile write(String name, TaskRow row) {
        Batch batch = new Batch(RowSchema.SCHEMA);
        RowSchema.append(batch, row);
        try (DataFileWriter writer = new DataFileWriter(
                RowSchema.SCHEMA, lake.upload(ControlTable.PATH + "/" + name), WriteOptions.defaults())) {
            writer.write(batch);
            return DataFile.of(name, writer.finish(), host.now());
        }
    }

    private void request(int count, String name) {
        List<Edit> edits = IntStream.range(0, count)
                .mapToObj(i -> name + "-" + i)
                .map(task -> new Edit(
                        task,
                        _ -> Optional.of(TaskRow.idle(task, host.now())
                                .with()
                                .scheduleId(host.newId())
                                .build())))
                .toList();
        table.tick(new TickPlan(List.of(), List.of(), List.of(), edits));
    }

    private void claimAndRelease(String task) {
        host.pass(Duration.ofSeconds(1));
        Lease lease = ((Granted) table.tryClaim(task, L)).lease();
        assertThat(table.release(lease, Duration.ZERO)).isInstanceOf(Released.class);
    }

    private List<String> files() {
        Snapshot newest = new DeltaTable(lake, ControlTable.PATH, host).latest().orElseThrow();
        return newest.files().stream().map(DataFile::path).toList();
    }

    private ControlTable pod(Store store, String id, RowsSplit split) {
        return new ControlTable(store, new OneThreadHost(host), Pod.named(id, host), ControlUpkeep.DEFAULT, split);
    }
}
