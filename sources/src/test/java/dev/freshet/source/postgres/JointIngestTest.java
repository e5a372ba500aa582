package dev.freshet.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.batch.Batch;
import dev.freshet.host.Host;
import dev.freshet.host.SettableHost;
import dev.freshet.ingest.Cutting;
import dev.freshet.ingest.IngestKind;
import dev.freshet.ingest.IngestSettings;
import dev.freshet.ingest.Login;
import dev.freshet.ingest.Secrets;
import dev.freshet.ingest.TestRun;
import dev.freshet.parquet.WriteOptions;
import dev.freshet.schedule.TaskResult;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;
import dev.freshet.table.TableScan;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whole ingests of a table that is written to.
@Timeout(600)
class JointIngestTest {
    private static final int ACCOUNTS = 6000;
    private static final int ROUNDS = Integer.getInteger("freshet.rounds", 5);

    private final PostgresDatabase postgres = PostgresDatabase.started();
    private final Host host = Host.system();

    /// Every transaction moves money from one account to another, and the rows to other pages: each moment has all of
    /// it.
    @Test
    void aDatasetIsOfOneMomentThoughThreeConnectionsReadIt() throws Exception {
        postgres.run(
                "DROP TABLE IF EXISTS accounts",
                "CREATE TABLE accounts (id int PRIMARY KEY, amount bigint NOT NULL, note text)",
                "INSERT INTO accounts SELECT n, 100, repeat('x', 60) FROM generate_series(1, " + ACCOUNTS + ") n");
        AtomicBoolean enough = new AtomicBoolean();
        try (ExecutorService writers = Executors.newFixedThreadPool(2)) {
            Future<?> one = writers.submit(() -> move(enough, 1));
            Future<?> other = writers.submit(() -> move(enough, 2));
            try {
                for (int round = 0; round < ROUNDS; round++) {
                    check(round);
                }
            } finally {
                enough.set(true);
            }
            one.get();
            other.get();
        }
    }

    private void move(AtomicBoolean enough, int writer) {
        for (int i = writer; !enough.get(); i += 2) {
            int from = 1 + i * 7919 % ACCOUNTS;
            int to = 1 + (from + 2999) % ACCOUNTS;
            postgres.run(
                    "UPDATE accounts SET amount = amount + CASE id WHEN %d THEN -7 ELSE 7 END, note = repeat('y', %d) WHERE id IN (%d, %d)"
                            .formatted(from, 30 + i % 50, from, to));
        }
    }

    private void check(int round) throws Exception {
        Store store = new MemoryStore(new SettableHost());
        TestRun run = new TestRun(store, host, "accounts", 1);
        IngestSettings settings = new IngestSettings(
                Secrets.ofProcess(),
                true,
                IngestSettings.defaultMemory(),
                1,
                new Cutting(3, 8192, Cutting.SPLIT_BYTES),
                WriteOptions.defaults());
        TaskResult result =
                new IngestKind(postgres.source(), settings).task(kind()).run(run);
        assertThat(result.reason()).as("round %d", round).startsWith("connections=");
        Set<Object> ids = new HashSet<>();
        long sum = 0;
        long rows = 0;
        try (TableScan scan = new TableScan(store, run.table().latest().orElseThrow())) {
            Batch batch = new Batch(scan.schema());
            while (scan.read(batch)) {
                for (int row = 0; row < batch.rows(); row++) {
                    ids.add(batch.value(0, row));
                    sum += (Long) batch.value(1, row);
                    rows++;
                }
                batch.clear();
            }
        }
        assertThat(rows).as("rows in round %d", round).isEqualTo(ACCOUNTS);
        assertThat(ids).as("accounts in round %d", round).hasSize(ACCOUNTS);
        assertThat(sum).as("money in round %d", round).isEqualTo(100L * ACCOUNTS);
    }

    private ObjectNode kind() {
        Login admin = postgres.admin();
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "postgres")
                .put(
                        "dsn",
                        "postgres://%s:%s@localhost:%d/postgres"
                                .formatted(admin.user(), admin.password(), admin.port()))
                .put("table", "accounts");
    }
}
