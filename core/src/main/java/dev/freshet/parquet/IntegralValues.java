package dev.freshet.parquet;

import dev.freshet.batch.ColumnType;
import dev.freshet.batch.IntVector;
import dev.freshet.batch.LongVector;
import dev.freshet.batch.Vector;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whole numbers, dates, times and short decimals, in four or eight bytes.
final class IntegralValues implements LeafValues {
    private static final int STEP = 1024;

    private final ColumnType type;
    private final int width;
    private final NumberPages pages;
    private long pageMin = Long.MAX_VALUE;
    private long pageMax = Long.MIN_VALUE;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;

    IntegralValues(ColumnType type, int width, PageLimits limits, @Nullable BloomBits filter) {
        this.type = type;
        this.width = width;
        this.pages = new NumberPages(width, true, limits, filter);
    }

    @Override
    public int fitting(Vector vector, int from, int to) {
        return Math.min(to, from + STEP);
    }

    @Override
    public void add(Vector vector, int from, int to) {
        if (vector instanceof IntVector ints) {
            addInts(ints, from, to);
        } else {
            addLongs((LongVector) vector, from, to);
        }
    }

    private void addInts(IntVector vector, int from, int to) {
        if (!vector.hasNulls()) {
            pages.addAll(vector.values(), from, to);
            return;
        }
        for (int at = from; at < to; at += STRETCH) {
            addPresent(vector, at, Math.min(to, at + STRETCH));
        }
    }

    private void addPresent(IntVector vector, int from, int to) {
        int[] values = vector.values();
        for (int row = from; row < to; row++) {
            if (!vector.isNull(row)) {
                pages.add(values[row]);
            }
        }
    }

    private void addLongs(LongVector vector, int from, int to) {
        if (!vector.hasNulls()) {
            pages.addAll(vector.values(), from, to);
            return;
        }
        for (int at = from; at < to; at += STRETCH) {
            addPresent(vector, at, Math.min(to, at + STRETCH));
        }
    }

    private void addPresent(LongVector vector, int from, int to) {
        long[] values = vector.values();
        for (int row = from; row < to; row++) {
            if (!vector.isNull(row)) {
                pages.add(values[row]);
            }
        }
    }

    @Override
    public boolean pageFull() {
        return pages.pageFull();
    }

    @Override
    public EncodedValues encode(PageSpace space) throws IOException {
        return pages.encode(space);
    }

    @Override
    public PageBounds endPage() {
        for (int at = 0; at < pages.count(); at += STRETCH) {
            widen(pages.values(), at, Math.min(pages.count(), at + STRETCH));
        }
        PageBounds bounds = pages.count() > 0 ? new PageBounds(plain(pageMin), plain(pageMax)) : PageBounds.NONE;
        min = Math.min(min, pageMin);
        max = Math.max(max, pageMax);
        pageMin = Long.MAX_VALUE;
        pageMax = Long.MIN_VALUE;
        pages.clearPage();
        return bounds;
    }

    private void widen(long[] values, int from, int to) {
        long least = pageMin;
        long most = pageMax;
        for (int i = from; i < to; i++) {
            least = Math.min(least, values[i]);
            most = Math.max(most, values[i]);
        }
        pageMin = least;
        pageMax = most;
    }

    private byte[] plain(long value) {
        return width == Integer.BYTES ? Physical.bytes((int) value) : Physical.bytes(value);
    }

    @Override
    public Optional<DictionaryPage> endChunk() {
        return pages.endChunk();
    }

    @Override
    public long bytes() {
        return pages.bytes();
    }

    @Override
    public Optional<Bounds> endFile() {
        Optional<Bounds> bounds =
                min > max ? Optional.empty() : Optional.of(new Bounds(object(min), object(max), true));
        min = Long.MAX_VALUE;
        max = Long.MIN_VALUE;
        pages.endFile();
        return bounds;
    }

    private Object object(long value) {
        return JavaObjects.of(type, value);
    }
}
