package dev.freshet.parquet;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Schema;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Our encoder: column by column, from vectors to pages.
final class ColumnEncoder implements FileEncoder {
    /// Rows between two looks at the memory held, unless they are wide.
    private static final int SLICE_ROWS = 16 << 10;

    private static final int SLICE_BYTES = 1 << 20;

    private final WriteOptions options;
    private final List<ChunkWriter> columns;
    private final Crew crew;
    private final ParquetFile file;
    private @Nullable RowGroup group;
    private List<ColumnStatistics> statistics = List.of();

    /// @param columns of the schema, at the begin of a file
    ColumnEncoder(Schema schema, List<ChunkWriter> columns, UploadFile out, WriteOptions options, Crew crew)
            throws IOException {
        this.options = options;
        this.columns = columns;
        this.crew = crew;
        this.file = new ParquetFile(schema, options.codec(), out.create(0));
    }

    static List<ChunkWriter> columns(Schema schema, WriteOptions options) {
        ParquetTypes.requireNames(schema);
        PageLimits limits = PageLimits.of(options, schema.size());
        return schema.columns().stream()
                .map(column -> new ChunkWriter(column, limits, options.hasBloomFilter(column.name())))
                .toList();
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
        RowGroup begun = new RowGroup(columns.stream().map(ColumnChunk::new).toList(), crew);
        group = begun;
        return begun;
    }

    private void endGroup(RowGroup open) throws IOException {
        open.writeTo(file);
        group = null;
    }

    @Override
    public void finish() throws IOException {
        if (group != null) {
            endGroup(group);
        }
        file.end();
        statistics = columns.stream().map(ChunkWriter::endFile).toList();
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
        return statistics;
    }

    @Override
    public void close() {
        group = null;
    }
}
