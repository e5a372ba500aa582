package dev.freshet.table;

/// The right to commit, ordered: the epoch of the control table and the version of the claiming commit in it.
/// Along a table's log the fences of one role never decrease; a holder with a lower fence than the table's cannot
/// commit.
public record Fence(long epoch, long version) implements Comparable<Fence> {
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
        int byEpoch = Long.compare(epoch, other.epoch);
        return byEpoch == 0 ? Long.compare(version, other.version) : byEpoch;
    }

    @Override
    public String toString() {
        return "[" + epoch + ", " + version + "]";
    }
}
