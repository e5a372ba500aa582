package dev.freshet.parquet;

import dev.freshet.batch.Batch;
import dev.freshet.batch.RandomRows;
import dev.freshet.batch.Schema;
import dev.freshet.host.Host;
import dev.freshet.store.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes and reads whole data files.
final class Files {
    private Files() {}

    /// Writes the rows in batches of a few hundred.
    static FileSummary write(Store store, String key, Schema schema, @Nullable Object[][] rows, WriteOptions options) {
        try (DataFileWriter writer = new DataFileWriter(schema, store.upload(key), options, Host.system())) {
            write(writer, schema, rows);
            return writer.finish();
        }
    }

    static void write(DataFileWriter writer, Schema schema, @Nullable Object[][] rows) {
        Batch batch = new Batch(schema);
        for (int from = 0; from < rows.length; from += 700) {
            batch.clear();
            Arrays.stream(rows, from, Math.min(rows.length, from + 700)).forEach(batch::appendRow);
            writer.write(batch);
        }
    }

    static @Nullable Object[][] read(Store store, String key, Schema wanted) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        try (DataFileReader reader = new DataFileReader(store, key, wanted)) {
            Batch batch = new Batch(wanted);
            while (reader.read(batch)) {
                for (int row = 0; row < batch.rows(); row++) {
                    @Nullable Object[] values = new Object[wanted.size()];
                    for (int column = 0; column < values.length; column++) {
                        values[column] = batch.value(column, row);
                    }
                    rows.add(values);
                }
            }
        }
        return rows.toArray(Object[][]::new);
    }

    /// Options that make many pages and row groups of few rows.
    static WriteOptions small(long seed) {
        return switch ((int) (seed % 5)) {
            case 0 -> WriteOptions.defaults();
            case 4 -> WriteOptions.defaults().withPageBytes(3000).withRowGroups(1 << 20, 1000);
            case 1 -> WriteOptions.defaults().withPageBytes(1).withRowGroups(1 << 20, 333);
            case 2 -> WriteOptions.defaults().withCodec(Codec.UNCOMPRESSED, 1).withPageBytes(2000);
            default -> WriteOptions.defaults().withCodec(Codec.SNAPPY, 1).withRowGroups(20_000, 100_000);
        };
    }

    static RandomRows random(long seed) {
        return new RandomRows(seed);
    }
}
