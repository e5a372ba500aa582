package dev.freshet.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.batch.Batch;
import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.RandomRows;
import dev.freshet.batch.Schema;
import dev.freshet.host.Host;
import dev.freshet.parquet.DataFileReader;
import dev.freshet.parquet.DataFileWriter;
import dev.freshet.parquet.WriteOptions;
import dev.freshet.store.MemoryStore;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every file of a table, read again, holds what the log says of it.
class LogStatisticsTest {
    private static final int FILES = 4;
    private static final int CHARACTERS = 32;

    private final MemoryStore store = new MemoryStore();
    private final DeltaTable table = DeltaTable.withoutUpkeep(store, "datasets/t", Host.system());

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void whatTheLogSaysOfAFileIsTrueOfItsRows(long seed) {
        RandomRows random = new RandomRows(seed);
        Schema schema = random.schema(12);
        List<DataFile> files = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            files.add(write("f" + i, schema, random.rows(schema, 1 + 97 * i)));
        }
        table.commit(_ -> new Decision.Write(Change.of("WRITE")
                .shape(new TableShape(schema, List.of(), Map.of()))
                .add(files)));

        Snapshot snapshot = table.latest().orElseThrow();
        assertThat(snapshot.files()).hasSize(FILES);
        snapshot.files().forEach(file -> check(snapshot, file));
    }

    private DataFile write(String name, Schema schema, @Nullable Object[][] rows) {
        try (DataFileWriter writer =
                new DataFileWriter(schema, store.upload("datasets/t/" + name), WriteOptions.defaults())) {
            writer.write(RandomRows.batch(schema, rows));
            return DataFile.of(name, writer.finish(), Instant.EPOCH);
        }
    }

    private void check(Snapshot snapshot, DataFile file) {
        JsonNode log = Json.parse(file.statistics().json());
        List<List<@Nullable Object>> columns = read(snapshot, file);
        assertThat(log.path("numRecords").asInt()).isEqualTo(columns.getFirst().size());
        for (int i = 0; i < columns.size(); i++) {
            Column column = snapshot.schema().column(i);
            List<Object> present =
                    columns.get(i).stream().filter(Objects::nonNull).toList();
            assertThat(log.path("nullCount").path(column.name()).asInt())
                    .as(column.toString())
                    .isEqualTo(columns.get(i).size() - present.size());
            checkBounds(
                    column,
                    log.path("minValues").path(column.name()),
                    log.path("maxValues").path(column.name()),
                    present);
        }
    }

    private List<List<@Nullable Object>> read(Snapshot snapshot, DataFile file) {
        List<List<@Nullable Object>> columns = new ArrayList<>();
        snapshot.schema().columns().forEach(_ -> columns.add(new ArrayList<>()));
        try (DataFileReader reader = new DataFileReader(store, snapshot.key(file), file.bytes(), snapshot.schema())) {
            Batch batch = new Batch(snapshot.schema());
            while (reader.read(batch)) {
                for (int column = 0; column < columns.size(); column++) {
                    for (int row = 0; row < batch.rows(); row++) {
                        columns.get(column).add(batch.value(column, row));
                    }
                }
            }
        }
        return columns;
    }

    private static void checkBounds(Column column, JsonNode min, JsonNode max, List<Object> present) {
        if (present.isEmpty() || !hasBounds(column.type())) {
            assertThat(min.isMissingNode() && max.isMissingNode())
                    .as(column.toString())
                    .isTrue();
            return;
        }
        Object least = present.stream().min(LogStatisticsTest::compare).orElseThrow();
        Object greatest = present.stream().max(LogStatisticsTest::compare).orElseThrow();
        switch (least) {
            case String _ -> checkText(min, max, (String) least, (String) greatest);
            case Instant _, LocalDateTime _ -> {
                assertThat(time(min.asText())).isBetween(time(least.toString()).minusMillis(1), time(least.toString()));
                if (!max.isMissingNode()) {
                    assertThat(time(max.asText()))
                            .isBetween(
                                    time(greatest.toString()),
                                    time(greatest.toString()).plusMillis(1));
                }
            }
            case LocalDate _ -> {
                assertThat(min.asText()).isEqualTo(least.toString());
                assertThat(max.asText()).isEqualTo(greatest.toString());
            }
            default -> {
                checkNumber(min, (Number) least);
                checkNumber(max, (Number) greatest);
            }
        }
    }

    /// JSON has no infinity, so there is none in the log either.
    private static void checkNumber(JsonNode bound, Number value) {
        if (Double.isInfinite(value.doubleValue())) {
            assertThat(bound.isMissingNode()).isTrue();
        } else if (value instanceof Float number) {
            assertThat(bound.floatValue() == number).isTrue();
        } else {
            assertThat(bound.decimalValue()).isEqualByComparingTo(new BigDecimal(value.toString()));
        }
    }

    private static void checkText(JsonNode min, JsonNode max, String least, String greatest) {
        if (min.isMissingNode() || max.isMissingNode()) {
            assertThat(greatest)
                    .startsWith(Character.toString(Character.MAX_CODE_POINT).repeat(CHARACTERS));
            return;
        }
        assertThat(least).startsWith(min.asText());
        assertThat(compare(max.asText(), greatest)).isNotNegative();
        assertThat(max.asText().codePointCount(0, max.asText().length())).isLessThanOrEqualTo(CHARACTERS);
    }

    private static Instant time(String text) {
        return Instant.parse(text.endsWith("Z") ? text : text.length() == 16 ? text + ":00Z" : text + "Z");
    }

    private static boolean hasBounds(ColumnType type) {
        return !(type instanceof Array) && !type.equals(ColumnType.BINARY) && !type.equals(ColumnType.BOOLEAN);
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object a, Object b) {
        if (a instanceof String left && b instanceof String right) {
            return Arrays.compareUnsigned(
                    left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
        }
        return ((Comparable<Object>) a).compareTo(b);
    }
}
