package dev.freshet.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import dev.freshet.store.LocalStore;
import dev.freshet.store.MemoryStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundedMemoryTest {
    private static final WriteOptions OPTIONS = WriteOptions.defaults().withRowGroups(8 << 20, 1_000_000);

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} columns of {1} random bytes")
    @CsvSource({"1, 8", "10, 30", "300, 20", "1000, 4", "2, 100000"})
    void memoryHeldStaysNearTheRowGroupLimitWhateverTheRowsAreLike(int columns, int width) {
        Batch batch = batch(columns, width);
        long most = 0;
        long written = 0;
        try (DataFileWriter writer =
                new DataFileWriter(batch.schema(), LocalStore.open(folder).upload("f"), OPTIONS)) {
            while (written < 40 << 20) {
                writer.write(batch);
                written += batch.usedBytes();
                most = Math.max(most, writer.bytesHeld());
            }
            writer.finish();
        }
        assertThat(most).isLessThan(OPTIONS.rowGroupBytes() * 3 / 2);
    }

    private static Batch batch(int columns, int width) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        List<Column> list = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            list.add(new Column("c" + i, ColumnType.BINARY, true));
        }
        Batch batch = new Batch(new Schema(list));
        byte[] value = new byte[width];
        for (int row = 0; row < Math.max(1, (1 << 20) / (columns * width)); row++) {
            for (int i = 0; i < columns; i++) {
                random.nextBytes(value);
                batch.texts(i).append(value);
            }
        }
        return batch;
    }

    @Test
    void aHugeValueIsNotKeptAfterItsPage() {
        Batch batch = batch(1, 32 << 20);
        try (DataFileWriter writer =
                new DataFileWriter(batch.schema(), LocalStore.open(folder).upload("f"), OPTIONS)) {
            writer.write(batch);
            assertThat(writer.bytesHeld()).isLessThan(4 << 20);
        }
    }

    @Test
    void aFileClosedUnfinishedIsNeverSeen() {
        MemoryStore store = new MemoryStore();
        Batch batch = batch(2, 10);
        DataFileWriter writer = new DataFileWriter(batch.schema(), store.upload("f"), OPTIONS);
        writer.write(batch);
        writer.close();
        writer.close();
        assertThat(store.stat("f")).isEmpty();
    }

    @Test
    void aColumnNameThatDeltaForbidsIsRefusedBeforeAnythingIsWritten() {
        Schema schema = Schema.of(new Column("a b", ColumnType.INT, true));
        assertThatThrownBy(() -> new DataFileWriter(schema, new MemoryStore().upload("f"), OPTIONS))
                .hasMessage("column 'a b' has a space in its name, which Delta tables do not allow");
    }

    @Test
    void aNullWhereTheSchemaHasNoneIsRefused() {
        Batch batch = new Batch(Schema.of(new Column("a", ColumnType.INT, false)));
        batch.ints(0).appendNull();
        try (DataFileWriter writer = new DataFileWriter(batch.schema(), new MemoryStore().upload("f"), OPTIONS)) {
            assertThatThrownBy(() -> writer.write(batch)).hasMessageContaining("null in column 'a'");
        }
    }

    @Test
    void aRaggedBatchIsRefused() {
        Batch batch = batch(2, 10);
        batch.texts(0).append(new byte[3]);
        try (DataFileWriter writer = new DataFileWriter(batch.schema(), new MemoryStore().upload("f"), OPTIONS)) {
            assertThatThrownBy(() -> writer.write(batch)).hasMessageContaining("column 'c0' of the batch has");
        }
    }
}
