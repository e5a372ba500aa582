package dev.freshet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.ingest.ColumnPolicy;
import dev.freshet.ingest.Login;
import dev.freshet.ingest.OrderColumn;
import dev.freshet.ingest.SourceSession;
import dev.freshet.ingest.SourceTable;
import dev.freshet.ingest.Split;
import dev.freshet.ingest.TableRequest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every source does, run against a real server of each kind.
public abstract class SourceContract {
    private static final String CANARY = "c4n@ry:S3cr/et?";

    private TestDatabase database;

    protected abstract TestDatabase database();

    @BeforeEach
    void start() {
        database = database();
    }

    @Test
    void anEmptyTableHasAllItsColumnsAndNoRows() throws InterruptedException {
        database.run("DROP TABLE IF EXISTS empty_one", "CREATE TABLE empty_one (a int NOT NULL, b varchar(10))");
        Reads.Result result = Reads.read(database, "empty_one");
        assertThat(result.schema().columns()).extracting(Column::name).containsExactly("a", "b");
        assertThat(result.schema().columns()).extracting(Column::nullable).containsExactly(false, true);
        assertThat(result.rows()).isEmpty();
    }

    @Test
    void rowsArriveInTheAskedOrder() throws InterruptedException {
        database.run(
                "DROP TABLE IF EXISTS unordered",
                "CREATE TABLE unordered (a int, %s int)".formatted(database.quote("order")),
                "INSERT INTO unordered VALUES (1, 3), (2, 1), (1, 2), (3, 1)");
        TableRequest request = new TableRequest(
                "unordered", Map.of(), List.of(new OrderColumn("A", false), new OrderColumn("order", true)));
        assertThat(Reads.read(database, database.admin(), request).rows())
                .containsExactly(List.of(1, 3), List.of(1, 2), List.of(2, 1), List.of(3, 1));
    }

    @Test
    void anOrderByThatIsNoColumnNeverReachesTheDatabase() {
        database.run("DROP TABLE IF EXISTS plain", "CREATE TABLE plain (price int)");
        TableRequest request =
                new TableRequest("plain", Map.of(), List.of(new OrderColumn("prise; DROP TABLE plain", false)));
        assertFails(database.admin(), request, ErrorCode.BAD_DEFINITION, "order_by", "prise; DROP TABLE plain");
        assertFails(
                database.admin(),
                new TableRequest("plain", Map.of(), List.of(new OrderColumn("prise", false))),
                ErrorCode.BAD_DEFINITION,
                "did you mean 'price'?");
    }

    @Test
    void aPolicyForAColumnThatIsNotThereIsRefused() {
        database.run("DROP TABLE IF EXISTS plain", "CREATE TABLE plain (price int)");
        TableRequest request =
                new TableRequest("plain", Map.of("prize", new ColumnPolicy(ColumnType.STRING)), List.of());
        assertFails(database.admin(), request, ErrorCode.BAD_DEFINITION, "columns", "prize", "'price'");
    }

    @Test
    void oddNamesAreQuoted() throws InterruptedException {
        String table = database.quote("Select \"From` 'x");
        String column = database.quote("Größe\"`'");
        database.run("DROP TABLE IF EXISTS " + table, "CREATE TABLE %s (%s int)".formatted(table, column));
        database.run("INSERT INTO %s VALUES (1)".formatted(table));
        assertThat(Reads.read(database, table).rows()).containsExactly(List.of(1));
    }

    @Test
    void aColumnThatNoDeltaTableCanHaveIsRefusedWithAWayOut() {
        database.run(
                "DROP TABLE IF EXISTS spaced", "CREATE TABLE spaced (%s int)".formatted(database.quote("first name")));
        assertFails(
                database.admin(),
                TableRequest.of("spaced"),
                ErrorCode.UNSUPPORTED,
                "first name",
                "a space",
                "ingest a view that renames it");
    }

    @Test
    void aViewIsReadLikeATable() throws InterruptedException {
        database.run(
                "DROP VIEW IF EXISTS seen",
                "DROP TABLE IF EXISTS behind",
                "CREATE TABLE behind (a int)",
                "INSERT INTO behind VALUES (1), (2)",
                "CREATE VIEW seen AS SELECT a FROM behind WHERE a > 1");
        assertThat(Reads.read(database, "seen").rows()).containsExactly(List.of(2));
    }

