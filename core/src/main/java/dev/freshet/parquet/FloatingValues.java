package dev.freshet.parquet;

import dev.freshet.batch.DoubleVector;
import dev.freshet.batch.FloatVector;
import dev.freshet.batch.Vector;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Floats and doubles. A column with a NaN has no bounds, because readers do not agree where NaN is in the order;
/// for the rest -0.0 is below 0.0.
final class FloatingValues implements LeafValues {
    private static final int STEP = 1024;

    private final int width;
    private final NumberPages pages;
    private double pageMin = Double.POSITIVE_INFINITY;
    private double pageMax = Double.NEGATIVE_INFINITY;
    private boolean pageNaN;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private boolean anyNaN;

    FloatingValues(int width, PageLimits limits, @Nullable BloomBits filter) {
        this.width = width;
        this.pages = new NumberPages(width, false, limits, filter);
    }

    @Override
    public int fitting(Vector vector, int from, int to) {
        return Math.min(to, from + STEP);
    }

    @Override
    public void add(Vector vector, int from, int to) {
        for (int at = from; at < to; at += STRETCH) {
            if (vector instanceof FloatVector floats) {
                addFloats(floats, at, Math.min(to, at + STRETCH));
            } else {
                addDoubles((DoubleVector) vector, at, Math.min(to, at + STRETCH));
            }
        }
    }

    private void addFloats(FloatVector vector, int from, int to) {
        for (int row = from; row < to; row++) {
            if (!vector.isNull(row)) {
                pages.add(Float.floatToRawIntBits(vector.get(row)));
            }
        }
    }

    private void addDoubles(DoubleVector vector, int from, int to) {
        for (int row = from; row < to; row++) {
            if (!vector.isNull(row)) {
                pages.add(Double.doubleToRawLongBits(vector.get(row)));
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
        PageBounds bounds = pageBounds();
        min = Math.min(min, pageMin);
        max = Math.max(max, pageMax);
        anyNaN |= pageNaN;
        pageMin = Double.POSITIVE_INFINITY;
        pageMax = Double.NEGATIVE_INFINITY;
        pageNaN = false;
        pages.clearPage();
        return bounds;
    }

    /// Zero is both zeros: readers differ in what they look for (Parquet format, `ColumnOrder`).
    private PageBounds pageBounds() {
        if (pageNaN) {
            return PageBounds.UNKNOWN;
        }
        if (pageMin > pageMax) {
            return PageBounds.NONE;
        }
        return new PageBounds(plain(pageMin == 0 ? -0.0 : pageMin), plain(pageMax == 0 ? 0.0 : pageMax));
    }

    private void widen(long[] bits, int from, int to) {
        for (int i = from; i < to; i++) {
            double value = value(bits[i]);
            if (Double.isNaN(value)) {
                pageNaN = true;
            } else {
                pageMin = Math.min(pageMin, value);
                pageMax = Math.max(pageMax, value);
            }
        }
    }

    private double value(long bits) {
        return width == Float.BYTES ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
    }

    private byte[] plain(double value) {
        return width == Float.BYTES
                ? Physical.bytes(Float.floatToRawIntBits((float) value))
                : Physical.bytes(Double.doubleToRawLongBits(value));
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
                anyNaN || min > max ? Optional.empty() : Optional.of(new Bounds(object(min), object(max), true));
        min = Double.POSITIVE_INFINITY;
        max = Double.NEGATIVE_INFINITY;
        anyNaN = false;
        pages.endFile();
        return bounds;
    }

    private Object object(double value) {
        if (width == Float.BYTES) {
            return (float) value;
        }
        return value;
    }
}
