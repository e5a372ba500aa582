package dev.freshet.parquet;

import dev.freshet.batch.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.io.PositionOutputStream;

/// The file around the row groups: magic bytes, then the groups, their indexes and Bloom filters, and the footer
/// (Parquet format, `FileMetaData`). Confined to one thread.
final class ParquetFile {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    /// The version is this writer's: it changes when what it writes does, so that a reader can know files with a fault.
    private static final String CREATOR = "freshet version 1.0.0 (build 0)";

    private static final int VERSION = 1;

    private final Schema schema;
    private final Codec codec;
    private final PositionOutputStream out;
    private final List<Group> groups = new ArrayList<>();

    private record Group(long start, long rows, List<WrittenChunk> chunks) {
        long bytes() {
            return chunks.stream().mapToLong(chunk -> chunk.sizes().bytes()).sum();
        }

        long uncompressed() {
            return chunks.stream()
                    .mapToLong(chunk -> chunk.sizes().uncompressed())
                    .sum();
        }
    }

    ParquetFile(Schema schema, Codec codec, PositionOutputStream out) throws IOException {
        this.schema = schema;
        this.codec = codec;
        this.out = out;
        out.write(MAGIC);
    }

    void write(List<ColumnChunk> chunks, long rows) throws IOException {
        long start = out.getPos();
        List<WrittenChunk> written = new ArrayList<>();
        for (ColumnChunk chunk : chunks) {
            written.add(chunk.writeTo(out, out.getPos()));
        }
        groups.add(new Group(start, rows, written));
    }

    void end() throws IOException {
        List<List<WrittenChunk.Places>> places = new ArrayList<>();
        for (Group group : groups) {
            List<WrittenChunk.Places> ofGroup = new ArrayList<>();
            for (WrittenChunk chunk : group.chunks()) {
                ofGroup.add(put(chunk.attachments()));
            }
            places.add(ofGroup);
        }
        PageBuffer footer = new PageBuffer();
        writeFooter(new CompactWriter(footer), places);
        int length = footer.size();
        footer.putInt(length);
        footer.write(MAGIC, 0, MAGIC.length);
        out.write(footer.array(), 0, footer.size());
        out.flush();
    }

    private WrittenChunk.Places put(WrittenChunk.Attachments attachments) throws IOException {
        byte[] columnIndex = attachments.columnIndex();
        byte[] filter = attachments.filter();
        return new WrittenChunk.Places(
                columnIndex == null ? null : put(columnIndex),
                put(attachments.offsetIndex()),
                filter == null ? null : putFilter(filter));
    }

    /// The filter behind its header (Parquet format, `BloomFilterHeader`): split blocks, xxHash, uncompressed.
    private WrittenChunk.Span putFilter(byte[] bits) throws IOException {
        long start = out.getPos();
        PageBuffer buffer = new PageBuffer();
        CompactWriter header = new CompactWriter(buffer);
        header.begin();
        header.number(1, bits.length);
        for (int choice = 2; choice <= 4; choice++) {
            header.begin(choice);
            header.empty(1);
            header.end();
        }
        header.end();
        out.write(buffer.array(), 0, buffer.size());
        out.write(bits);
        return new WrittenChunk.Span(start, buffer.size() + bits.length);
    }

    private WrittenChunk.Span put(byte[] bytes) throws IOException {
        WrittenChunk.Span span = new WrittenChunk.Span(out.getPos(), bytes.length);
        out.write(bytes);
        return span;
    }

    private void writeFooter(CompactWriter footer, List<List<WrittenChunk.Places>> places) {
        footer.begin();
        footer.number(1, VERSION);
        FileSchema.write(2, schema, footer);
        footer.large(3, groups.stream().mapToLong(Group::rows).sum());
        footer.list(4, CompactWriter.STRUCT, groups.size());
        for (int i = 0; i < groups.size(); i++) {
            writeGroup(footer, i, places.get(i));
        }
        footer.text(6, CREATOR);
        footer.list(7, CompactWriter.STRUCT, schema.size());
        for (int i = 0; i < schema.size(); i++) {
            // Bounds are in the order that the column's type defines.
            footer.begin();
            footer.empty(1);
            footer.end();
        }
        footer.end();
    }

    private void writeGroup(CompactWriter footer, int ordinal, List<WrittenChunk.Places> places) {
        Group group = groups.get(ordinal);
        footer.begin();
        footer.list(1, CompactWriter.STRUCT, group.chunks().size());
        for (int i = 0; i < places.size(); i++) {
            group.chunks().get(i).write(footer, codec.number(), places.get(i));
        }
        footer.large(2, group.uncompressed());
        footer.large(3, group.rows());
        footer.large(5, group.start());
        footer.large(6, group.bytes());
        if (ordinal <= Short.MAX_VALUE) {
            footer.small(7, ordinal);
        }
        footer.end();
    }
}