    @Test
    void aMissingTableIsNamedWithItsNeighbours() {
        database.run("DROP TABLE IF EXISTS customers", "CREATE TABLE customers (a int)");
        assertFails(
                database.admin(),
                TableRequest.of("custmers"),
                ErrorCode.TABLE_MISSING,
                "custmers",
                "did you mean customers");
    }

    @Test
    void aUserThatMayOnlySelectSuffices() throws InterruptedException {
        database.run("DROP TABLE IF EXISTS granted", "CREATE TABLE granted (a int)", "INSERT INTO granted VALUES (7)");
        Login reader = database.newUser("reader", CANARY);
        database.run(grant("granted", "reader"));
        assertThat(Reads.read(database, reader, TableRequest.of(full("granted")))
                        .rows())
                .containsExactly(List.of(7));
    }

    @Test
    void aMissingGrantIsPrintedAsTheStatementThatGivesIt() throws InterruptedException {
        database.run(
                "DROP TABLE IF EXISTS withheld", "CREATE TABLE withheld (a int)", "INSERT INTO withheld VALUES (7)");
        Login reader = database.newUser("poor", CANARY);
        FreshetException refusal = failure(() -> Reads.read(database, reader, TableRequest.of(full("withheld"))));
        assertThat(refusal.code()).isEqualTo(ErrorCode.GRANT_MISSING);
        assertThat(refusal).hasMessageContaining("withheld").hasMessageContaining("GRANT SELECT ON");
        database.run(refusal.getMessage().replaceAll("(?s).*(GRANT SELECT[^;]*);.*", "$1"));
        assertThat(Reads.read(database, reader, TableRequest.of(full("withheld")))
                        .rows())
                .containsExactly(List.of(7));
    }

    @Test
    void columnsThatAUserMayNotReadDoNotSilentlyStayAway() {
        database.run("DROP TABLE IF EXISTS partly", "CREATE TABLE partly (a int, b int)");
        Login reader = database.newUser("half", CANARY);
        database.run(grant("partly", "half").replace("SELECT ON", "SELECT (a) ON"));
        assertFails(reader, TableRequest.of(full("partly")), ErrorCode.GRANT_MISSING, "GRANT SELECT ON", "partly");
    }

