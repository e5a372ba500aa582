package dev.freshet.parquet;

import dev.freshet.batch.ColumnType;
import dev.freshet.batch.IntVector;
import dev.freshet.batch.LongVector;
import dev.freshet.batch.Vector;
import java.io.IOException;
import java.util.Optional;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/// Whole numbers, dates, times and short decimals, in four or eight bytes.
final class IntegralValues implements LeafValues {
    private static final int STEP = 1024;

    private final ColumnType type;
    private final int width;
    private final NumberPages pages;
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
        int[] values = vector.values();
        if (!vector.hasNulls()) {
            pages.addAll(values, from, to);
            return;
        }
        for (int row = from; row < to; row++) {
            if (!vector.isNull(row)) {
                pages.add(values[row]);
            }
        }
    }

    private void addLongs(LongVector vector, int from, int to) {
        long[] values = vector.values();
        if (!vector.hasNulls()) {
            pages.addAll(values, from, to);
            return;
        }
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
    public void endPage(Statistics<?> page) {
        long pageMin = Long.MAX_VALUE;
        long pageMax = Long.MIN_VALUE;
        long[] values = pages.values();
        for (int i = 0; i < pages.count(); i++) {
            pageMin = Math.min(pageMin, values[i]);
            pageMax = Math.max(pageMax, values[i]);
        }
        if (pages.count() > 0) {
            report(page, pageMin);
            report(page, pageMax);
        }
        min = Math.min(min, pageMin);
        max = Math.max(max, pageMax);
        pages.clearPage();
    }

    private void report(Statistics<?> page, long value) {
        if (width == Integer.BYTES) {
            page.updateStats((int) value);
        } else {
            page.updateStats(value);
        }
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
    public Optional<Bounds> bounds() {
        return min > max ? Optional.empty() : Optional.of(new Bounds(object(min), object(max), true));
    }

    private Object object(long value) {
        return JavaObjects.of(type, value);
    }
}
