package dev.freshet.parquet;

import dev.freshet.batch.Batch;
import java.io.IOException;
import java.util.List;

/// A row group under construction.
final class RowGroup {
    private final List<ColumnChunk> chunks;
    private final Crew crew;
    private long rows;

    RowGroup(List<ColumnChunk> chunks, Crew crew) {
        this.chunks = chunks;
        this.crew = crew;
    }

    void write(Batch batch, int from, int to) throws IOException {
        crew.each(chunks.size(), (i, space) -> chunks.get(i).write(batch.column(i), from, to, space));
        rows += to - from;
    }

    long rows() {
        return rows;
    }

    /// Memory held by finished pages.
    long bytes() {
        long sum = 0;
        for (ColumnChunk chunk : chunks) {
            sum += chunk.bytes();
        }
        return sum;
    }

    void writeTo(ParquetFile file) throws IOException {
        crew.each(chunks.size(), (i, space) -> chunks.get(i).end(space));
        file.write(chunks, rows);
    }
}
