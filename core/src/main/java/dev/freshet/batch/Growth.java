package dev.freshet.batch;

/// How the arrays of vectors grow and shrink.
final class Growth {
    private static final int SMALLEST = 16;
    private static final int LARGEST = Integer.MAX_VALUE - 8;
    /// Arrays up to this length are never shrunk.
    private static final int KEPT = 4096;

    private Growth() {}

    /// The length of an array that must hold `needed` elements.
    static int next(int length, int needed) {
        if (needed < 0 || needed > LARGEST) {
            throw new IllegalStateException("a batch's column holds at most 2 GB");
        }
        long half = Math.max(SMALLEST, length + ((long) length >> 1));
        return Math.clamp(half, needed, LARGEST);
    }

    /// Whether an array of which `used` elements were used should be given back, to start again with twice that.
    static boolean wasteful(int length, int used) {
        return length > KEPT && used < length / 4;
    }

    static int shrunk(int used) {
        return Math.max(SMALLEST, used * 2);
    }
}
