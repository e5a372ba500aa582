package dev.freshet.parquet;

/// The least and the greatest value of a page or chunk in plain encoding, without a length; long ones are cut, the
/// greatest to something above it.
///
/// @param known false if there are values without an order
record PageBounds(byte[] min, byte[] max, boolean known) {
    private static final byte[] NOTHING = {};

    /// Of no values at all.
    static final PageBounds NONE = new PageBounds(NOTHING, NOTHING, true);

    static final PageBounds UNKNOWN = new PageBounds(NOTHING, NOTHING, false);

    PageBounds(byte[] min, byte[] max) {
        this(min, max, true);
    }

    /// The bounds of both, none of which is [#NONE].
    PageBounds with(PageBounds other, Physical type) {
        if (!known || !other.known) {
            return UNKNOWN;
        }
        return new PageBounds(
                type.compare(min, other.min) <= 0 ? min : other.min,
                type.compare(max, other.max) >= 0 ? max : other.max);
    }
}
