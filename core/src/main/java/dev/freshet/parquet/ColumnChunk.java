package dev.freshet.parquet;

import dev.freshet.batch.Vector;
import java.io.IOException;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;

/// One column of a row group under construction: its compressed pages, in memory until the group is written.
/// Confined to one thread at a time.
final class ColumnChunk implements AutoCloseable {
    /// Bounds come cut already; this is what Parquet may cut further for the column index.
    private static final int INDEX_BYTES = 64;

    private final ChunkWriter writer;
    private final PageCompressor compressor;
    private final ColumnChunkPageWriteStore store;
    private final PageWriter pages;

    ColumnChunk(ChunkWriter writer, MessageType schema, PageSpace space) {
        this.writer = writer;
        this.compressor = new PageCompressor(space.compressor());
        MessageType column = new MessageType(
                schema.getName(), schema.getType(writer.descriptor().getPath()[0]));
        this.store = new ColumnChunkPageWriteStore(
                compressor, column, HeapByteBufferAllocator.getInstance(), INDEX_BYTES, true);
        this.pages = store.getPageWriter(writer.descriptor());
    }

    void write(Vector vector, int from, int to, PageSpace space) throws IOException {
        compressor.use(space.compressor());
        writer.write(vector, from, to, pages, space);
    }

    void end(PageSpace space) throws IOException {
        compressor.use(space.compressor());
        writer.endChunk(pages, space);
        writer.bloomFilter().ifPresent(store.getBloomFilterWriter(writer.descriptor())::writeBloomFilter);
    }

    void writeTo(ParquetFileWriter file) throws IOException {
        store.flushToFileWriter(file);
    }

    /// Memory held by finished pages.
    long bytes() {
        return pages.getMemSize();
    }

    @Override
    public void close() {
        store.close();
    }
}
