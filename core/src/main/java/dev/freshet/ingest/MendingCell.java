package dev.freshet.ingest;

import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Vector;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/// Reads text, and makes a value that does not fit fit, as its column's policy says.
final class MendingCell implements Cell {
    private final Cell exact;
    private final ColumnPolicy policy;
    private final AtomicLong count;

    MendingCell(Cell exact, ColumnPolicy policy, AtomicLong count) {
        this.exact = exact;
        this.policy = policy;
        this.count = count;
    }

    @Override
    public void read(byte[] data, int offset, int length, Vector into) {
        try {
            exact.read(data, offset, length, into);
        } catch (Misfit misfit) {
            mend(TextCells.text(data, offset, length), misfit, into);
            count.getAndIncrement();
        }
    }

    private void mend(String text, Misfit misfit, Vector into) {
        ColumnType as = policy.as();
        switch (policy.onMisfit()) {
            case ERROR -> throw misfit;
            case NULL -> into.appendNull();
            case ROUND -> append(Bounds.of(as).rounded(text).orElseThrow(() -> misfit), into);
            case CLAMP -> append(Bounds.of(as).clamped(text).orElseThrow(() -> misfit), into);
        }
    }

    private void append(String mended, Vector into) {
        byte[] text = mended.getBytes(StandardCharsets.UTF_8);
        exact.read(text, 0, text.length, into);
    }
}
