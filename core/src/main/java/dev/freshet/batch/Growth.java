package dev.freshet.batch;

/// How the arrays of vectors grow and shrink.
final class Growth {
    private static final int SMALLEST = 16;
    private static final int LARGEST = Integer.MAX_VALUE - 8;
    /// Arrays up to this length are never shrunk.
    private static final int KEPT = 4096;

    private Growth() {}

    /// The length of an array that must hold `needed` elements.
    ///
    /// @param room for how many it shall have room at the least
    static int next(int length, int needed, int room) {
        if (needed < 0 || needed > LARGEST) {
            throw new IllegalStateException("a batch's column holds at most 2 GB");
        }
        long half = Math.max(Math.max(SMALLEST, room), length + ((long) length >> 1));
        return Math.clamp(half, needed, LARGEST);
    }

    /// Room for about as many as were used before, and some more, or for as many as were expected.
    static int room(int used, int expected) {
        return Math.clamp(used + ((long) used >> 4), expected, LARGEST);
    }

    /// Whether an array of which `used` elements were used should be given back, to start again with twice that.
    static boolean wasteful(int length, int used) {
        return length > KEPT && used < length / 4;
    }

    static int shrunk(int used) {
        return Math.max(SMALLEST, used * 2);
    }
}
