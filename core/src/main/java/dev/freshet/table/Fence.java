package dev.freshet.table;

import java.util.Comparator;

/// The right to commit, ordered: the epoch of the control table and the version of the claiming commit in it.
/// Along a table's log the fences of one role never decrease; a holder with a lower fence than the table's cannot
/// commit.
public record Fence(long epoch, long version) implements Comparable<Fence> {
    private static final Comparator<Fence> ORDER =
            Comparator.comparingLong(Fence::epoch).thenComparingLong(Fence::version);

    public Fence {
        if (epoch < 0 || version < 0) {
            throw new IllegalArgumentException("a fence has no negative part: [" + epoch + ", " + version + "]");
        }
    }

    public boolean isBelow(Fence other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(Fence other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "[" + epoch + ", " + version + "]";
    }
}
