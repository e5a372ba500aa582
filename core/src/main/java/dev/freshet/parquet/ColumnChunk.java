package dev.freshet.parquet;

import dev.freshet.batch.Vector;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.jspecify.annotations.Nullable;

/// One column of a row group under construction: its compressed pages behind their headers, in memory until the group
/// is written. Confined to one thread at a time.
final class ColumnChunk {
    /// The format's numbers of kinds of pages.
    static final int DATA_PAGE = 0;

    static final int DICTIONARY_PAGE = 2;

    private final ChunkWriter writer;
    private final PageIndex index;
    private final List<PageBuffer> pages = new ArrayList<>();
    private final Map<Encoding, Integer> encodings = new EnumMap<>(Encoding.class);
    private @Nullable PageBuffer dictionary;
    private long bytes;
    private long uncompressed;

    ColumnChunk(ChunkWriter writer) {
        this.writer = writer;
        this.index = new PageIndex(Physical.of(writer.column().type()));
    }

    void write(Vector vector, int from, int to, PageSpace space) throws IOException {
        writer.write(vector, from, to, this, space);
    }

    void end(PageSpace space) throws IOException {
        writer.endChunk(this, space);
    }

    /// @param page what the content is, but for its size in the file
    void addPage(EncodedValues content, PageIndex.Page page, PageSpace space) throws IOException {
        PageBuffer complete = page(DATA_PAGE, content.bytes(), space, header -> {
            header.begin(5);
            header.number(1, page.levels());
            header.number(2, content.encoding().number());
            header.number(3, Encoding.RLE.number());
            header.number(4, Encoding.RLE.number());
            header.end();
        });
        pages.add(complete);
        encodings.merge(content.encoding(), 1, Integer::sum);
        index.add(page.in(complete.size()));
    }

    void addDictionary(DictionaryPage entries, PageSpace space) throws IOException {
        dictionary = page(DICTIONARY_PAGE, entries.bytes(), space, header -> {
            header.begin(7);
            header.number(1, entries.count());
            header.number(2, Encoding.PLAIN.number());
            header.end();
        });
    }

    /// What a page's header says beside its sizes.
    @FunctionalInterface
    private interface Details {
        void write(CompactWriter header);
    }

    /// A page as it is in the file (Parquet format, `PageHeader`).
    private PageBuffer page(int type, BytesInput content, PageSpace space, Details details) throws IOException {
        int size = sizeOf(content);
        BytesInput body = space.compressor().compress(content);
        CRC32 crc = new CRC32();
        body.writeAllTo(new CheckedOutputStream(OutputStream.nullOutputStream(), crc));
        PageBuffer header = space.header();
        CompactWriter out = new CompactWriter(header);
        out.begin();
        out.number(1, type);
        out.number(2, size);
        out.number(3, sizeOf(body));
        out.number(4, (int) crc.getValue());
        details.write(out);
        out.end();
        PageBuffer page = new PageBuffer(Math.addExact(header.size(), sizeOf(body)));
        page.putBytes(header.array(), 0, header.size());
        body.writeAllTo(page);
        bytes += page.size();
        uncompressed += header.size() + size;
        return page;
    }

    private static int sizeOf(BytesInput content) throws IOException {
        if (content.size() > Integer.MAX_VALUE) {
            throw new IOException("a page of %d bytes is larger than Parquet allows".formatted(content.size()));
        }
        return (int) content.size();
    }

    /// Writes the pages, and lets go of them.
    WrittenChunk writeTo(OutputStream out, long start) throws IOException {
        int dictionaryBytes = dictionary == null ? 0 : dictionary.size();
        if (dictionary != null) {
            out.write(dictionary.array(), 0, dictionary.size());
        }
        for (PageBuffer page : pages) {
            out.write(page.array(), 0, page.size());
        }
        pages.clear();
        var sizes = new WrittenChunk.Sizes(start, dictionaryBytes, bytes, uncompressed);
        var attachments = new WrittenChunk.Attachments(index.columnIndex(), index.offsetIndex(sizes.data()), filter());
        return new WrittenChunk(writer.column(), index.contents(), encodings, sizes, attachments);
    }

    /// Where all values are in the dictionary, that tells more than a filter.
    private byte @Nullable [] filter() {
        Optional<byte[]> filter = writer.bloomFilter();
        return encodings.keySet().equals(Set.of(Encoding.RLE_DICTIONARY)) ? null : filter.orElse(null);
    }

    /// Memory held by finished pages.
    long bytes() {
        return bytes;
    }
}
