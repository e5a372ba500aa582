package dev.freshet.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.store.LocalStore;
import dev.freshet.store.MemoryStore;
import dev.freshet.table.TableShape;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryEngineTest {
    private static final Schema ORDERS =
            Schema.of(new Column("id", ColumnType.LONG, false), new Column("total", new Decimal(10, 2), true));

    @TempDir
    Path folder;

    private Lake lake;

    @BeforeEach
    void openLake() {
        lake = new Lake(LocalStore.open(folder.resolve("lake [a]*")));
        lake.add("orders", ORDERS, new Object[] {1L, new BigDecimal("9.90")}, new Object[] {2L, null});
        lake.add("order.items", Schema.of(new Column("order_id", ColumnType.LONG, true)), new Object[] {1L});
    }

    @Test
    void aDatasetIsATableByItsName() {
        assertThat(lake.rows("select id, total from Orders order by id"))
                .containsExactly(List.of(1L, new BigDecimal("9.90")), Arrays.asList(2L, null));
    }

    @Test
    void aNameWithADotIsFoundWholeAndByItsParts() {
        assertThat(lake.rows("select count(*) from \"order.items\"")).containsExactly(List.of(1L));
        assertThat(lake.rows("select count(*) from \"order\".items i join \"order.items\" j using (order_id)"))
                .containsExactly(List.of(1L));
    }

    @Test
    void ofNamesThatDifferOnlyInTheirCaseOneMeansWhatItSays() {
        Schema schema = Schema.of(new Column("n", ColumnType.LONG, true));
        lake.add("Visits", schema, new Object[] {1L});
        lake.add("visits", schema, new Object[] {2L});
        assertThat(lake.rows("select n from Visits")).containsExactly(List.of(1L));
        assertThat(lake.rows("select n from visits")).containsExactly(List.of(2L));
        assertThatThrownBy(() -> lake.rows("select n from VISITS"))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_USAGE))
                .hasMessageContaining("the tables Visits, visits differ only in upper and lower case");
        assertThatThrownBy(() -> lake.rows("select * from Visits join visits using (n)"))
                .hasMessageContaining("one statement cannot name both");
    }

    @Test
    void ownNamesOfTheStatementAreNoTables() {
        assertThat(lake.rows(
                        "with t as (select 1 as a), recent as (select * from orders) select count(*) from t, recent"))
                .containsExactly(List.of(2L));
    }

    @Test
    void onlyTheTablesThatTheStatementNamesAreLoaded() {
        QueryEngine engine = lake.over(QueryTable.of("broken", () -> {
            throw new AssertionError("loaded");
        }));
        assertThat(Lake.rows(engine, "select 42")).containsExactly(List.of(42));
    }

    @Test
    void everyTypeComesOutExactlyAndReadyForPrint() {
        Schema schema = Schema.of(
                new Column("a", ColumnType.BOOLEAN, true),
                new Column("b", ColumnType.BYTE, true),
                new Column("c", ColumnType.DOUBLE, true),
                new Column("d", new Decimal(38, 10), true),
                new Column("e", ColumnType.STRING, true),
                new Column("f", ColumnType.BINARY, true),
                new Column("g", ColumnType.DATE, true),
                new Column("h", ColumnType.TIMESTAMP, true),
                new Column("i", ColumnType.TIMESTAMP_NTZ, true),
                new Column("j", new Array(ColumnType.STRING), true));
        BigDecimal big = new BigDecimal("1234567890123456789012345678.0123456789");
        lake.add("types", schema, new Object[] {
            true,
            (byte) -3,
            0.1,
            big,
            "ü",
            new byte[] {0, -1},
            LocalDate.parse("2026-02-28"),
            Instant.parse("2026-02-28T12:00:00.000001Z"),
            LocalDateTime.parse("2026-02-28T12:00:00"),
            Arrays.asList("x", null)
        });
        assertThat(lake.rows("select * from types"))
                .containsExactly(List.of(
                        true,
                        (byte) -3,
                        0.1,
                        big,
                        "ü",
                        "AP8=",
                        "2026-02-28",
                        "2026-02-28T12:00:00.000001Z",
                        "2026-02-28T12:00:00",
                        Arrays.asList("x", null)));
        try (QueryResult result = lake.engine().run("select d, h, i, j, 1 as d from types")) {
            assertThat(result.columns())
                    .containsExactly(
                            new QueryColumn("d", "DECIMAL(38,10)"),
                            new QueryColumn("h", "TIMESTAMP WITH TIME ZONE"),
                            new QueryColumn("i", "TIMESTAMP"),
                            new QueryColumn("j", "VARCHAR[]"),
                            new QueryColumn("d_2", "INTEGER"));
        }
    }

    @Test
    void localTimesAreNotMovedByThisMachinesZone() {
        Schema schema = Schema.of(
                new Column("t", ColumnType.TIMESTAMP_NTZ, true),
                new Column("l", new Array(ColumnType.TIMESTAMP_NTZ), true));
        LocalDateTime skipped = LocalDateTime.parse("2020-03-29T02:30:00");
        lake.add("times", schema, new Object[] {skipped, List.of(skipped)});
        TimeZone zone = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
        try {
            assertThat(lake.rows("select t, l, {'a': l} s from times -- where 02:30 does not exist"))
                    .containsExactly(List.of(
                            "2020-03-29T02:30:00",
                            List.of("2020-03-29T02:30:00"),
                            Map.of("a", List.of("2020-03-29T02:30:00"))));
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void anEmptyTableHasItsColumns() {
        lake.empty("nothing", ORDERS);
        try (QueryResult result = lake.engine().run("select * from nothing")) {
            assertThat(result.columns())
                    .containsExactly(new QueryColumn("id", "BIGINT"), new QueryColumn("total", "DECIMAL(10,2)"));
            assertThat(result.next()).isFalse();
        }
    }

    @Test
    void filesFromBeforeAColumnWasAddedOrWidenedFit() {
        Schema first = Schema.of(new Column("id", ColumnType.INT, true));
        Schema second = Schema.of(new Column("id", ColumnType.LONG, true), new Column("note", ColumnType.STRING, true));
        lake.add("grown", first, new Object[] {1});
        lake.add("grown", second, new Object[] {5_000_000_000L, "x"});
        assertThat(lake.rows("select id, note from grown order by id"))
                .containsExactly(Arrays.asList(1L, null), List.of(5_000_000_000L, "x"));
        lake.add("never", first, new Object[] {1});
        lake.commit("never", TableShape.of(second), List.of());
        assertThat(lake.rows("select * from never")).containsExactly(Arrays.asList(1L, null));
    }

    @Test
    void partitionColumnsAreFilled() {
        Schema inFile = Schema.of(new Column("v", ColumnType.INT, true));
        Schema schema = Schema.of(
                new Column("v", ColumnType.INT, true),
                new Column("day", ColumnType.DATE, true),
                new Column("kind", ColumnType.STRING, true));
        lake.commit(
                "days",
                new TableShape(schema, List.of("day", "kind"), Map.of()),
                List.of(
                        lake.file("days", inFile, Map.of("day", "2026-01-01", "kind", "a b"), new Object[] {1}),
                        lake.file("days", inFile, Map.of("day", "2026-01-02"), new Object[] {2}, new Object[] {3})));
        assertThat(lake.rows("select v, day, kind from days order by v"))
                .containsExactly(
                        List.of(1, "2026-01-01", "a b"),
                        Arrays.asList(2, "2026-01-02", null),
                        Arrays.asList(3, "2026-01-02", null));
        assertThat(lake.rows("select sum(v) from days where day > date '2026-01-01'")
                        .toString())
                .isEqualTo("[[5]]");
    }

    @Test
    void anUnknownTableIsToldWithTheNearestNames() {
        assertThatThrownBy(() -> lake.rows("select * from oders"))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_ID))
                .hasMessage("there is no table 'oders' in the lake; did you mean orders, order.items?");
    }

    @Test
    void theTablesOfTheLakeCanBeListed() {
        assertThat(lake.rows("show tables")).containsExactly(List.of("order.items"), List.of("orders"));
        assertThat(lake.rows("describe orders").getFirst()).startsWith("id", "BIGINT");
    }

    @Test
    void aDefinitionShowsATableDifferently() {
        QueryTable total = new QueryTable(
                "freshet.totals",
                () -> lake.table("orders").latest(),
                null,
                "SELECT sum(total) AS total FROM {rows} AS r WHERE r.id > 0");
        QueryTable none = new QueryTable("freshet.none", Optional::empty, ORDERS, null);
        QueryEngine engine = lake.over(total, none);
        assertThat(Lake.rows(engine, "select * from freshet.totals")).containsExactly(List.of(new BigDecimal("9.90")));
        assertThat(Lake.rows(engine, "select count(*) from freshet.none")).containsExactly(List.of(0L));
    }

    @Test
    void aTableReplacedDuringTheQueryIsReadAsItWas() {
        try (QueryResult result = lake.engine().run("select count(*) from orders")) {
            lake.add("orders", ORDERS, new Object[] {3L, null});
            assertThat(result.next()).isTrue();
            assertThat(result.row()).containsExactly(2L);
        }
    }

    @Test
    void aTableWithDeletionVectorsIsRefusedForThatReason() {
        String log = """
                {"protocol":{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["deletionVectors"],\
                "writerFeatures":["deletionVectors"]}}
                {"metaData":{"id":"x","format":{"provider":"parquet","options":{}},"schemaString":\
                "{\\"type\\":\\"struct\\",\\"fields\\":[{\\"name\\":\\"id\\",\\"type\\":\\"long\\",\\"nullable\\":true,\\"metadata\\":{}}]}",\
                "partitionColumns":[],"configuration":{"delta.enableDeletionVectors":"true"},"createdTime":1}}
                {"add":{"path":"a.parquet","partitionValues":{},"size":10,"modificationTime":1,"dataChange":true,\
                "deletionVector":{"storageType":"u","pathOrInlineDv":"ab^-aqEH.-t@S}K{vb[*k^","offset":4,"sizeInBytes":40,"cardinality":6}}}
                """;
        LocalStore store = LocalStore.open(folder.resolve("lake [a]*"));
        store.putIfAbsent("datasets/deleted/_delta_log/00000000000000000000.json", log.getBytes(UTF_8));
        lake.table("deleted");
        assertThatThrownBy(() -> lake.rows("select * from deleted"))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
                .hasMessageContaining("another engine deleted rows by deletion vectors in version 0 or before");
    }

    @Test
    void aLakeThatIsNotOnADiskIsRefused() {
        Lake memory = new Lake(new MemoryStore());
        memory.add("orders", ORDERS, new Object[] {1L, null});
        assertThatThrownBy(() -> memory.rows("select * from orders"))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
                .hasMessageContaining("queries read lakes on local disks");
    }

    @Test
    void aQueryThatNeedsMoreMemoryThanAllowedSaysSo() {
        QueryEngine engine = lake.engine(new QueryLimits(64L << 20, Duration.ofSeconds(60), 1));
        assertThatThrownBy(() -> engine.run("select list(i) from range(100000000) t(i)"))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUERY_FAILED))
                .hasMessage("the query needs more than 64 MB of memory; raise query.memory_mb, or ask for less");
    }

    @Test
    void aQueryThatTakesLongerThanAllowedIsStopped() {
        QueryEngine engine = lake.engine(new QueryLimits(64L << 20, Duration.ofSeconds(1), 1));
        assertThatThrownBy(() ->
                        engine.run("select count(*) from range(100000000000) t(i), range(10) u(j) where i + j < 0"))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUERY_FAILED))
                .hasMessage("the query was stopped after 1 s; raise query.timeout_secs, or ask for less");
    }

    @Test
    void anErrorOfTheStatementIsToldInOneLine() {
        assertThatThrownBy(() -> lake.rows("select nonsense from orders"))
                .hasMessageStartingWith("the query failed: Binder Error: Referenced column \"nonsense\" not found")
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }
}
