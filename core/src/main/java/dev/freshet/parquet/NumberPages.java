package dev.freshet.parquet;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Pages of values of four or eight bytes, handed in as their bits. A page's values are held until it ends.
final class NumberPages extends ValuePages {
    private static final int FIRST_VALUES = 256;

    private final int width;
    private final boolean whole;
    private final DeltaEncoder deltas;
    private final @Nullable BloomBits filter;
    private NumberDictionary dictionary = emptyDictionary();
    private long[] values = {};
    private int count;

    /// @param whole numbers, whose differences mean something
    NumberPages(int width, boolean whole, PageLimits limits, @Nullable BloomBits filter) {
        super(limits);
        this.filter = filter;
        this.width = width;
        this.whole = whole;
        this.deltas = new DeltaEncoder(width == Long.BYTES);
    }

    void add(long bits) {
        if (count == values.length) {
            reserve(1);
        }
        values[count++] = bits;
    }

    void addAll(long[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, values, count, to - from);
        count += to - from;
    }

    void addAll(int[] source, int from, int to) {
        reserve(to - from);
        for (int at = from; at < to; at += LeafValues.STRETCH) {
            addSome(source, at, Math.min(to, at + LeafValues.STRETCH));
        }
    }

    private void addSome(int[] source, int from, int to) {
        for (int i = from; i < to; i++) {
            values[count++] = source[i];
        }
    }

    private void reserve(int more) {
        if (count + more > values.length) {
            values = Arrays.copyOf(values, Math.max(Math.max(FIRST_VALUES, count + more), 2 * values.length));
        }
    }

    /// The page's values: the first [#count()] elements.
    long[] values() {
        return values;
    }

    int count() {
        return count;
    }

    boolean pageFull() {
        return (long) count * Long.BYTES >= limits.pageBytes();
    }

    /// The page's values, valid until the space is used again.
    EncodedValues encode(PageSpace space) throws IOException {
        if (filter != null) {
            filter.addAll(values, count, width);
        }
        if (count > 0 && byDictionary()) {
            int[] ids = space.ids(count);
            if (dictionary.number(values, count, ids)
                    && !tooManyDistinct(count)
                    && (dictionaryUsed() || isSmall(ids, space))) {
                return encodeIds(ids, count, space);
            }
            endDictionary();
        }
        Encoding encoding = count == 0 ? Encoding.PLAIN : direct(space);
        return new EncodedValues(direct(encoding, space).toBytes(), encoding);
    }

    /// Whether the page is no larger with a dictionary, that included, than by differences.
    private boolean isSmall(int[] ids, PageSpace space) throws IOException {
        if (!whole) {
            return true;
        }
        PageBuffer page = space.page();
        putIds(ids, count, page);
        long numbered = space.compressedSize(page) + space.compressedSize(dictionaryEntries());
        return numbered <= size(Encoding.DELTA_BINARY_PACKED, space);
    }

    @Override
    Encoding chooseDirect(PageSpace space) throws IOException {
        boolean smaller = whole && size(Encoding.DELTA_BINARY_PACKED, space) < size(Encoding.PLAIN, space);
        return smaller ? Encoding.DELTA_BINARY_PACKED : Encoding.PLAIN;
    }

    private long size(Encoding encoding, PageSpace space) throws IOException {
        return space.compressedSize(direct(encoding, space));
    }

    private PageBuffer direct(Encoding encoding, PageSpace space) {
        PageBuffer page = space.page();
        if (encoding == Encoding.PLAIN) {
            putPlain(values, count, page);
        } else {
            deltas.encode(values, count, page);
        }
        return page;
    }

    private void putPlain(long[] source, int length, PageBuffer out) {
        if (width == Long.BYTES) {
            out.putLongs(source, length);
        } else {
            out.putInts(source, length);
        }
    }

    void clearPage() {
        count = 0;
        if ((long) values.length * Long.BYTES > 2L * limits.pageBytes()) {
            values = new long[0];
        }
    }

    @Override
    int dictionarySize() {
        return dictionary.size();
    }

    @Override
    PageBuffer dictionaryEntries() {
        PageBuffer entries = new PageBuffer();
        putPlain(dictionary.entries(), dictionary.size(), entries);
        return entries;
    }

    @Override
    void newDictionary() {
        dictionary = emptyDictionary();
    }

    private NumberDictionary emptyDictionary() {
        return new NumberDictionary(MAX_ENTRIES, limits.dictionaryBytes());
    }

    long bytes() {
        return (long) values.length * Long.BYTES + dictionary.bytes();
    }
}
