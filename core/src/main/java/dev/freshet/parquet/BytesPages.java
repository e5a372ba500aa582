package dev.freshet.parquet;

import dev.freshet.batch.BytesVector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.jspecify.annotations.Nullable;

/// Pages of byte strings, of any length or all of one. A page holds the numbers of dictionary entries, or the bytes
/// and, apart, their lengths.
final class BytesPages extends ValuePages {
    private static final int FIRST_VALUES = 256;
    /// What is larger is not copied once more.
    private static final int LARGE = 2 << 20;

    private final boolean fixed;
    private final DeltaEncoder deltas = new DeltaEncoder(false);
    private final @Nullable BloomBits filter;
    private final PageBuffer data = new PageBuffer();
    private BytesDictionary dictionary = emptyDictionary();
    /// Numbers of entries, or lengths.
    private int[] numbers = {};
    private int count;
    private boolean numbered = true;
    /// What the entries of the page need in plain encoding.
    private long plainBytes;

    /// @param fixed whether all have the same length, which is then written nowhere
    BytesPages(boolean fixed, PageLimits limits, @Nullable BloomBits filter) {
        super(limits);
        this.filter = filter;
        this.fixed = fixed;
    }

    /// Adds the rows that are not null.
    void addAll(BytesVector vector, int from, int to) {
        for (int at = from; at < to; at += LeafValues.STRETCH) {
            addSome(vector, at, Math.min(to, at + LeafValues.STRETCH));
        }
    }

    private void addSome(BytesVector vector, int from, int to) {
        int row = from;
        for (; row < to && (numbered || filter != null); row++) {
            if (!vector.isNull(row)) {
                add(vector.data(), vector.start(row), vector.end(row));
            }
        }
        if (row < to) {
            copyAll(vector, row, to);
        }
    }

    /// Null rows have no bytes, so the others' lie side by side.
    private void copyAll(BytesVector vector, int from, int to) {
        data.putBytes(vector.data(), vector.start(from), vector.end(to - 1) - vector.start(from));
        ensure(count + to - from);
        boolean nulls = vector.hasNulls();
        for (int row = from; row < to; row++) {
            if (!nulls || !vector.isNull(row)) {
                numbers[count++] = vector.length(row);
            }
        }
    }

    void add(byte[] source, int start, int end) {
        if (filter != null) {
            filter.add(source, start, end);
        }
        if (numbered) {
            int id = end - start > limits.dictionaryBytes() / 4 ? -1 : dictionary.idOf(source, start, end);
            if (id >= 0) {
                append(id);
                plainBytes += Integer.BYTES + end - start;
                return;
            }
            spellOut();
        }
        append(end - start);
        data.putBytes(source, start, end - start);
    }

    private void append(int number) {
        ensure(count + 1);
        numbers[count++] = number;
    }

