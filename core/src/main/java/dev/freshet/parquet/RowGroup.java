package dev.freshet.parquet;

import dev.freshet.batch.Batch;
import java.io.IOException;
import java.util.List;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;

/// A row group under construction: compressed pages of all columns, in memory until the group is written.
final class RowGroup implements AutoCloseable {
    /// Bounds come cut already; this is what Parquet may cut further for the column index.
    private static final int INDEX_BYTES = 64;

    private final List<ChunkWriter> chunks;
    private final PageSpace space;
    private final ColumnChunkPageWriteStore store;
    private final List<PageWriter> pages;
    private long rows;

    RowGroup(List<ChunkWriter> chunks, MessageType schema, PageSpace space) {
        this.chunks = chunks;
        this.space = space;
        this.store = new ColumnChunkPageWriteStore(
                space.compressor(), schema, HeapByteBufferAllocator.getInstance(), INDEX_BYTES, true);
        this.pages = chunks.stream()
                .map(chunk -> store.getPageWriter(chunk.descriptor()))
                .toList();
    }

    void write(Batch batch, int from, int to) throws IOException {
        for (int i = 0; i < chunks.size(); i++) {
            chunks.get(i).write(batch.column(i), from, to, pages.get(i), space);
        }
        rows += to - from;
    }

    long rows() {
        return rows;
    }

    /// Memory held by finished pages.
    long bytes() {
        long sum = 0;
        for (PageWriter page : pages) {
            sum += page.getMemSize();
        }
        return sum;
    }

    void writeTo(ParquetFileWriter file) throws IOException {
        for (int i = 0; i < chunks.size(); i++) {
            chunks.get(i).endChunk(pages.get(i), space);
        }
        file.startBlock(rows);
        store.flushToFileWriter(file);
        file.endBlock();
    }

    @Override
    public void close() {
        store.close();
    }
}
