package dev.freshet.parquet;

import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.Vector;
import dev.freshet.batch.WideDecimalVector;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decimals beyond 18 digits, in as few big-endian bytes as their precision needs.
final class WideDecimalValues implements LeafValues {
    private static final int STEP = 1024;

    /// A value in two halves that compares as a number.
    private record Value(long high, long low) {
        boolean below(long otherHigh, long otherLow) {
            return high < otherHigh || (high == otherHigh && Long.compareUnsigned(low, otherLow) < 0);
        }
    }

    private static final Value GREATEST = new Value(Long.MAX_VALUE, -1);
    private static final Value LEAST = new Value(Long.MIN_VALUE, 0);

    private final Decimal type;
    private final int width;
    private final BytesPages pages;
    private final byte[] bytes;
    private boolean any;
    private Value pageMin = GREATEST;
    private Value pageMax = LEAST;
    private Value min = GREATEST;
    private Value max = LEAST;

    WideDecimalValues(Decimal type, PageLimits limits, @Nullable BloomBits filter) {
        this.type = type;
        this.width = ParquetTypes.fixedBytes(type);
        this.pages = new BytesPages(true, limits, filter);
        this.bytes = new byte[width];
    }

    @Override
    public int fitting(Vector vector, int from, int to) {
        return Math.min(to, from + STEP);
    }

    @Override
    public void add(Vector vector, int from, int to) {
        WideDecimalVector decimals = (WideDecimalVector) vector;
        for (int row = from; row < to; row++) {
            if (!decimals.isNull(row)) {
                add(decimals.high(row), decimals.low(row));
            }
        }
    }

    private void add(long high, long low) {
        if (!pageMin.below(high, low)) {
            pageMin = new Value(high, low);
        }
        if (pageMax.below(high, low)) {
            pageMax = new Value(high, low);
        }
        any = true;
        put(high, low, bytes);
        pages.add(bytes, 0, width);
    }

    /// Fills the bytes, the highest first.
    private static void put(long high, long low, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            int shift = (bytes.length - 1 - i) * Byte.SIZE;
            bytes[i] = (byte) (shift >= Long.SIZE ? high >>> (shift - Long.SIZE) : low >>> shift);
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
        PageBounds bounds = any ? new PageBounds(plain(pageMin), plain(pageMax)) : PageBounds.NONE;
        min = min.below(pageMin.high, pageMin.low) ? min : pageMin;
        max = max.below(pageMax.high, pageMax.low) ? pageMax : max;
        pageMin = GREATEST;
        pageMax = LEAST;
        any = false;
        pages.clearPage();
        return bounds;
    }

    private byte[] plain(Value value) {
        byte[] plain = new byte[width];
        put(value.high, value.low, plain);
        return plain;
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
        Optional<Bounds> bounds = max.below(min.high, min.low)
                ? Optional.empty()
                : Optional.of(new Bounds(decimal(min), decimal(max), true));
        min = GREATEST;
        max = LEAST;
        pages.endFile();
        return bounds;
    }

    private BigDecimal decimal(Value value) {
        return new BigDecimal(new BigInteger(plain(value)), type.scale());
    }
}
