package dev.freshet.table;

import java.time.Duration;

/// How long a commit tries. `tries` and `patience` bound how often and how long it is decided again after others
/// were faster; `putDeadline` bounds the repeating of one put whose answer was lost.
record CommitBounds(int tries, Duration patience, Duration putDeadline) {
    CommitBounds {
        if (tries < 1 || patience.isNegative() || putDeadline.isNegative()) {
            throw new IllegalArgumentException("a commit is tried at least once, within times that are not negative");
        }
    }

    static CommitBounds defaults() {
        return new CommitBounds(1000, Duration.ofMinutes(5), Duration.ofSeconds(30));
    }

    CommitBounds withTries(int tries) {
        return new CommitBounds(tries, patience, putDeadline);
    }
}
