package dev.freshet.rollup;

import static dev.freshet.rollup.UsageLake.made;
import static dev.freshet.rollup.UsageLake.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.batch.Batch;
import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import dev.freshet.parquet.DataFileWriter;
import dev.freshet.parquet.WriteOptions;
import dev.freshet.schedule.Outcome;
import dev.freshet.schedule.RunRecord;
import dev.freshet.table.Change;
import dev.freshet.table.DataFile;
import dev.freshet.table.DeltaTable;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuresTest {
    private static final Schema READINGS = Schema.of(
            new Column("at", ColumnType.TIMESTAMP_NTZ, true),
            new Column("room", ColumnType.INT, true),
            new Column("heat", ColumnType.DOUBLE, true),
            new Column("price", new ColumnType.Decimal(10, 2), true),
            new Column("count", ColumnType.LONG, true));
    private static final String DEFINITION = """
            {'type': 'rollup', 'rollup': 'task_usage_hourly', 'source': 'readings', 'time': 'at', 'dimensions': ['room'],
             'measures': {'heat': {'sum': 'heat'}, 'cost': {'sum': 'price'}, 'counts': {'sum': 'count', 'as': 'decimal(38,0)'},
                          'first': {'min': 'at'}, 'last': {'max': 'at'}, 'known': {'count': 'price'}},
             'filters': [{'column': 'room', 'op': 'is not null'}, {'column': 'room', 'op': 'not in', 'value': [7, 8]}]}
            """;

    @TempDir
    Path folder;

    private UsageLake lake;

    @BeforeEach
    void open() {
        lake = new UsageLake(folder);
    }

    @Test
    void everyTypeKeepsItsExactnessAndATimeWithoutAZoneIsInUtc() {
        LocalDateTime ten = LocalDateTime.parse("2025-03-01T10:00:00.000001");
        add(
                row(ten, 1, 0.1, "0.10", Long.MAX_VALUE),
                row(ten.plusMinutes(59), 1, 0.2, "99999999.99", Long.MAX_VALUE),
                row(ten.plusMinutes(60), 1, null, null, null),
                row(ten, 7, 1.0, "1.00", 1L),
                row(ten, null, 1.0, "1.00", 1L),
                row(null, 1, 1.0, "1.00", 1L));
        JsonNode definition = UsageLake.json(DEFINITION);
        RunRecord run = lake.process().run(definition);
        assertThat(run.outcome()).as(String.valueOf(run.error())).isEqualTo(Outcome.SUCCEEDED);
        assertThat(lake.cells())
                .containsExactly(
                        List.of(
                                Instant.parse("2025-03-01T10:00:00Z"),
                                1,
                                0.1 + 0.2,
                                new BigDecimal("100000000.09"),
                                new BigDecimal(Long.MAX_VALUE).multiply(new BigDecimal(2)),
                                ten,
                                ten.plusMinutes(59),
                                2L),
                        Arrays.asList(
                                Instant.parse("2025-03-01T11:00:00Z"),
                                1,
                                null,
                                null,
                                null,
                                ten.plusMinutes(60),
                                ten.plusMinutes(60),
                                0L));
        assertThat(Rollup.of(lake.store, lake.clock, UsageLake.LIMITS, definition)
                        .verify()
                        .equal())
                .isTrue();
    }

    @Test
    void theSketchesOfHoursTogetherAreASketch() {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            Instant time = Instant.parse("2025-03-01T00:00:00Z").plusSeconds(i * 3L);
            facts.add(new Fact(time, time, "w1", null, "m1", 1, "t" + i % 2500));
        }
        lake.facts.insert(facts);
        ObjectNode definition = with("{'measures': {'tasks': {'distinct': 'task_id', 'sketch': 256}}}");
        assertThat(lake.process().run(definition).outcome()).isEqualTo(Outcome.SUCCEEDED);
        TreeSet<Long> least = new TreeSet<>();
        long sum = 0;
        for (List<@Nullable Object> row : lake.rows().values()) {
            sum += (Long) row.get(0);
            ((List<?>) row.get(1)).forEach(hash -> least.add((Long) hash));
        }
        while (least.size() > 256) {
            least.pollLast();
        }
        assertThat(sum).as("distinct counts do not add up").isGreaterThan(2500);
        assertThat(255 / (least.last() / 0x1p63)).isCloseTo(2500, within(500.0));
    }

    @Test
    void anotherDefinitionIsComputedAnew() {
        lake.facts.insert(Fact.at("2025-03-01T00:00:00Z", 1, "t1"), Fact.at("2025-04-01T00:00:00Z", 2, "t2"));
        lake.process().tick();
        ObjectNode filtered = with("{'filters': [{'column': 'input_tokens', 'op': '>', 'value': 1}]}");
        assertThat(Rollup.of(lake.store, lake.clock, UsageLake.LIMITS, filtered)
                        .status()
                        .rebuildRequired())
                .isEqualTo("the definition has changed");
        lake.process().run(filtered);
        assertThat(lake.rows())
                .isEqualTo(made(lake.facts.facts().stream()
                        .filter(fact -> fact.tokens() > 1)
                        .toList()));
        assertThat(lake.process()
                        .run(with("{'dimensions': ['model'], 'measures': {'n': 'count'}}"))
                        .outcome())
                .isEqualTo(Outcome.SUCCEEDED);
        assertThat(lake.cells()).hasSize(2);
    }

    @Test
    void aColumnThatIsNotThereIsNamedWithItsKey() {
        lake.facts.insert(Fact.at("2025-03-01T00:00:00Z", 1, "t1"));
        RunRecord run = lake.process().run(with("{'dimensions': ['workspace', 'colour']}"));
        assertThat(run.errorCode()).isEqualTo("BAD_DEFINITION");
        assertThat(run.error())
                .contains("rollup 'task_usage_hourly': 'dimensions' names 'colour'", "its columns are created_at");
        assertThat(lake.process().run(with("{'time': 'model'}")).error())
                .contains("'time' names 'model', which is string", "it must be a time or a date");
    }

    private static @Nullable Object[] row(
            @Nullable LocalDateTime at,
            @Nullable Integer room,
            @Nullable Double heat,
            @Nullable String price,
            @Nullable Long count) {
        return new @Nullable Object[] {at, room, heat, price == null ? null : new BigDecimal(price), count};
    }

    private void add(@Nullable Object[]... rows) {
        String path = "datasets/readings";
        try (DataFileWriter writer =
                new DataFileWriter(READINGS, lake.store.upload(path + "/r.parquet"), WriteOptions.defaults())) {
            Batch batch = new Batch(READINGS);
            for (@Nullable Object[] row : rows) {
                batch.appendRow(row);
            }
            writer.write(batch);
            DataFile file = DataFile.of("r.parquet", writer.finish(), lake.clock.now());
            var _ = new DeltaTable(lake.store, path, lake.clock)
                    .appendBlindly(Change.of("WRITE").schema(READINGS).add(List.of(file)));
        }
    }
}
