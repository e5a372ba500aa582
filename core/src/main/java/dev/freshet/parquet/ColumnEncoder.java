package dev.freshet.parquet;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/// Our encoder: column by column, from vectors to pages.
final class ColumnEncoder implements FileEncoder {
    /// Rows between two looks at the memory held, unless they are wide.
    private static final int SLICE_ROWS = 16 << 10;

    private static final int SLICE_BYTES = 1 << 20;
    private static final int INDEX_BYTES = 64;

    private final WriteOptions options;
    private final MessageType message;
    private final List<ChunkWriter> columns;
    private final Crew crew;
    private final ParquetFileWriter file;
    private @Nullable RowGroup group;

    ColumnEncoder(Schema schema, OutputFile out, WriteOptions options, Crew crew) throws IOException {
        this.options = options;
        this.message = ParquetTypes.message(schema);
        this.columns = columns(schema, message.getColumns(), options);
        this.crew = crew;
        this.file = new ParquetFileWriter(
                out,
                message,
                ParquetFileWriter.Mode.CREATE,
                options.rowGroupBytes(),
                0,
                INDEX_BYTES,
                Integer.MAX_VALUE,
                true);
        file.start();
    }

    private static List<ChunkWriter> columns(Schema schema, List<ColumnDescriptor> leaves, WriteOptions options) {
        PageLimits limits = PageLimits.of(options, leaves.size());
        List<ChunkWriter> columns = new ArrayList<>();
        for (int i = 0; i < leaves.size(); i++) {
            boolean filtered = options.hasBloomFilter(schema.column(i).name());
            columns.add(new ChunkWriter(schema.column(i), leaves.get(i), limits, filtered));
        }
        return List.copyOf(columns);
    }

    @Override
    public void write(Batch batch) throws IOException {
        int slice = sliceRows(batch);
        int row = 0;
        while (row < batch.rows()) {
            int end = (int) Math.min(Math.min(batch.rows(), row + slice), row + roomInGroup());
            writeSlice(batch, row, end);
            row = end;
        }
    }

    private static int sliceRows(Batch batch) {
        long rowBytes = batch.usedBytes() / Math.max(1, batch.rows()) + 1;
        return Math.clamp(SLICE_BYTES / rowBytes, 1, SLICE_ROWS);
    }

    private long roomInGroup() {
        return options.rowGroupRows() - (group == null ? 0 : group.rows());
    }

    private void writeSlice(Batch batch, int from, int to) throws IOException {
        RowGroup open = group == null ? begin() : group;
        open.write(batch, from, to);
        if (open.rows() >= options.rowGroupRows() || bytesHeld() >= options.rowGroupBytes()) {
            endGroup(open);
        }
    }

    private RowGroup begin() {
        List<ColumnChunk> chunks = columns.stream()
                .map(column -> new ColumnChunk(column, message, crew.first()))
                .toList();
        RowGroup begun = new RowGroup(chunks, crew);
        group = begun;
        return begun;
    }

    private void endGroup(RowGroup open) throws IOException {
        open.writeTo(file);
        open.close();
        group = null;
    }

    @Override
    public void finish() throws IOException {
        if (group != null) {
            endGroup(group);
        }
        file.end(Map.of());
    }

    @Override
    public long bytesHeld() {
        long sum = crew.bytes() + (group == null ? 0 : group.bytes());
        for (ChunkWriter column : columns) {
            sum += column.bytes();
        }
        return sum;
    }

    @Override
    public List<ColumnStatistics> statistics() {
        return columns.stream().map(ChunkWriter::statistics).toList();
    }

    @Override
    public void close() throws IOException {
        try (file) {
            if (group != null) {
                group.close();
            }
        }
    }
}
