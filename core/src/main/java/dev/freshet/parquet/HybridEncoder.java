package dev.freshet.parquet;

import org.apache.parquet.bytes.BytesInput;

/// Small numbers as Parquet's hybrid of runs and bit-packed groups of eight: `RLE` of the format's encodings.
final class HybridEncoder {
    private static final int GROUP = 8;
    /// The most groups whose header is one byte.
    private static final int MOST_GROUPS = 63;

    private static final int SMALL = 64 << 10;

    private final int width;
    private final PageBuffer out;
    /// Values that are not written yet, the last of them the newest.
    private final int[] group = new int[GROUP];

    private int pending;
    private int last;
    /// How often in a row the newest value came since the last group was written.
    private int repeats;
    /// Where the header of the groups is that may still grow.
    private int header = -1;

    private int groups;

    HybridEncoder(int width) {
        this(width, new PageBuffer());
    }

    private HybridEncoder(int width, PageBuffer out) {
        this.width = width;
        this.out = out;
    }

    /// Appends the first so many values.
    static void encode(int[] values, int count, int width, PageBuffer out) {
        HybridEncoder encoder = new HybridEncoder(width, out);
        encoder.addAll(values, count);
    }

    void add(int value) {
        if (repeats > 0 && value == last) {
            repeats++;
            if (repeats >= GROUP) {
                return;
            }
        } else {
            endRun();
            last = value;
            repeats = 1;
        }
        group[pending++] = value;
        if (pending == GROUP) {
            putGroup(group, 0, GROUP);
            pending = 0;
            repeats = 0;
        }
    }

    /// Adds a value so many times.
    void add(int value, int times) {
        int left = times;
        while (left > 0 && !(repeats >= GROUP && value == last)) {
            add(value);
            left--;
        }
        repeats += left;
    }

    /// Runs, and between them all groups at once.
    private void addAll(int[] values, int count) {
        int grouped = 0;
        int at = 0;
        while (at < count) {
            int run = runLength(values, at, count);
            if (run >= GROUP) {
                putGroups(values, grouped, at);
                putRun(values[at], run);
                at += run;
                grouped = at;
            } else {
                at += GROUP;
            }
        }
        putGroups(values, grouped, count);
    }

    private void putGroups(int[] values, int from, int to) {
        if (from == to) {
            return;
        }
        long many = (to - from + GROUP - 1L) / GROUP;
        out.putVarint(many << 1 | 1);
        int start = out.size();
        BitPacking.pack(values, from, to, width, out);
        while (out.size() < start + many * width) {
            out.write(0);
        }
    }

    private static int runLength(int[] values, int from, int count) {
        int end = from + 1;
        while (end < count && values[end] == values[from]) {
            end++;
        }
        return end - from;
    }

    /// Everything that was added, valid until the next call but this one.
    BytesInput toBytes() {
        endRun();
        if (pending > 0) {
            putGroup(group, 0, pending);
            pending = 0;
        }
        endGroups();
        return out.toBytes();
    }

    void clear() {
        out.clear(SMALL);
        pending = 0;
        repeats = 0;
        header = -1;
        groups = 0;
    }

    long bytes() {
        return out.capacity() + (long) GROUP * Integer.BYTES;
    }

    private void endRun() {
        if (repeats >= GROUP) {
            putRun(last, repeats);
            pending = 0;
        }
        repeats = 0;
    }

    private void putRun(int value, int length) {
        endGroups();
        out.putVarint((long) length << 1);
        for (int shift = 0; shift < width; shift += Byte.SIZE) {
            out.write(value >>> shift);
        }
    }

    private void putGroup(int[] values, int from, int to) {
        if (groups == MOST_GROUPS) {
            endGroups();
        }
        if (header < 0) {
            header = out.size();
            out.write(0);
        }
        int start = out.size();
        BitPacking.pack(values, from, to, width, out);
        while (out.size() < start + width) {
            out.write(0);
        }
        groups++;
    }

    private void endGroups() {
        if (header >= 0) {
            out.array()[header] = (byte) (groups << 1 | 1);
            header = -1;
            groups = 0;
        }
    }
}
