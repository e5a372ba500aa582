package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.batch.Batch;
import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.SettableHost;
import dev.freshet.schedule.TaskResult;
import dev.freshet.store.InterceptedStore;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;
import dev.freshet.store.StoreException;
import dev.freshet.store.StoredObject;
import dev.freshet.table.Change;
import dev.freshet.table.CommitOutcome;
import dev.freshet.table.Decision;
import dev.freshet.table.Mark;
import dev.freshet.table.Snapshot;
import dev.freshet.table.TableScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class IngestTaskTest {
    private static final Schema SCHEMA = Schema.of(
            new Column("id", ColumnType.LONG, false),
            new Column("email", ColumnType.STRING, true, Map.of("freshet.source_type", "text")));

    private final SettableHost host = new SettableHost();
    private final Store memory = new MemoryStore(host);

    @Test
    void aTableBecomesADatasetWithItsLineageInOneCommit() throws Exception {
        TestRun run = new TestRun(memory, host, "people", 1);
        TaskResult result = ingest(source(row(1, "a"), row(2, null)), run);
        Snapshot newest = run.table().latest().orElseThrow();
        assertThat(newest.version()).isZero();
        assertThat(result.message()).matches("rows=2 dataset=people bytes=[1-9][0-9]*");
        assertThat(result.rows()).isEqualTo(2);
        assertThat(result.bytes()).isEqualTo(newest.bytes());
        assertThat(rows(newest)).containsExactlyInAnyOrder(row(1, "a"), row(2, null));
        assertThat(Mark.in(newest, "ingest").orElseThrow().extras())
                .containsEntry("source_system", "postgresql")
                .containsEntry("source_file", "dsn: postgres://u:***@h/db")
                .containsEntry("parent_datasets", List.of())
                .containsEntry("fingerprint", SCHEMA.fingerprint())
                .containsKeys("ingest_job", "ingest_timestamp", "rows", "bytes");
        assertThat(newest.schema().column(1).metadata())
                .containsEntry("freshet.source_type", "text")
                .containsEntry("freshet.sensitivity", "pii")
                .containsKeys("freshet.sensitivity_score", "freshet.sensitivity_reason");
        assertThat(run.expected()).isEqualTo(2);
    }

    @Test
    void valuesThatWereMadeToFitAreCountedInTheRecordAndInTheCommit() throws Exception {
        TestRun run = new TestRun(memory, host, "people", 1);
        ListSource source = source(row(1, "a"));
        source.whenDescribed(request -> source.beforeRead(split -> Copies.mend(request, 2)));
        assertThat(ingest(source, run).reason()).isEqualTo("made to fit: 2 of born");
        assertThat(Mark.in(run.table().latest().orElseThrow(), "ingest")
                        .orElseThrow()
                        .extras()
                        .get("made_to_fit"))
                .hasToString("{born=2}");
        TestRun next = new TestRun(memory, host, "people", 2);
        assertThat(ingest(source(row(1, "a")), next).reason()).isNull();
    }

    @Test
    void anEmptiedSourceGivesAnEmptyDataset() throws Exception {
        ingest(source(row(1, "a")), new TestRun(memory, host, "people", 1));
        TestRun second = new TestRun(memory, host, "people", 2);
        assertThat(ingest(source(), second).message()).isEqualTo("rows=0 dataset=people bytes=0");
        assertThat(rows(second.table().latest().orElseThrow())).isEmpty();
    }

    @Test
    void anEmptySourceGivesADatasetWithItsColumns() throws Exception {
        TestRun run = new TestRun(memory, host, "people", 1);
        ingest(source(), run);
        assertThat(run.table().latest().orElseThrow().schema().columns())
                .extracting(Column::name)
                .containsExactly("id", "email");
    }

    @Test
    void readersOfTheOldVersionAreUndisturbed() throws Exception {
        TestRun first = new TestRun(memory, host, "people", 1);
        ingest(source(row(1, "a")), first);
        Snapshot old = first.table().latest().orElseThrow();
        ingest(source(row(1, "b"), row(2, "c")), new TestRun(memory, host, "people", 2));
        assertThat(rows(old)).containsExactly(row(1, "a"));
        assertThat(rows(first.table().latest().orElseThrow())).containsExactlyInAnyOrder(row(1, "b"), row(2, "c"));
    }

    @Test
    void aReaderThatFailsEndsTheRunWithItsOwnErrorAndLeavesNoFile() {
        RuntimeException broken = new FreshetException(ErrorCode.SOURCE_FAILED, "the server went away");
        ListSource source = source(row(1, "a"), row(2, "b")).thenFailing(broken);
        TestRun run = new TestRun(memory, host, "people", 1);
        assertThatThrownBy(() -> ingest(source, run)).isSameAs(broken);
        assertThat(source.closed()).isTrue();
        assertThat(files()).isEmpty();
        assertThat(run.table().latest()).isEmpty();
    }

    @Test
    void anEncoderThatFailsEndsTheReaderAndLetsTheSourceGo() {
        ListSource source = source(row(1, "a")).thenWaiting();
        Store full = new FailingStore(memory, InterceptedStore.Operation.UPLOAD, "");
        assertThatThrownBy(() -> ingest(source, new TestRun(full, host, "people", 1)))
                .isInstanceOf(StoreException.class)
                .hasMessage("copying people: no answer from the store");
        assertThat(source.wasCancelled()).isTrue();
        assertThat(source.closed()).isTrue();
        assertThat(files()).isEmpty();
    }

    @Test
    void aCancelledRunEndsAndLeavesNoFile() {
        ListSource source = source(row(1, "a")).thenWaiting();
        TestRun run = new TestRun(memory, host, "people", 1);
        run.whenProgressing(run::cancel);
        assertThatThrownBy(() -> ingest(source, run))
                .asInstanceOf(type(FreshetException.class))
                .extracting(FreshetException::code)
                .isEqualTo(ErrorCode.CANCELLED);
        assertThat(source.wasCancelled()).isTrue();
        assertThat(files()).isEmpty();
    }

    @Test
    void filesThatAnUnknownCommitNamedAreKept() {
        Store mute = new FailingStore(memory, InterceptedStore.Operation.PUT, "_delta_log");
        assertThatThrownBy(() -> ingest(source(row(1, "a")), new TestRun(mute, host, "people", 1)))
                .asInstanceOf(type(FreshetException.class))
                .extracting(FreshetException::code)
                .isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(files()).hasSize(1);
    }

    @Test
    void filesOfACommitThatTheStoreRefusedAreDeletedBecauseNothingNamesThem() {
        Store full = new InterceptedStore(memory) {
            @Override
            protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
                if (operation == Operation.PUT && key.contains("_delta_log")) {
                    throw StoreException.refused("cannot write " + key + ": the disk is full", null);
                }
                return action.get();
            }
        };
        assertThatThrownBy(() -> ingest(source(row(1, "a")), new TestRun(full, host, "people", 1)))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("committing dataset people: cannot write datasets/people/_delta_log/")
                .hasMessageEndingWith(": the disk is full");
        assertThat(files()).isEmpty();
    }

    @Test
    void filesOfARunThatWasFencedAreDeletedBecauseNoCommitNamedThem() throws Exception {
        ingest(source(row(1, "a")), new TestRun(memory, host, "people", 5));
        List<String> kept = files();
        assertThatThrownBy(() -> ingest(source(row(2, "b")), new TestRun(memory, host, "people", 4)))
                .asInstanceOf(type(FreshetException.class))
                .extracting(FreshetException::code)
                .isEqualTo(ErrorCode.FENCED);
        assertThat(files()).isEqualTo(kept);
    }

    @Test
    void aDatasetWhoseNameDiffersOnlyByCaseIsRefused() throws Exception {
        ingest(source(row(1, "a")), new TestRun(memory, host, "People", 1));
        assertThatThrownBy(() -> ingest(source(row(1, "a")), new TestRun(memory, host, "people", 1)))
                .hasMessageContaining("differs only by case from dataset 'People'");
    }

    @Test
    void whatAnotherWriterChangedIsReplaced() throws Exception {
        TestRun first = new TestRun(memory, host, "people", 1);
        ingest(source(row(1, "a")), first);
        CommitOutcome foreign = first.table()
                .commit(newest -> new Decision.Write(Change.of("DELETE").removeAll()));
        assertThat(foreign).isInstanceOf(CommitOutcome.Committed.class);
        TestRun second = new TestRun(memory, host, "people", 2);
        ingest(source(row(1, "a")), second);
        assertThat(rows(second.table().latest().orElseThrow())).containsExactly(row(1, "a"));
    }

    private TaskResult ingest(ListSource source, TestRun run) throws Exception {
        ObjectNode kind = JsonNodeFactory.instance.objectNode();
        kind.put("type", "postgres");
        kind.put("dsn", "postgres://u:${env:PW}@h/db");
        kind.put("table", "people");
        kind.put("dataset_name", run.task().substring("ingest:".length()));
        Secrets secrets = new Secrets(List.of("*"), name -> Optional.of("hunter2"));
        return new IngestKind(source, IngestSettings.defaults(1).withSecrets(secrets))
                .task(kind)
                .run(run);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static ListSource source(List<Object>... rows) {
        return new ListSource(SCHEMA, List.of(rows));
    }

    private static List<Object> row(long id, String email) {
        List<Object> row = new ArrayList<>();
        row.add(id);
        row.add(email);
        return java.util.Collections.unmodifiableList(row);
    }

    private List<List<Object>> rows(Snapshot snapshot) {
        List<List<Object>> rows = new ArrayList<>();
        try (TableScan scan = new TableScan(memory, snapshot)) {
            Batch batch = new Batch(scan.schema());
            while (scan.read(batch)) {
                for (int i = 0; i < batch.rows(); i++) {
                    rows.add(row((Long) batch.value(0, i), (String) batch.value(1, i)));
                }
                batch.clear();
            }
        }
        return rows;
    }

    /// The data files in the dataset's folder.
    private List<String> files() {
        return memory.list("datasets/people", "").stream()
                .map(StoredObject::key)
                .filter(key -> key.endsWith(".parquet"))
                .toList();
    }

    /// A store that never does one kind of thing, and does not say so.
    private static final class FailingStore extends InterceptedStore {
        private final Operation failing;
        private final String place;

        FailingStore(Store store, Operation failing, String place) {
            super(store);
            this.failing = failing;
            this.place = place;
        }

        @Override
        protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
            if (operation == failing && key.contains(place)) {
                throw StoreException.unknown("no answer from the store", null);
            }
            return action.get();
        }
    }
}
