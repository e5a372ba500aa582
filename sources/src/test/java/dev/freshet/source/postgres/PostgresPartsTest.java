package dev.freshet.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.ingest.Login;
import dev.freshet.ingest.Part;
import dev.freshet.ingest.Parts;
import dev.freshet.ingest.SourceSession;
import dev.freshet.ingest.SourceSettings;
import dev.freshet.ingest.SourceTable;
import dev.freshet.ingest.Split;
import dev.freshet.ingest.TableRequest;
import dev.freshet.source.CollectingSink;
import dev.freshet.source.Reads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// Several sessions read one table in one snapshot, on a real server.
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresPartsTest {
    /// So small that every table of a few pages is cut.
    private static final long LEAST = 8192;

    /// A hundred show more than a few, and take longer: `-Dfreshet.rounds=100`.
    private static final int ROUNDS = Integer.getInteger("freshet.rounds", 5);

    private PostgresDatabase postgres;

    PostgresDatabase database() throws IOException, InterruptedException {
        return PostgresDatabase.started();
    }

    @BeforeAll
    void open() throws IOException, InterruptedException {
        postgres = database();
    }

    @Test
    void threeSessionsReadEveryRowOnceAsOneReadsThem() throws Exception {
        fill("parted", 20_000);
        try (SourceSession first = Reads.open(postgres, postgres.admin())) {
            SourceTable table = first.describe(TableRequest.of("parted"));
            Parts parts = table.parts(3, LEAST);
            assertThat(parts.parts()).hasSizeGreaterThan(5);
            assertThat(parts.obstacle()).isEmpty();
            assertThat(readBySeveral(first, table, parts.parts()))
                    .hasSize(20_000)
                    .containsExactlyInAnyOrderElementsOf(whole(table));
        }
    }

    private void fill(String table, int rows) {
        postgres.run(
                "DROP TABLE IF EXISTS %s CASCADE".formatted(table),
                "CREATE TABLE %s (id int PRIMARY KEY, text text) WITH (autovacuum_enabled = off)".formatted(table),
                "INSERT INTO %s SELECT n, repeat('x', n %% 100) FROM generate_series(1, %d) n".formatted(table, rows));
    }

    private static List<List<Object>> whole(SourceTable table) throws InterruptedException {
        CollectingSink sink = new CollectingSink(table.schema());
        table.read(Split.WHOLE, sink);
        return sink.rows();
    }

    /// The rows of all parts, which the first session and two more read.
    private List<List<Object>> readBySeveral(SourceSession first, SourceTable table, List<Part> parts)
            throws InterruptedException, ExecutionException {
        AtomicInteger next = new AtomicInteger();
        List<Future<List<List<Object>>>> readers = new ArrayList<>();
        List<List<Object>> rows = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(3);
                SourceSession second = joined(table);
                SourceSession third = joined(table)) {
            for (SourceSession session : List.of(first, second, third)) {
                Callable<List<List<Object>>> reader = () -> {
                    CollectingSink sink = new CollectingSink(table.schema());
                    for (int i = next.getAndIncrement(); i < parts.size(); i = next.getAndIncrement()) {
                        parts.get(i).read(session, sink);
                    }
                    return sink.rows();
                };
                readers.add(threads.submit(reader));
            }
            for (Future<List<List<Object>>> reader : readers) {
                rows.addAll(reader.get());
            }
        }
        return rows;
    }

    private SourceSession joined(SourceTable table) {
        SourceSession session = Reads.open(postgres, postgres.admin());
        session.join(table);
        return session;
    }

    /// Rows are updated, deleted and inserted, and the table is vacuumed, while it is planned and read: the
    /// parts are what one statement in the same snapshot has.
    @Test
    void whateverIsChangedMeanwhileThePartsAreTheTableAtTheSnapshot() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            fill("busy", 4000);
            AtomicBoolean enough = new AtomicBoolean();
            try (ExecutorService writers = Executors.newFixedThreadPool(4)) {
                List<Future<?>> changes = List.of(
                        change(writers, enough, "UPDATE busy SET text = text || 'y' WHERE id % 7 = %d % 7"),
                        change(writers, enough, "DELETE FROM busy WHERE id % 97 = %d % 97"),
                        change(
                                writers,
                                enough,
                                "INSERT INTO busy SELECT 10000 + %d * 100 + n, 'new' FROM generate_series(1, 90) n"),
                        change(writers, enough, "VACUUM busy -- %d"));
                try (SourceSession first = Reads.open(postgres, postgres.admin())) {
                    SourceTable table = first.describe(TableRequest.of("busy"));
                    List<Part> parts = table.parts(3, LEAST).parts();
                    List<List<Object>> rows = readBySeveral(first, table, parts);
                    assertThat(parts).hasSizeGreaterThan(5);
                    assertThat(rows).as("round %d", round).containsExactlyInAnyOrderElementsOf(whole(table));
                } finally {
                    enough.set(true);
                }
                for (Future<?> change : changes) {
                    change.get();
                }
            }
        }
    }

    private Future<?> change(ExecutorService threads, AtomicBoolean enough, String statement) {
        return threads.submit(() -> {
            for (int i = 0; !enough.get(); i++) {
                postgres.run(statement.replace("%d", Integer.toString(i)));
            }
        });
    }

    @Test
    void whoJoinsSeesTheSnapshotAndNotWhatCameLater() throws Exception {
        fill("later", 2000);
        try (SourceSession first = Reads.open(postgres, postgres.admin())) {
            SourceTable table = first.describe(TableRequest.of("later"));
            List<Part> parts = table.parts(3, LEAST).parts();
            postgres.run(
                    "INSERT INTO later SELECT n, 'late' FROM generate_series(3000, 9000) n",
                    "DELETE FROM later WHERE id < 1000");
            assertThat(readBySeveral(first, table, parts)).hasSize(2000);
        }
    }

    @Test
    void aRangeOfPagesIsReadWithoutLookingAtTheOthers() {
        fill("ranged", 5000);
        Heap heap = new Heap("public", "ranged", 'r', "heap", true, 40, 40 * LEAST);
        assertThat(postgres.print("EXPLAIN SELECT id FROM " + new PageRange(heap, 3, 7L).sql()))
                .contains("Tid Range Scan");
    }

    @Test
    void anEmptyTableOrOneOfAPageIsForOneConnection() {
        fill("small", 0);
        assertThat(parts("small", 1)).isEqualTo(Parts.none());
        fill("small", 3);
        assertThat(parts("small", 1)).isEqualTo(Parts.none());
        fill("small", 5000);
        assertThat(parts("small", 32 << 20)).isEqualTo(Parts.none());
    }

    private Parts parts(String table, long leastBytes) {
        return parts(postgres.admin(), table, leastBytes);
    }

    private Parts parts(Login login, String table, long leastBytes) {
        try (SourceSession session = Reads.open(postgres, login)) {
            return session.describe(TableRequest.of(table)).parts(2, leastBytes);
        }
    }

    @Test
    void partitionsAndChildrenAreReadOnceEach() throws Exception {
        postgres.run(
                "DROP TABLE IF EXISTS spread CASCADE",
                "CREATE TABLE spread (id int, text text) PARTITION BY RANGE (id)",
                "CREATE TABLE spread_a PARTITION OF spread FOR VALUES FROM (0) TO (3000)",
                "CREATE TABLE spread_b (text text, gone int, id int)",
                "ALTER TABLE spread_b DROP COLUMN gone",
                "ALTER TABLE spread ATTACH PARTITION spread_b FOR VALUES FROM (3000) TO (4000)",
                "CREATE TABLE spread_c PARTITION OF spread FOR VALUES FROM (4000) TO (9000) PARTITION BY LIST (id)",
                "CREATE TABLE spread_c_1 PARTITION OF spread_c DEFAULT",
                "CREATE TABLE spread_d PARTITION OF spread DEFAULT",
                "INSERT INTO spread SELECT n, repeat('x', 50) FROM generate_series(1, 8000) n",
                "DROP TABLE IF EXISTS elder CASCADE",
                "CREATE TABLE elder (id int, text text)",
                "CREATE TABLE younger (more int) INHERITS (elder)",
                "INSERT INTO elder SELECT n, repeat('x', 50) FROM generate_series(1, 3000) n",
                "INSERT INTO younger SELECT n, repeat('x', 50) FROM generate_series(3001, 6000) n");
        for (String name : List.of("spread", "elder")) {
            try (SourceSession first = Reads.open(postgres, postgres.admin())) {
                SourceTable table = first.describe(TableRequest.of(name));
                List<Part> parts = table.parts(3, LEAST).parts();
                assertThat(parts).hasSizeGreaterThan(5);
                assertThat(readBySeveral(first, table, parts)).containsExactlyInAnyOrderElementsOf(whole(table));
            }
        }
    }

    /// A statement would see it from the moment it is attached on, and only some parts come later.
    @Test
    void aPartitionThatIsAttachedMeanwhileIsInNoPart() throws Exception {
        postgres.run(
                "DROP TABLE IF EXISTS grown CASCADE",
                "DROP TABLE IF EXISTS grown_b",
                "CREATE TABLE grown (id int, text text) PARTITION BY RANGE (id)",
                "CREATE TABLE grown_a PARTITION OF grown FOR VALUES FROM (0) TO (3000)",
                "INSERT INTO grown SELECT n, repeat('x', 50) FROM generate_series(1, 2999) n",
                "CREATE TABLE grown_b AS SELECT n AS id, 'b' AS text FROM generate_series(3000, 5999) n");
        try (SourceSession first = Reads.open(postgres, postgres.admin())) {
            SourceTable table = first.describe(TableRequest.of("grown"));
            List<Part> parts = table.parts(3, LEAST).parts();
            postgres.run("ALTER TABLE grown ATTACH PARTITION grown_b FOR VALUES FROM (3000) TO (6000)");
            assertThat(readBySeveral(first, table, parts)).hasSize(2999);
        }
    }

    @Test
    void materializedViewsAreCutAndViewsAreNot() throws Exception {
        fill("looked_at", 5000);
        postgres.run(
                "CREATE VIEW seen_by_view AS SELECT * FROM looked_at",
                "CREATE MATERIALIZED VIEW seen_kept AS SELECT * FROM looked_at");
        assertThat(parts("seen_by_view", LEAST).obstacle())
                .hasValueSatisfying(why -> assertThat(why).contains("a view"));
        try (SourceSession first = Reads.open(postgres, postgres.admin())) {
            SourceTable table = first.describe(TableRequest.of("seen_kept"));
            assertThat(readBySeveral(first, table, table.parts(3, LEAST).parts()))
                    .hasSize(5000);
        }
    }

    @Test
    void whoMayReadOnlyColumnsReadsRangesOfTheKeyWhereTheRowsLieInItsOrder() throws Exception {
        fill("columns_only", 5000);
        postgres.run("ALTER TABLE columns_only ADD COLUMN secret int");
        Login reader = postgres.newUser("column_reader", "x");
        postgres.run(
                "ALTER TABLE columns_only DROP COLUMN secret",
                "GRANT SELECT (id, text) ON columns_only TO column_reader");
        assertThat(parts(reader, "columns_only", LEAST).obstacle())
                .hasValueSatisfying(why -> assertThat(why).contains("no key"));
        postgres.run("ANALYZE columns_only");
        try (SourceSession first = Reads.open(postgres, reader);
                SourceSession second = Reads.open(postgres, reader)) {
            SourceTable table = first.describe(TableRequest.of("columns_only"));
            List<Part> parts = table.parts(2, LEAST).parts();
            assertThat(parts).hasSizeGreaterThan(5);
            second.join(table);
            CollectingSink sink = new CollectingSink(table.schema());
            for (int i = 0; i < parts.size(); i++) {
                parts.get(i).read(i % 2 == 0 ? first : second, sink);
            }
            assertThat(sink.rows()).containsExactlyInAnyOrderElementsOf(whole(table));
        }
        postgres.run(
                "TRUNCATE columns_only",
                "INSERT INTO columns_only SELECT n, 'x' FROM generate_series(1, 5000) n ORDER BY md5(n::text)",
                "ANALYZE columns_only");
        assertThat(parts(reader, "columns_only", LEAST).parts()).isEmpty();
    }

    @Test
    void aPartitionThatMayNotBeReadByItselfIsReadThroughItsParentByOneConnection() {
        postgres.run(
                "DROP TABLE IF EXISTS closed CASCADE",
                "CREATE TABLE closed (id int, text text) PARTITION BY RANGE (id)",
                "CREATE TABLE closed_a PARTITION OF closed DEFAULT",
                "INSERT INTO closed SELECT n, repeat('x', 50) FROM generate_series(1, 5000) n");
        Login reader = postgres.newUser("parent_reader", "x");
        postgres.run("GRANT SELECT ON closed TO parent_reader");
        assertThat(parts(reader, "closed", LEAST).obstacle())
                .hasValueSatisfying(why -> assertThat(why).contains("closed_a may not be read by itself"));
    }

    @Test
    void aRoleThatMayHaveOneConnectionIsToldThatThereAreNoMore() {
        Login reader = postgres.newUser("single", "x");
        postgres.run("ALTER ROLE single CONNECTION LIMIT 1");
        try (SourceSession first = Reads.open(postgres, reader)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> Reads.open(postgres, reader))
                    .hasMessageContaining("takes no connection now (")
                    .isInstanceOfSatisfying(
                            FreshetException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNREACHABLE));
        }
    }

    @Test
    void nobodyCanJoinOnceTheFirstSessionHasEnded() {
        fill("ended", 2000);
        SourceTable table;
        try (SourceSession first = Reads.open(postgres, postgres.admin())) {
            table = first.describe(TableRequest.of("ended"));
            assertThat(table.parts(2, LEAST).parts()).isNotEmpty();
        }
        try (SourceSession late = Reads.open(postgres, postgres.admin())) {
            assertThatThrownBy(() -> late.join(table)).hasMessageContaining("snapshot");
        }
    }

    @Test
    void aSessionThatIsTerminatedSaysSoAndTheOthersGoOn() throws Exception {
        fill("killed", 20_000);
        try (SourceSession first = Reads.open(postgres, postgres.admin());
                SourceSession second = Reads.open(postgres, postgres.admin())) {
            SourceTable table = first.describe(TableRequest.of("killed"));
            List<Part> parts = table.parts(2, LEAST).parts();
            second.join(table);
            AtomicBoolean killed = new AtomicBoolean();
            CollectingSink sink = new CollectingSink(table.schema(), 1000, () -> killReaders(killed));
            assertThatThrownBy(() -> {
                        for (Part part : parts) {
                            part.read(second, sink);
                        }
                    })
                    .isInstanceOfSatisfying(
                            FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_FAILED));
            parts.getLast().read(first, new CollectingSink(table.schema()));
        }
    }

    /// Those that have begun to copy.
    private void killReaders(AtomicBoolean killed) {
        if (!killed.getAndSet(true)) {
            postgres.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'COPY (%'");
        }
    }

    @Test
    void allPartsTogetherTakeNoLongerThanTheTransactionMay() throws Exception {
        fill("slow", 20_000);
        SourceSettings brief =
                new SourceSettings("freshet test", SourceSettings.CONNECT_TIMEOUT, Duration.ofMillis(800));
        try (SourceSession first = postgres.source().open(postgres.admin(), brief)) {
            SourceTable table = first.describe(TableRequest.of("slow"));
            List<Part> parts = table.parts(2, LEAST).parts();
            parts.get(0).read(first, new CollectingSink(table.schema()));
            postgres.run("SELECT pg_sleep(1)");
            assertThatThrownBy(() -> parts.get(1).read(first, new CollectingSink(table.schema())))
                    .hasMessageContaining("its transaction has taken 800 ms")
                    .hasMessageContaining("max_transaction_secs");
        }
    }

    @Test
    void whoComesBehindAStrongerLockDoesNotWaitForItLong() throws Exception {
        fill("altered_soon", 2000);
        try (SourceSession first = Reads.open(postgres, postgres.admin());
                SourceSession second = Reads.open(postgres, postgres.admin());
                ExecutorService other = Executors.newSingleThreadExecutor()) {
            SourceTable table = first.describe(TableRequest.of("altered_soon"));
            assertThat(table.parts(2, LEAST).parts()).isNotEmpty();
            Future<?> change = other.submit(() -> postgres.run("ALTER TABLE altered_soon ADD COLUMN more int"));
            while (postgres.print("SELECT count(*) FROM pg_locks WHERE NOT granted")
                    .equals("0")) {
                Thread.onSpinWait();
            }
            assertThatThrownBy(() -> second.join(table)).hasMessageContaining("locked by another session");
            first.cancel();
            change.get();
        }
    }
}