    @Test
    void aHostThatDoesNotAnswerFailsWithinSeconds() {
        Login admin = database.admin();
        long start = System.nanoTime();
        Login nowhere = new Login(admin.type(), "localhost", 1, admin.database(), "u", CANARY, Map.of());
        FreshetException refusal = failure(() -> Reads.open(database, nowhere).close());
        assertThat(refusal.code()).isEqualTo(ErrorCode.DATABASE_UNREACHABLE);
        assertThat(refusal).hasMessageContaining("localhost:1").hasMessageContaining("check host and port");
        assertSilent(refusal);
        Login unknown = new Login(admin.type(), "no-such-host.invalid", 1, admin.database(), "u", CANARY, Map.of());
        assertThat(failure(() -> Reads.open(database, unknown).close()))
                .hasMessageContaining("no-such-host.invalid")
                .hasMessageContaining("no host of that name");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void aHostThatAcceptsAndSaysNothingFailsWithinSeconds() throws Exception {
        try (java.net.ServerSocket mute = new java.net.ServerSocket(0)) {
            Login admin = database.admin();
            Login login = new Login(
                    admin.type(),
                    "localhost",
                    mute.getLocalPort(),
                    admin.database(),
                    "u",
                    CANARY,
                    Map.of("connect_timeout", "1"));
            long start = System.nanoTime();
            FreshetException refusal = failure(() -> Reads.open(database, login).close());
            assertThat(refusal.code()).isEqualTo(ErrorCode.DATABASE_UNREACHABLE);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void aWrongPasswordIsSaidAndNeverShown() {
        Login reader = database.newUser("careful", "right-one");
        Login wrong = new Login(
                reader.type(), reader.host(), reader.port(), reader.database(), reader.user(), CANARY, Map.of());
        FreshetException refusal = failure(() -> Reads.open(database, wrong).close());
        assertThat(refusal.code()).isEqualTo(ErrorCode.DATABASE_UNREACHABLE);
        assertThat(refusal).hasMessageContaining("refuses user 'careful'");
        assertSilent(refusal);
    }

    @Test
    void aDatabaseThatIsNotThereIsSaid() {
        Login admin = database.admin();
        Login wrong = new Login(
                admin.type(), admin.host(), admin.port(), "nowhere", admin.user(), admin.password(), Map.of());
        FreshetException refusal = failure(() -> Reads.open(database, wrong).close());
        assertThat(refusal.code()).isEqualTo(ErrorCode.DATABASE_UNREACHABLE);
        assertThat(refusal).hasMessageContaining("nowhere");
    }

    @Test
    void whatWasCommittedAfterDescribingIsNotRead() throws InterruptedException {
        database.run("DROP TABLE IF EXISTS moving", "CREATE TABLE moving (a int)", "INSERT INTO moving VALUES (1)");
        try (SourceSession session = Reads.open(database, database.admin())) {
            SourceTable table = session.describe(TableRequest.of("moving"));
            database.run("INSERT INTO moving VALUES (2)", "UPDATE moving SET a = 10 WHERE a = 1");
            CollectingSink sink = new CollectingSink(table.schema());
            table.read(Split.WHOLE, sink);
            assertThat(sink.rows()).containsExactly(List.of(1));
        }
    }

    @Test
    void cancellingInMidReadEndsItHereAndThere() throws InterruptedException {
        database.run("DROP VIEW IF EXISTS endless", "CREATE VIEW endless AS " + database.endlessQuery());
        try (SourceSession session = Reads.open(database, database.admin())) {
            SourceTable table = session.describe(TableRequest.of("endless"));
            AtomicReference<Long> cancelled = new AtomicReference<>();
            Thread canceller = new Thread(() -> {
                cancelled.set(System.nanoTime());
                session.cancel();
            });
            CollectingSink sink = new CollectingSink(table.schema(), 100, () -> {
                if (canceller.getState() == Thread.State.NEW) {
                    canceller.start();
                }
            });
            FreshetException end = failure(() -> table.read(Split.WHOLE, sink));
            assertThat(end.code()).isEqualTo(ErrorCode.CANCELLED);
            canceller.join();
            assertThat(Duration.ofNanos(System.nanoTime() - cancelled.get())).isLessThan(Duration.ofSeconds(5));
            assertTheDatabaseStops();
        }
    }

    @Test
    void aSinkThatFailsEndsTheReadHereAndThere() {
        database.run("DROP VIEW IF EXISTS endless", "CREATE VIEW endless AS " + database.endlessQuery());
        try (SourceSession session = Reads.open(database, database.admin())) {
            SourceTable table = session.describe(TableRequest.of("endless"));
            CollectingSink sink = new CollectingSink(table.schema(), 100, () -> {
                throw new IllegalStateException("the disk is full");
            });
            assertThatThrownBy(() -> table.read(Split.WHOLE, sink)).hasMessage("the disk is full");
        }
        assertTheDatabaseStops();
    }

    private void assertTheDatabaseStops() {
        long start = System.nanoTime();
        while (database.reading()) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void aReadThatTakesTooLongIsEndedByTheDatabase() {
        database.run("DROP VIEW IF EXISTS endless", "CREATE VIEW endless AS " + database.endlessQuery());
        try (SourceSession session = database.source()
                .open(
                        database.admin(),
                        new dev.freshet.ingest.SourceSettings(
                                "freshet test", Duration.ofSeconds(5), Duration.ofSeconds(1)))) {
            SourceTable table = session.describe(TableRequest.of("endless"));
            BoundlessSink sink = new BoundlessSink(table.schema());
            FreshetException end = failure(() -> table.read(Split.WHOLE, sink));
            assertThat(end.code()).isEqualTo(ErrorCode.SOURCE_FAILED);
            assertThat(end).hasMessageContaining("max_transaction_secs");
        }
    }

    @Test
    void valuesOfSomeMegabytesArriveWhole() throws InterruptedException {
        database.run(
                "DROP TABLE IF EXISTS wide_ones",
                "CREATE TABLE wide_ones (id int, body %s)".formatted(longTextType()),
                "INSERT INTO wide_ones SELECT 1, " + database.longText(9_000_000),
                "INSERT INTO wide_ones VALUES (2, 'short'), (3, NULL)",
                "INSERT INTO wide_ones SELECT 4, " + database.longText(5_000_000));
        Reads.Result result = Reads.read(database, "wide_ones");
        assertThat(result.rows()).hasSize(4);
        assertThat((String) result.value(0, 1)).hasSize(9_000_000).containsOnlyOnce("x".repeat(9_000_000));
        assertThat(result.value(1, 1)).isEqualTo("short");
        assertThat(result.value(2, 1)).isNull();
        assertThat((String) result.value(3, 1)).hasSize(5_000_000);
    }

    @Test
    void rowsAreSpreadOverBatchesWithoutLossOrRepetition() throws InterruptedException {
        database.run("DROP TABLE IF EXISTS counted", "CREATE TABLE counted (n int NOT NULL)");
        database.run("INSERT INTO counted VALUES "
                + IntStream.rangeClosed(1, 5003).mapToObj(n -> "(" + n + ")").collect(Collectors.joining(",")));
        assertThat(Reads.read(database, "counted").rows())
                .hasSize(5003)
                .extracting(row -> (Integer) row.getFirst())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 5003).boxed().toList());
    }

    @Test
    void randomRowsEqualWhatTheDatabasePrints() throws InterruptedException {
        Random random = new Random(20261121);
        List<RandomColumn> columns = randomColumns();
        database.run(
                "DROP TABLE IF EXISTS random_rows",
                "CREATE TABLE random_rows (id int, %s)"
                        .formatted(IntStream.range(0, columns.size())
                                .mapToObj(i -> "c" + i + " " + columns.get(i).type())
                                .collect(Collectors.joining(", "))));
        List<String> inserts = new ArrayList<>();
        for (int row = 0; row < 300; row++) {
            String values = columns.stream()
                    .map(column ->
                            random.nextInt(10) == 0 ? "NULL" : column.literal().apply(random))
                    .collect(Collectors.joining(", "));
            inserts.add("(" + row + ", " + values + ")");
        }
        database.run("INSERT INTO random_rows VALUES " + String.join(", ", inserts));
        TableRequest request = new TableRequest("random_rows", Map.of(), List.of(new OrderColumn("id", false)));
        Reads.Result result = Reads.read(database, database.admin(), request);
        for (int i = 0; i < columns.size(); i++) {
            List<String> printed = database.print("SELECT %s FROM random_rows ORDER BY id"
                            .formatted(columns.get(i).print("c" + i)))
                    .lines()
                    .toList();
            for (int row = 0; row < 300; row++) {
                assertThat(Reads.print(result.value(row, i + 1)))
                        .as(
                                "seed 20261121, row %d, column %s",
                                row, columns.get(i).type())
                        .isEqualTo(printed.get(row));
            }
        }
    }

    /// Columns of random values, each with the expression that prints it as [Reads#print] does.
    protected abstract List<RandomColumn> randomColumns();

    protected abstract String longTextType();

    protected abstract String full(String table);

    protected abstract String grant(String table, String user);

    @Test
    void commentsStayWithTheirColumns() throws InterruptedException {
        database.run("DROP TABLE IF EXISTS commented");
        database.run(commentedTable("it's the \"price\", in cents"));
        assertThat(Reads.read(database, "commented").schema().column(0).metadata())
                .containsEntry("comment", "it's the \"price\", in cents");
    }

    protected abstract String[] commentedTable(String comment);

    private void assertFails(Login login, TableRequest request, ErrorCode code, String... parts) {
        FreshetException refusal = failure(() -> Reads.read(database, login, request));
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.getMessage()).contains(parts);
        assertThat(refusal.getMessage().lines()).hasSizeLessThan(3);
        assertSilent(refusal);
    }

    private static void assertSilent(Throwable thrown) {
        StringWriter all = new StringWriter();
        thrown.printStackTrace(new PrintWriter(all));
        assertThat(all.toString()).doesNotContain(CANARY);
    }

    private static FreshetException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(FreshetException.class, action);
    }
}
