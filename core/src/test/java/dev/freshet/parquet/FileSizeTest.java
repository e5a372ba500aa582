package dev.freshet.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.batch.Batch;
import dev.freshet.batch.TypicalRows;
import dev.freshet.store.MemoryStore;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FileSizeTest {
    private static final double MOST = 1.05;

    private final MemoryStore store = new MemoryStore();

    static Stream<Named<List<Batch>>> tables() {
        return Stream.of(
                Named.of("order lines", TypicalRows.lineItems(120_000)), Named.of("wide", TypicalRows.wide(60_000)));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void filesAreHardlyEverLargerThanParquetJavas(List<Batch> table) {
        for (Codec codec : Codec.values()) {
            WriteOptions options = WriteOptions.defaults().withCodec(codec, 1);
            long ours = size(codec + "-ours", table, options);
            long theirs = size(codec + "-java", table, options.withEncoder(Encoder.PARQUET_JAVA));
            assertThat(ours).as(codec.name()).isLessThan((long) (theirs * MOST));
        }
    }

    private long size(String key, List<Batch> table, WriteOptions options) {
        try (DataFileWriter writer = new DataFileWriter(table.getFirst().schema(), store.upload(key), options)) {
            table.forEach(writer::write);
            return writer.finish().bytes();
        }
    }
}
