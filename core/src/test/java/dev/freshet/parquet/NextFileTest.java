package dev.freshet.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.RandomRows;
import dev.freshet.batch.Schema;
import dev.freshet.host.Host;
import dev.freshet.store.MemoryStore;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A writer's second file is as if it were the first: it knows nothing of the one before, but has its memory.
class NextFileTest {
    private static final Schema TEXTS = Schema.of(new Column("t", ColumnType.STRING, true));

    private final MemoryStore store = new MemoryStore();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
    void itIsTheSameAsThatOfAnotherWriter(long seed) {
        RandomRows random = new RandomRows(seed);
        Schema schema = random.schema(14);
        for (Encoder encoder : Encoder.values()) {
            WriteOptions options = Files.small(seed)
                    .withEncoder(encoder)
                    .withBloomFilters(List.of(schema.column(0).name()));
            requireSame(schema, List.of(random.rows(schema, 3000), random.rows(schema, 2000)), options);
        }
    }

    @Test
    void whatDidNotPayInOneFileMayPayInTheNext() {
        @Nullable Object[][] distinct = texts(20_000, i -> "%032d".formatted(i * 2_654_435_761L));
        @Nullable Object[][] few = texts(20_000, i -> "state " + i % 7);
        @Nullable Object[][] none = texts(20_000, _ -> null);
        WriteOptions options = WriteOptions.defaults().withPageBytes(10_000).withRowGroups(300_000, 1_000_000);
        requireSame(TEXTS, List.of(distinct, few, none, distinct, none, few), options);
    }

    private void requireSame(Schema schema, List<@Nullable Object[][]> tables, WriteOptions options) {
        try (DataFileWriter writer = new DataFileWriter(schema, options, Host.system())) {
            for (int i = 0; i < tables.size(); i++) {
                String name = options.encoder() + "-" + i;
                writer.begin(store.upload(name));
                Files.write(writer, schema, tables.get(i));
                FileSummary summary = writer.finish();
                assertThat(summary).isEqualTo(Files.write(store, name + "-alone", schema, tables.get(i), options));
                assertThat(store.read(name)).isEqualTo(store.read(name + "-alone"));
            }
        }
    }

    @Test
    void itNeedsNoMemoryOfItsOwn() {
        @Nullable Object[][] rows = texts(10_000, i -> "%0300d".formatted(i));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] allocated = new long[3];
        try (DataFileWriter writer = new DataFileWriter(
                TEXTS, store.upload("0"), WriteOptions.defaults().withThreads(1))) {
            for (int file = 0; file < allocated.length; file++) {
                if (file > 0) {
                    writer.begin(store.upload("" + file));
                }
                long before = threads.getCurrentThreadAllocatedBytes();
                Files.write(writer, TEXTS, rows);
                writer.finish();
                allocated[file] = threads.getCurrentThreadAllocatedBytes() - before;
            }
        }
        long batches = allocated[2];
        assertThat(allocated[0] - batches).isGreaterThan(4 << 20);
        assertThat(allocated[1] - batches).isLessThan(1 << 20);
    }

    private static @Nullable Object[][] texts(int rows, IntFunction<@Nullable String> text) {
        return IntStream.range(0, rows)
                .mapToObj(i -> new @Nullable Object[] {text.apply(i)})
                .toArray(Object[][]::new);
    }
}
