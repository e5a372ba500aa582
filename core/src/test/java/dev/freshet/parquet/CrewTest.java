package dev.freshet.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.RandomRows;
import dev.freshet.batch.Schema;
import dev.freshet.host.Host;
import dev.freshet.store.MemoryStore;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CrewTest {
    private final MemoryStore store = new MemoryStore();

    @Test
    void severalThreadsWriteTheSameBytesAsOne() {
        RandomRows random = new RandomRows(17);
        Schema schema = random.schema(14);
        @Nullable Object[][] rows = random.rows(schema, 20_000);
        for (Codec codec : Codec.values()) {
            WriteOptions options = WriteOptions.defaults().withCodec(codec, 1).withRowGroups(64 << 20, 7000);
            Files.write(store, codec + "1", schema, rows, options);
            Files.write(store, codec + "4", schema, rows, options.withThreads(4));
            assertThat(store.read(codec + "4")).isEqualTo(store.read(codec + "1"));
        }
    }

    @Test
    void eachColumnIsDoneOnceAndEachThreadHasASpaceOfItsOwn() throws IOException {
        Team team = team(4);
        AtomicInteger sum = new AtomicInteger();
        Set<PageSpace> busy = ConcurrentHashMap.newKeySet();
        for (int round = 0; round < 200; round++) {
            team.each(50, (column, space) -> {
                assertThat(busy.add(space)).isTrue();
                sum.addAndGet(column);
                busy.remove(space);
            });
        }
        assertThat(sum).hasValue(200 * 49 * 50 / 2);
    }

    @Test
    void theFirstFailureEndsTheRoundAndNobodyIsAtItAnyMore() {
        Team team = team(3);
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger at = new AtomicInteger();
        for (int round = 0; round < 100; round++) {
            begun.set(0);
            assertThatThrownBy(() -> team.each(1000, (column, _) -> {
                        at.incrementAndGet();
                        try {
                            int number = begun.incrementAndGet();
                            if (number == 7) {
                                throw new IOException("the disk is full");
                            }
                            // Whoever has failed may lose its processor before it has said so.
                            LockSupport.parkNanos(number > 7 ? 1_000_000 : 0);
                        } finally {
                            at.decrementAndGet();
                        }
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the disk is full");
            assertThat(at).hasValue(0);
            assertThat(begun).hasValueLessThan(1000);
        }
    }

    @Test
    void aNullWhereThereIsNoneIsRefusedWhicheverThreadFindsIt() {
        List<Column> columns = IntStream.range(0, 9)
                .mapToObj(i -> new Column("c" + i, ColumnType.INT, i < 8))
                .toList();
        Batch batch = new Batch(new Schema(columns));
        IntStream.range(0, 9).forEach(i -> batch.ints(i).appendNull());
        WriteOptions options = WriteOptions.defaults().withThreads(3);
        try (DataFileWriter writer = new DataFileWriter(batch.schema(), store.upload("f"), options, Host.system())) {
            assertThatThrownBy(() -> writer.write(batch)).hasMessageContaining("null in column 'c8'");
        }
        assertThat(store.stat("f")).isEmpty();
    }

    private static Team team(int threads) {
        Codecs codecs = new Codecs(1);
        return new Team(
                Host.system(),
                Stream.generate(() -> new PageSpace(codecs.getCompressor(CompressionCodecName.UNCOMPRESSED)))
                        .limit(threads)
                        .toList());
    }
}
