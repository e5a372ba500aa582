package dev.freshet.batch;

import java.util.Arrays;

/// Which rows are null: one bit a row, no array at all until the first null.
final class Validity {
    private static final long[] NONE = {};

    private long[] nulls = NONE;
    private boolean any;

    boolean isNull(int row) {
        int word = row >> 6;
        return any && word < nulls.length && (nulls[word] & (1L << row)) != 0;
    }

    boolean any() {
        return any;
    }

    void setNull(int row) {
        int word = row >> 6;
        if (word >= nulls.length) {
            nulls = Arrays.copyOf(nulls, Growth.next(nulls.length, word + 1, 0));
        }
        nulls[word] |= 1L << row;
        any = true;
    }

    void clear() {
        if (any) {
            Arrays.fill(nulls, 0);
            any = false;
        }
    }

    long bytes() {
        return (long) nulls.length * Long.BYTES;
    }
}
