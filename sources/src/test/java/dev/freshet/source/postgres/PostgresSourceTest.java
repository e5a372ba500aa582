package dev.freshet.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.batch.Column;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.ingest.Login;
import dev.freshet.ingest.TableRequest;
import dev.freshet.source.RandomColumn;
import dev.freshet.source.Randoms;
import dev.freshet.source.Reads;
import dev.freshet.source.SourceContract;
import dev.freshet.source.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresSourceTest extends SourceContract {
    private final PostgresDatabase postgres = PostgresDatabase.started().by(options());

    PostgresOptions options() {
        return PostgresOptions.DEFAULT;
    }

    @Override
    protected TestDatabase database() {
        return postgres;
    }

    @Override
    protected List<RandomColumn> randomColumns() {
        return List.of(
                new RandomColumn("smallint", random -> Randoms.signed(random, 16), c -> c + "::text"),
                new RandomColumn("bigint", random -> Randoms.signed(random, 64), c -> c + "::text"),
                new RandomColumn("numeric(18,6)", random -> Randoms.decimal(random, 18, 6), c -> c + "::text"),
                new RandomColumn("numeric(17,3)", random -> Randoms.decimal(random, 17, 3), c -> c + "::text"),
                new RandomColumn("numeric(38,0)", random -> Randoms.decimal(random, 38, 0), c -> c + "::text"),
                new RandomColumn("numeric(38,37)", random -> Randoms.decimal(random, 38, 37), c -> c + "::text"),
                new RandomColumn("numeric(25,7)", random -> Randoms.decimal(random, 25, 7), c -> c + "::text"),
                new RandomColumn("numeric", random -> Randoms.decimal(random, 60, 20), c -> c + "::text"),
                new RandomColumn(
                        "real",
                        random -> Float.toString(Float.intBitsToFloat(random.nextInt(0x7F000000))),
                        c -> "ltrim(encode(float4send(" + c + "), 'hex'), '0')"),
                new RandomColumn(
                        "double precision",
                        random -> Double.toString(Double.longBitsToDouble(random.nextLong(1, 0x7FE0000000000000L))),
                        c -> "ltrim(encode(float8send(" + c + "), 'hex'), '0')"),
                new RandomColumn(
                        "text", random -> "'" + Randoms.text(random, 20).replace("'", "''") + "'", c -> c),
                new RandomColumn(
                        "bytea", random -> "'\\x" + Randoms.hex(random, 20) + "'", c -> "encode(" + c + ", 'hex')"),
                new RandomColumn(
                        "timestamp",
                        random -> "'" + Randoms.timestamp(random, 1, 9999) + "'",
                        c -> "to_char(" + c + ", 'YYYY-MM-DD HH24:MI:SS.US')"),
                new RandomColumn(
                        "timestamptz",
                        random -> "'" + Randoms.timestamp(random, 1, 9999) + "+00'",
                        c -> "to_char(" + c + " AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"),
                new RandomColumn(
                        "date",
                        random -> "'" + Randoms.timestamp(random, 1, 9999).substring(0, 10) + "'",
                        c -> c + "::text"),
                new RandomColumn(
                        "uuid",
                        random -> "'" + new java.util.UUID(random.nextLong(), random.nextLong()) + "'",
                        c -> c + "::text"),
                new RandomColumn(
                        "varbit", random -> "B'" + Integer.toBinaryString(random.nextInt()) + "'", c -> c + "::text"),
                new RandomColumn("boolean", random -> random.nextBoolean() ? "true" : "false", c -> c + "::text"));
    }

    @Override
    protected String longTextType() {
        return "text";
    }

    @Override
    protected String full(String table) {
        return "public." + table;
    }

    @Override
    protected String grant(String table, String user) {
        return "GRANT SELECT ON %s TO %s".formatted(table, user);
    }

    @Override
    protected String[] commentedTable(String comment) {
        return new String[] {
            "CREATE TABLE commented (price int)",
            "COMMENT ON COLUMN commented.price IS '%s'".formatted(comment.replace("'", "''"))
        };
    }

    @Test
    void aBareNameIsFoundOnTheSearchPathAsWrittenOrInLowerCase() throws InterruptedException {
        postgres.run(
                "DROP SCHEMA IF EXISTS sales CASCADE",
                "DROP TABLE IF EXISTS \"Orders\", orders",
                "CREATE SCHEMA sales",
                "CREATE TABLE sales.orders (sales int)",
                "CREATE TABLE \"Orders\" (upper int)",
                "CREATE TABLE orders (lower int)");
        assertThat(onlyColumn("Orders")).isEqualTo("upper");
        assertThat(onlyColumn("ORDERS")).isEqualTo("lower");
        assertThat(onlyColumn("\"Orders\"")).isEqualTo("upper");
        assertThat(onlyColumn("sales.ORDERS")).isEqualTo("sales");
        Login admin = postgres.admin();
        Login inSales = new Login(
                admin.type(),
                admin.host(),
                admin.port(),
                admin.database(),
                admin.user(),
                admin.password(),
                Map.of("search_path", "sales, public"));
        assertThat(Reads.read(postgres, inSales, TableRequest.of("orders"))
                        .schema()
                        .column(0)
                        .name())
                .isEqualTo("sales");
        assertThatThrownBy(() -> Reads.read(postgres, "\"ORDERS\"")).hasMessageContaining("no table");
    }

    private String onlyColumn(String table) throws InterruptedException {
        return Reads.read(postgres, table).schema().column(0).name();
    }

    @Test
    void partitionedAndMaterializedTablesAreReadLikeTables() throws InterruptedException {
        postgres.run(
                "DROP TABLE IF EXISTS split_up CASCADE",
                "CREATE TABLE split_up (a int NOT NULL) PARTITION BY RANGE (a)",
                "CREATE TABLE split_up_1 PARTITION OF split_up FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE split_up_2 PARTITION OF split_up FOR VALUES FROM (10) TO (20)",
                "INSERT INTO split_up VALUES (1), (11)",
                "CREATE MATERIALIZED VIEW split_seen AS SELECT a FROM split_up");
        assertThat(Reads.read(postgres, "split_up").rows()).containsExactlyInAnyOrder(List.of(1), List.of(11));
        assertThat(Reads.read(postgres, "split_seen").rows()).containsExactlyInAnyOrder(List.of(1), List.of(11));
    }

    @Test
    void droppedColumnsAreGoneAndGeneratedOnesArrive() throws InterruptedException {
        postgres.run(
                "DROP TABLE IF EXISTS altered",
                "CREATE TABLE altered (a int, gone text, b int GENERATED ALWAYS AS (a * 2) STORED, c int GENERATED ALWAYS AS (a * 3) VIRTUAL)",
                "INSERT INTO altered VALUES (4, 'x')",
                "ALTER TABLE altered DROP COLUMN gone",
                "ALTER TABLE altered ADD COLUMN d int DEFAULT 9");
        Reads.Result result = Reads.read(postgres, "altered");
        assertThat(result.schema().columns()).extracting(Column::name).containsExactly("a", "b", "c", "d");
        assertThat(result.rows()).containsExactly(List.of(4, 8, 12, 9));
    }

    @Test
    void aNotNullThatWasNeverCheckedIsNotBelieved() throws InterruptedException {
        postgres.run(
                "DROP TABLE IF EXISTS unchecked",
                "CREATE TABLE unchecked (a int, b int NOT NULL)",
                "INSERT INTO unchecked VALUES (NULL, 1)",
                "ALTER TABLE unchecked ADD CONSTRAINT nn NOT NULL a NOT VALID");
        Reads.Result result = Reads.read(postgres, "unchecked");
        assertThat(result.schema().columns()).extracting(Column::nullable).containsExactly(true, false);
        assertThat(result.value(0, 0)).isNull();
    }

    @Test
    void rowsHiddenByRowSecurityAreNotSilentlyLeftOut() {
        postgres.run(
                "DROP TABLE IF EXISTS secured",
                "CREATE TABLE secured (a int)",
                "INSERT INTO secured VALUES (1)",
                "ALTER TABLE secured ENABLE ROW LEVEL SECURITY");
        Login reader = postgres.newUser("watched", "x");
        postgres.run("GRANT SELECT ON secured TO watched");
        assertThatThrownBy(() -> Reads.read(postgres, reader, TableRequest.of("secured")))
                .isInstanceOf(FreshetException.class)
                .hasMessageContaining("row-level security");
    }

    @Test
    void readingTakesNoLockThatWritersNotice() throws InterruptedException {
        postgres.run("DROP TABLE IF EXISTS busy", "CREATE TABLE busy (a int)", "INSERT INTO busy VALUES (1)");
        try (var session = Reads.open(postgres, postgres.admin())) {
            session.describe(TableRequest.of("busy"));
            assertThat(postgres.print("SELECT DISTINCT mode FROM pg_locks WHERE relation = 'busy'::regclass"))
                    .isEqualTo("AccessShareLock");
            assertThat(
                            postgres.print(
                                    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'freshet test' AND state = 'idle in transaction'"))
                    .isEqualTo("1");
        }
    }

    @Test
    void bytesThatAreNoTextAreRefusedAndArriveAsBinary() throws InterruptedException {
        postgres.run(
                "DROP DATABASE IF EXISTS ascii",
                "CREATE DATABASE ascii ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        Login admin = postgres.admin();
        Login ascii =
                new Login(admin.type(), admin.host(), admin.port(), "ascii", admin.user(), admin.password(), Map.of());
        postgres.runIn("ascii", "CREATE TABLE raw (c text)", "INSERT INTO raw VALUES (E'\\xff'), ('fine')");
        assertThatThrownBy(() -> Reads.read(postgres, ascii, TableRequest.of("raw")))
                .satisfies(e -> assertThat(((FreshetException) e).code()).isEqualTo(ErrorCode.VALUE_MISFIT))
                .hasMessageContaining("not UTF-8");
        var policy = Map.of("c", new dev.freshet.ingest.ColumnPolicy(dev.freshet.batch.ColumnType.BINARY));
        assertThat(Reads.show(Reads.read(postgres, ascii, new TableRequest("raw", policy, List.of()))
                        .value(0, 0)))
                .isEqualTo("0xff");
    }
}
