package dev.freshet.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Upload;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Files that other writers made are read as well.
class ForeignFileTest {
    private final MemoryStore store = new MemoryStore();

    @ParameterizedTest
    @EnumSource(WriterVersion.class)
    void pagesOfBothVersionsAndAllEncodingsAreRead(WriterVersion version) throws IOException {
        for (CompressionCodecName codec : List.of(
                CompressionCodecName.SNAPPY,
                CompressionCodecName.GZIP,
                CompressionCodecName.ZSTD,
                CompressionCodecName.LZ4_RAW,
                CompressionCodecName.UNCOMPRESSED)) {
            String key = version + "-" + codec;
            writeNumbers(key, version, codec);
            Schema schema = Schema.of(
                    new Column("few", ColumnType.STRING, true),
                    new Column("many", ColumnType.LONG, false),
                    new Column("flag", ColumnType.BOOLEAN, true));
            @Nullable Object[][] rows = Files.read(store, key, schema);
            assertThat(rows).hasDimensions(5000, 3);
            for (int i = 0; i < rows.length; i++) {
                assertThat(rows[i]).containsExactly(i % 3 == 0 ? null : "v" + i % 5, i * 7L, i % 2 == 0);
            }
        }
    }

    private void writeNumbers(String key, WriterVersion version, CompressionCodecName codec) throws IOException {
        MessageType message = MessageTypeParser.parseMessageType(
                "message m { optional binary few (STRING); required int64 many; optional boolean flag; }");
        try (Upload upload = store.upload(key)) {
            try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new UploadFile(upload))
                    .withType(message)
                    .withWriterVersion(version)
                    .withCompressionCodec(codec)
                    .withRowGroupSize(20_000L)
                    .withPageSize(1000)
                    .build()) {
                for (int i = 0; i < 5000; i++) {
                    Group group = new SimpleGroup(message);
                    if (i % 3 != 0) {
                        group.add("few", "v" + i % 5);
                    }
                    group.add("many", i * 7L);
                    group.add("flag", i % 2 == 0);
                    writer.write(group);
                }
            }
            upload.finish();
        }
    }

    @Test
    void timesOfEveryUnitAndInt96BecomeMicroseconds() throws IOException {
        write("""
                message m { required int64 ms (TIMESTAMP(MILLIS,true)); required int64 ns (TIMESTAMP(NANOS,false));
                  required int96 old; required int32 day (DATE); }""", group -> {
            group.add("ms", -1500L);
            group.add("ns", 1_000L);
            byte[] int96 = ByteBuffer.allocate(12)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(3_600_000_000_000L)
                    .putInt(2_440_587)
                    .array();
            group.add("old", Binary.fromConstantByteArray(int96));
            group.add("day", -1);
        });
        assertThat(only(
                        new Column("ms", ColumnType.TIMESTAMP, true),
                        new Column("ns", ColumnType.TIMESTAMP_NTZ, true),
                        new Column("old", ColumnType.TIMESTAMP, true),
                        new Column("day", ColumnType.TIMESTAMP_NTZ, true)))
                .containsExactly(
                        Instant.ofEpochMilli(-1500),
                        LocalDateTime.parse("1970-01-01T00:00:00.000001"),
                        Instant.parse("1969-12-31T01:00:00Z"),
                        LocalDateTime.parse("1969-12-31T00:00"));
    }

    @Test
    void aTimeWithNanosecondsIsRefusedAndNotCut() throws IOException {
        write("message m { required int64 ns (TIMESTAMP(NANOS,true)); }", group -> group.add("ns", 1_001L));
        assertThatThrownBy(() -> only(new Column("ns", ColumnType.TIMESTAMP, true)))
                .isInstanceOf(FreshetException.class)
                .hasMessageContaining("nanoseconds");
    }

    @Test
    void narrowerTypesAreWidened() throws IOException {
        write("""
                message m { required int32 a; required int32 b; required float c; required int32 d (DECIMAL(5,2));
                  required int32 e (INTEGER(8,true)); required int32 f (INTEGER(32,false));
                  required fixed_len_byte_array(3) g (DECIMAL(6,1)); required int32 h (DATE); }""", group -> {
            group.add("a", -7);
            group.add("b", 8);
            group.add("c", 1.5f);
            group.add("d", 12345);
            group.add("e", 9);
            group.add("f", -1);
            group.add("g", Binary.fromConstantByteArray(new byte[] {-1, -1, -2}));
            group.add("h", 10);
        });
        assertThat(only(
                        new Column("a", ColumnType.LONG, true),
                        new Column("b", ColumnType.DOUBLE, true),
                        new Column("c", ColumnType.DOUBLE, true),
                        new Column("d", new Decimal(38, 4), true),
                        new Column("e", ColumnType.INT, true),
                        new Column("f", ColumnType.LONG, true),
                        new Column("g", new Decimal(10, 1), true),
                        new Column("h", ColumnType.DATE, true)))
                .containsExactly(
                        -7L,
                        8.0,
                        1.5,
                        new BigDecimal("123.4500"),
                        9,
                        4294967295L,
                        new BigDecimal("-0.2"),
                        LocalDate.ofEpochDay(10));
    }

    @Test
    void aTypeThatWouldLoseIsRefusedByName() throws IOException {
        write("message m { required int64 a; }", group -> group.add("a", 1L));
        for (ColumnType type : List.of(ColumnType.INT, ColumnType.STRING, ColumnType.TIMESTAMP, new Decimal(19, 0))) {
            assertThatThrownBy(() -> only(new Column("a", type, true)))
                    .isInstanceOfSatisfying(
                            FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
                    .hasMessageContaining("f: column 'a' is required int64 a in the file, which cannot be read as");
        }
    }

    @Test
    void columnsThatTheFileLacksAreNull() throws IOException {
        write("message m { required int64 B; }", group -> group.add("B", 2L));
        assertThat(only(
                        new Column("a", ColumnType.STRING, true),
                        new Column("b", ColumnType.LONG, true),
                        new Column("c", new Array(ColumnType.INT), true)))
                .containsExactly(null, 2L, null);
        assertThat(only(new Column("none", ColumnType.STRING, true))).containsExactly((Object) null);
    }

    @Test
    void listsOfOldWritersAreRead() throws IOException {
        write("""
                message m { optional group two (LIST) { repeated int32 array; }
                  optional group hive (LIST) { repeated group bag { optional binary array_element (STRING); } }
                  required group empty (LIST) { repeated group list { required int32 item; } } }""", group -> {
            Group two = group.addGroup("two");
            two.add("array", 1);
            two.add("array", 2);
            Group hive = group.addGroup("hive");
            hive.addGroup("bag").add("array_element", "x");
            hive.addGroup("bag");
            group.addGroup("empty");
        });
        assertThat(only(
                        new Column("two", new Array(ColumnType.INT), true),
                        new Column("hive", new Array(ColumnType.STRING), true),
                        new Column("empty", new Array(ColumnType.LONG), true)))
                .containsExactly(List.of(1, 2), Arrays.asList("x", null), List.of());
    }

    @Test
    void aDamagedFileIsNamed() {
        store.putIfAbsent("datasets/orders/x.parquet", new byte[200]);
        assertThatThrownBy(() -> new DataFileReader(store, "datasets/orders/x.parquet", Schema.of()))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT))
                .hasMessageContaining("datasets/orders/x.parquet cannot be read");
    }

    @Test
    void aFlippedBitInAPageIsFound() {
        Schema schema = Schema.of(new Column("a", ColumnType.LONG, false));
        Object[][] rows = new Object[1000][];
        Arrays.setAll(rows, i -> new Object[] {(long) i * i});
        Files.write(store, "good", schema, rows, WriteOptions.defaults());
        byte[] bytes = store.read("good");
        bytes[bytes.length / 3] ^= 4;
        store.putIfAbsent("bad", bytes);
        assertThatThrownBy(() -> Files.read(store, "bad", schema))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
    }

    private void write(String schema, Consumer<Group> row) throws IOException {
        MessageType message = MessageTypeParser.parseMessageType(schema);
        store.delete("f");
        try (Upload upload = store.upload("f")) {
            try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new UploadFile(upload))
                    .withType(message)
                    .build()) {
                Group group = new SimpleGroup(message);
                row.accept(group);
                writer.write(group);
            }
            upload.finish();
        }
    }

    private @Nullable Object[] only(Column... columns) {
        return Files.read(store, "f", Schema.of(columns))[0];
    }
}
