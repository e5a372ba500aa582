package dev.freshet.event;

import org.jspecify.annotations.Nullable;

/// How one durable entry ended. Written by its lane, read by its caller.
final class Receipt {
    private final Entry entry;
    private volatile boolean stored;
    private volatile boolean refused;
    private volatile @Nullable Throwable failure;

    Receipt(Entry entry) {
        this.entry = entry;
    }

    Entry entry() {
        return entry;
    }

    void stored() {
        stored = true;
    }

    /// An attempt failed; there may be another.
    void failed(Throwable why) {
        failure = why;
    }

    /// It will never be stored.
    void refused(Throwable why) {
        failure = why;
        refused = true;
    }

    boolean isStored() {
        return stored;
    }

    boolean isRefused() {
        return refused;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }
}
