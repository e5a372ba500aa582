package dev.freshet.event;

import java.util.concurrent.atomic.AtomicLong;

/// Bytes that all spill files of a process may take together. Lock-free.
final class Budget {
    private final long most;
    private final AtomicLong used = new AtomicLong();

    Budget(long most) {
        this.most = most;
    }

    long most() {
        return most;
    }

    boolean take(long bytes) {
        if (used.addAndGet(bytes) <= most) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /// Also beyond the limit: what is on the disk already, or must be kept for what is there to make sense.
    void charge(long bytes) {
        used.addAndGet(bytes);
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
