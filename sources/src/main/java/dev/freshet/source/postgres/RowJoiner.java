package dev.freshet.source.postgres;

import java.util.Arrays;

/// Hands portions of a copy to a decoder, and keeps the begin of a row whose end is in a later portion. A server sends
/// whole rows, so this has seldom anything to do.
final class RowJoiner {
    private final CopyDecoder decoder;
    private byte[] kept = {};
    private int size;

    RowJoiner(CopyDecoder decoder) {
        this.decoder = decoder;
    }

    void decode(byte[] data, int from, int to) throws InterruptedException {
        if (size == 0) {
            int used = decoder.decode(data, from, to);
            if (used < to) {
                keep(data, used, to);
            }
        } else {
            keep(data, from, to);
            int used = decoder.decode(kept, 0, size);
            System.arraycopy(kept, used, kept, 0, size - used);
            size -= used;
        }
    }

    private void keep(byte[] data, int from, int to) {
        int length = to - from;
        if (kept.length - size < length) {
            kept = Arrays.copyOf(kept, Math.max(Math.addExact(size, length), size + (size >> 1)));
        }
        System.arraycopy(data, from, kept, size, length);
        size += length;
    }
}
