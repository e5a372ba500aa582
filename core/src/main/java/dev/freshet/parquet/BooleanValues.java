package dev.freshet.parquet;

import dev.freshet.batch.IntVector;
import dev.freshet.batch.Vector;
import java.util.Optional;

/// Booleans, eight to a byte. They have no bounds in a Delta table.
final class BooleanValues implements LeafValues {
    private final PageBuffer packed = new PageBuffer();
    private int pending;
    private int pendingBits;
    private boolean anyTrue;
    private boolean anyFalse;

    @Override
    public int fitting(Vector vector, int from, int to) {
        return to;
    }

    @Override
    public void add(Vector vector, int from, int to) {
        for (int at = from; at < to; at += STRETCH) {
            add((IntVector) vector, at, Math.min(to, at + STRETCH));
        }
    }

    private void add(IntVector vector, int from, int to) {
        for (int row = from; row < to; row++) {
            if (!vector.isNull(row)) {
                add(vector.get(row) != 0);
            }
        }
    }

    private void add(boolean value) {
        anyTrue |= value;
        anyFalse |= !value;
        pending |= (value ? 1 : 0) << pendingBits;
        if (++pendingBits == Byte.SIZE) {
            flush();
        }
    }

    private void flush() {
        packed.write(pending);
        pending = 0;
        pendingBits = 0;
    }

    @Override
    public boolean pageFull() {
        return false;
    }

    @Override
    public EncodedValues encode(PageSpace space) {
        if (pendingBits > 0) {
            flush();
        }
        return new EncodedValues(packed.toBytes(), Encoding.PLAIN);
    }

    @Override
    public PageBounds endPage() {
        PageBounds bounds = anyTrue || anyFalse ? new PageBounds(plain(!anyFalse), plain(anyTrue)) : PageBounds.NONE;
        anyTrue = false;
        anyFalse = false;
        packed.clear(packed.capacity());
        return bounds;
    }

    private static byte[] plain(boolean value) {
        return new byte[] {(byte) (value ? 1 : 0)};
    }

    @Override
    public Optional<DictionaryPage> endChunk() {
        return Optional.empty();
    }

    @Override
    public long bytes() {
        return packed.capacity();
    }

    @Override
    public Optional<Bounds> endFile() {
        return Optional.empty();
    }
}
