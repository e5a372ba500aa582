package dev.freshet.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.batch.Batch;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.host.SettableHost;
import dev.freshet.ingest.Cutting;
import dev.freshet.ingest.IngestKind;
import dev.freshet.ingest.IngestSettings;
import dev.freshet.ingest.Secrets;
import dev.freshet.ingest.SourceSession;
import dev.freshet.ingest.SourceTable;
import dev.freshet.ingest.Split;
import dev.freshet.ingest.TableRequest;
import dev.freshet.ingest.TestRun;
import dev.freshet.parquet.WriteOptions;
import dev.freshet.schedule.TaskResult;
import dev.freshet.source.CollectingSink;
import dev.freshet.source.Reads;
import dev.freshet.source.postgres.PostgresOptions.Client;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;
import dev.freshet.table.TableScan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Copies from a read replica: a hot standby of an installed PostgreSQL that does not wait for its readers when its
/// primary removes rows.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplicaTest {
    private static final int ROWS = 10_000;

    /// A row takes little on the disk and so much on its way that sockets and our memory hold few.
    private static final int ROW_BYTES = 6000;

    private static final long MEMORY = 16 << 20;

    /// So slow that a copy lasts until the replica has replayed that rows are removed.
    private static final int ROWS_A_SECOND = 6000;

    private final Host host = Host.system();
    private final Store store = new MemoryStore(new SettableHost());
    private InstalledPostgres server;
    private InstalledPostgres standby;
    private PostgresDatabase primary;
    private PostgresDatabase replica;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        server = InstalledPostgres.startOrSkip("autovacuum=off");
        primary = server.database();
        standby = server.standby("autovacuum=off", "max_standby_streaming_delay=0");
        replica = standby.database();
    }

    @AfterAll
    void stop() throws IOException {
        if (standby != null) {
            standby.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aReplicaIsReadLikeItsPrimaryOverOneConnectionAndOverSeveral(int connections) throws Exception {
        fill("quiet");
        TestRun run = new TestRun(store, host, "quiet", connections);
        TaskResult result = ingest(kind("quiet").put("connections", connections), run);
        assertThat(result.reason())
                .matches((connections == 1 ? "" : "connections=2 parts=\\d+; ") + "made to fit: 10000 of due");
        assertThat(ids(run)).containsExactlyInAnyOrderElementsOf(wanted(1));
    }

    @Test
    void aSplitThatTheReplicasRecoveryTookAwayIsReadAgain() throws Exception {
        fill("shrinking");
        TestRun run = new TestRun(store, host, "shrinking", 1);
        AtomicBoolean removed = new AtomicBoolean();
        run.whenProgressing(() -> {
            if (run.rows() > 1500 && !removed.getAndSet(true)) {
                remove("shrinking");
            }
        });
        TaskResult result = ingest(kind("shrinking").put("consistency", "relaxed"), run);
        List<Object> ids = ids(run);
        assertThat(result.reason())
                .matches("splits=\\d+ resumed=0 again=[1-4]; made to fit: %d of due".formatted(ids.size()));
        assertThat(ids)
                .doesNotHaveDuplicates()
                .containsAll(wanted(10))
                .isSubsetOf(wanted(1))
                .as("of the first split, which was read before")
                .contains(10, 1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aStrictCopyThatTheReplicasRecoveryTookAwayFailsAndSaysWhatToDo(int connections) {
        fill("strict");
        TestRun run = new TestRun(store, host, "strict", connections);
        AtomicBoolean removed = new AtomicBoolean();
        run.whenProgressing(() -> {
            if (!removed.getAndSet(true)) {
                remove("strict");
            }
        });
        assertThatThrownBy(() -> ingest(kind("strict").put("connections", connections), run))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_CONFLICT))
                .hasMessageContaining("public.strict: the replica's recovery ended the reading (")
                .hasMessageContaining("hot_standby_feedback")
                .hasMessageContaining("max_standby_streaming_delay")
                .hasMessageContaining("relaxed consistency");
        assertThat(store.list("datasets/strict", "")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionThatRecoveryEndedBetweenItsStatementsSaysSoToo(Client client) {
        fill("idle");
        PostgresDatabase by = replica.by(new PostgresOptions(client, PostgresOptions.DEFAULT.silence()));
        try (SourceSession session = Reads.open(by, by.admin())) {
            SourceTable table = session.describe(TableRequest.of("idle"));
            remove("idle");
            await(replica, "SELECT count(*) = 0 FROM pg_stat_activity WHERE application_name = 'freshet test'");
            assertThatThrownBy(() -> table.read(Split.WHOLE, new CollectingSink(table.schema())))
                    .isInstanceOfSatisfying(
                            FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_CONFLICT));
        }
    }

    private void fill(String table) {
        primary.run(
                "DROP TABLE IF EXISTS " + table,
                "CREATE TABLE %s (id int PRIMARY KEY, text text, due date DEFAULT 'infinity')".formatted(table),
                "INSERT INTO %s SELECT n, repeat('x', %d) FROM generate_series(1, %d) n"
                        .formatted(table, ROW_BYTES, ROWS));
        String now = primary.print("SELECT pg_current_wal_lsn()");
        await(replica, "SELECT pg_last_wal_replay_lsn() >= '" + now + "'");
    }

    private static void await(PostgresDatabase database, String condition) {
        while (!database.print(condition).equals("t")) {
            Thread.onSpinWait();
        }
    }

    /// Removes every tenth row for good, so that the replica, which knows it then, cannot keep them for anybody.
    private void remove(String table) {
        primary.run(
                "DELETE FROM %s WHERE id %% 10 = 0".formatted(table),
                "VACUUM " + table,
                "SELECT pg_logical_emit_message(true, '', 'flushes what is before it')");
        String now = primary.print("SELECT pg_current_wal_flush_lsn()");
        await(replica, "SELECT pg_last_wal_receive_lsn() >= '" + now + "'");
    }

    private TaskResult ingest(ObjectNode kind, TestRun run) throws Exception {
        IngestSettings settings = new IngestSettings(
                Secrets.ofProcess(), true, MEMORY, 1, new Cutting(1, 8192, 1 << 20), WriteOptions.defaults());
        return new IngestKind(replica.source(), settings).task(kind).run(run);
    }

    private ObjectNode kind(String table) {
        ObjectNode kind = JsonNodeFactory.instance.objectNode();
        kind.putObject("columns").putObject("due").put("as", "date").put("on_misfit", "null");
        return kind.put("type", "postgres")
                .put(
                        "dsn",
                        "postgres://postgres:x@localhost:%d/postgres"
                                .formatted(replica.admin().port()))
                .put("table", table)
                .put("batch_size", 250)
                .put("max_rows_per_sec", ROWS_A_SECOND);
    }

    private List<Object> ids(TestRun run) {
        List<Object> ids = new ArrayList<>();
        try (TableScan scan = new TableScan(store, run.table().latest().orElseThrow())) {
            Batch batch = new Batch(scan.schema());
            while (scan.read(batch)) {
                for (int row = 0; row < batch.rows(); row++) {
                    ids.add(batch.value(0, row));
                }
                batch.clear();
            }
        }
        return ids;
    }

    /// All ids, or those that are not divided by a number.
    private static List<Object> wanted(int removed) {
        return IntStream.rangeClosed(1, ROWS)
                .filter(id -> removed == 1 || id % removed > 0)
                .<Object>mapToObj(id -> id)
                .toList();
    }
}
