package dev.freshet.parquet;

import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;

/// Room to encode one page after the other, of whatever columns, and the compressor that they go through. What it
/// hands out is valid until it is used for the next page. Confined to one thread at a time.
final class PageSpace {
    /// Of a page that is compressed only to learn how small it becomes, so many bytes stand for all.
    private static final int SAMPLE = 128 << 10;
    /// Room for more values, which only long lists need, is not kept for the next page.
    private static final int MOST_KEPT = 1 << 17;
    private static final int LARGE = 4 << 20;

    private final BytesInputCompressor compressor;
    private final PageBuffer page = new PageBuffer();
    private final PageBuffer header = new PageBuffer();
    private int[] ids = {};
    private long[] numbers = {};

    PageSpace(BytesInputCompressor compressor) {
        this.compressor = compressor;
    }

    BytesInputCompressor compressor() {
        return compressor;
    }

    /// The page's buffer, emptied.
    PageBuffer page() {
        page.clear(LARGE);
        return page;
    }

    /// The buffer for a page's header, emptied.
    PageBuffer header() {
        header.clear(LARGE);
        return header;
    }

    /// Room for so many numbers of dictionary entries.
    int[] ids(int count) {
        if (count > MOST_KEPT) {
            return new int[count];
        }
        if (ids.length < count) {
            ids = new int[count];
        }
        return ids;
    }

    /// The values as numbers of 64 bits.
    long[] widened(int[] values, int count) {
        long[] wide = numbers(count);
        for (int at = 0; at < count; at += LeafValues.STRETCH) {
            widen(values, wide, at, Math.min(count, at + LeafValues.STRETCH));
        }
        return wide;
    }

    private static void widen(int[] values, long[] wide, int from, int to) {
        for (int i = from; i < to; i++) {
            wide[i] = values[i];
        }
    }

    private long[] numbers(int count) {
        if (count > MOST_KEPT) {
            return new long[count];
        }
        if (numbers.length < count) {
            numbers = new long[count];
        }
        return numbers;
    }

    /// About how many bytes these will be in the file.
    long compressedSize(PageBuffer bytes) throws IOException {
        int sample = Math.min(bytes.size(), SAMPLE);
        if (sample == 0) {
            return 0;
        }
        long compressed =
                compressor.compress(BytesInput.from(bytes.array(), 0, sample)).size();
        return compressed * bytes.size() / sample;
    }

    /// Memory held between pages, without the compressor's.
    long bytes() {
        return page.capacity() + (long) ids.length * Integer.BYTES + (long) numbers.length * Long.BYTES;
    }

    void release() {
        compressor.release();
    }
}