    private void ensure(int values) {
        if (values > numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(Math.max(FIRST_VALUES, values), 2 * count));
        }
    }

    /// Ends the dictionary, and replaces numbers of entries by the entries.
    private void spellOut() {
        for (int i = 0; i < count; i++) {
            int start = dictionary.start(numbers[i]);
            int length = dictionary.end(numbers[i]) - start;
            data.putBytes(dictionary.entries(), start, length);
            numbers[i] = length;
        }
        plainBytes = 0;
        numbered = false;
        endDictionary();
    }

    /// Widens bounds by the page's values.
    void widen(BytesBounds bounds) {
        if (numbered) {
            widenByEntries(bounds);
        } else {
            bounds.widen(data.array(), numbers, count);
        }
    }

    private void widenByEntries(BytesBounds bounds) {
        boolean[] seen = new boolean[dictionary.size()];
        for (int at = 0; at < count; at += LeafValues.STRETCH) {
            widenByEntries(seen, at, Math.min(count, at + LeafValues.STRETCH), bounds);
        }
    }

    private void widenByEntries(boolean[] seen, int from, int to, BytesBounds bounds) {
        for (int i = from; i < to; i++) {
            int id = numbers[i];
            if (!seen[id]) {
                seen[id] = true;
                bounds.widen(dictionary.entries(), dictionary.start(id), dictionary.end(id));
            }
        }
    }

    boolean pageFull() {
        return data.size() + (long) count * Integer.BYTES >= limits.pageBytes()
                || plainBytes >= 4L * limits.pageBytes();
    }

    /// The page's values, valid until the next ones are added or the space is used again.
    EncodedValues encode(PageSpace space) throws IOException {
        if (numbered && tooManyDistinct(count)) {
            spellOut();
        }
        if (numbered && count > 0) {
            return encodeIds(numbers, count, space);
        }
        Encoding encoding = count == 0 ? Encoding.PLAIN : direct(space);
        if (encoding == Encoding.PLAIN) {
            return new EncodedValues(plain(space), encoding);
        }
        return new EncodedValues(BytesInput.concat(lengths(space).toBytes(), data.toBytes()), encoding);
    }

    @Override
    Encoding chooseDirect(PageSpace space) throws IOException {
        if (fixed || data.size() > LARGE) {
            return Encoding.PLAIN;
        }
        long apart = space.compressedSize(lengths(space)) + space.compressedSize(data);
        long together = space.compressedSize(copyPlain(space));
        return apart < together ? Encoding.DELTA_LENGTH_BYTE_ARRAY : Encoding.PLAIN;
    }

    private PageBuffer lengths(PageSpace space) {
        PageBuffer page = space.page();
        deltas.encode(space.widened(numbers, count), count, page);
        return page;
    }

    private BytesInput plain(PageSpace space) {
        if (fixed) {
            return data.toBytes();
        }
        return data.size() > LARGE ? inPlace() : copyPlain(space).toBytes();
    }

    /// Every value behind its length.
    private PageBuffer copyPlain(PageSpace space) {
        PageBuffer page = space.page();
        int start = 0;
        for (int at = 0; at < count; at += LeafValues.STRETCH) {
            start = copyPlain(start, at, Math.min(count, at + LeafValues.STRETCH), page);
        }
        return page;
    }

    private int copyPlain(int begin, int from, int to, PageBuffer page) {
        byte[] source = data.array();
        int start = begin;
        for (int i = from; i < to; i++) {
            page.putInt(numbers[i]);
            page.putBytes(source, start, numbers[i]);
            start += numbers[i];
        }
        return start;
    }

    private BytesInput inPlace() {
        List<BytesInput> pieces = new ArrayList<>(2 * count);
        int start = 0;
        for (int i = 0; i < count; i++) {
            pieces.add(BytesInput.fromInt(numbers[i]));
            pieces.add(BytesInput.from(data.array(), start, numbers[i]));
            start += numbers[i];
        }
        return BytesInput.concat(pieces);
    }

    void clearPage() {
        count = 0;
        plainBytes = 0;
        data.clear(2 * limits.pageBytes());
        if ((long) numbers.length * Integer.BYTES > 2L * limits.pageBytes()) {
            numbers = new int[0];
        }
    }

    @Override
    void endFile() {
        super.endFile();
        numbered = true;
    }

    @Override
    int dictionarySize() {
        return dictionary.size();
    }

    @Override
    PageBuffer dictionaryEntries() {
        PageBuffer page = new PageBuffer();
        for (int id = 0; id < dictionary.size(); id++) {
            int length = dictionary.end(id) - dictionary.start(id);
            if (!fixed) {
                page.putInt(length);
            }
            page.putBytes(dictionary.entries(), dictionary.start(id), length);
        }
        return page;
    }

    @Override
    void newDictionary() {
        dictionary = emptyDictionary();
    }

    private BytesDictionary emptyDictionary() {
        return new BytesDictionary(MAX_ENTRIES, limits.dictionaryBytes());
    }

    long bytes() {
        return data.capacity() + (long) numbers.length * Integer.BYTES + dictionary.bytes();
    }
}
