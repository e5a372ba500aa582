package dev.freshet.ingest;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Schema;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Carries batches from one reader to one encoder and back, bounded in bytes: the reader waits while more than
/// the bound is on its way, so that at most the bound and one batch exist. Either side's end is the other's.
///
/// Lock order: one lock, which protects every field that is not final.
final class Ring implements BatchSink {
    /// A recycled batch that once held a huge row is not worth keeping.
    private static final int KEPT_GROWTH = 4;

    private final Schema schema;
    private final int maxRows;
    private final long batchBytes;
    private final long maxBytes;
    private final Pace pace;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Batch> full = new ArrayDeque<>();
    private final Deque<Batch> free = new ArrayDeque<>();
    private long bytes;
    private boolean closed;
    private boolean ended;
    private @Nullable Throwable failure;

    Ring(Schema schema, int maxRows, MemoryShare memory, Pace pace) {
        this.schema = schema;
        this.maxRows = pace.atMost(maxRows);
        this.batchBytes = memory.batchBytes();
        this.maxBytes = memory.ringBytes();
        this.pace = pace;
    }

    @Override
    public Batch take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && bytes > 0 && bytes + batchBytes > maxBytes) {
                changed.await();
            }
            requireOpen();
            return free.isEmpty() ? new Batch(schema) : free.pop();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void give(Batch batch) throws InterruptedException {
        pace.wait(batch.rows(), this::isClosed);
        lock.lockInterruptibly();
        try {
            requireOpen();
            bytes += batch.bytes();
            full.add(batch);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() throws InterruptedException {
        if (closed) {
            throw new InterruptedException("the encoder has ended");
        }
    }

    @Override
    public int maxRows() {
        return maxRows;
    }

    @Override
    public long maxBytes() {
        return batchBytes;
    }

    /// The reader has ended: with a failure, or with the last batch given.
    void end(@Nullable Throwable thrown) {
        lock.lock();
        try {
            ended = true;
            failure = thrown;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The next batch for the encoder; null when there are no more.
    ///
    /// @throws SourceFailure with what ended the reader, if that was a failure
    @Nullable
    Batch next() throws InterruptedException, SourceFailure {
        lock.lockInterruptibly();
        try {
            while (full.isEmpty() && !ended && !closed) {
                changed.await();
            }
            requireOpen();
            if (failure != null) {
                throw new SourceFailure(failure);
            }
            return full.poll();
        } finally {
            lock.unlock();
        }
    }

    /// Gives a batch back to the reader.
    void recycle(Batch batch) {
        long held = batch.bytes();
        batch.clear();
        lock.lock();
        try {
            bytes -= held;
            if (batch.bytes() <= KEPT_GROWTH * batchBytes) {
                free.push(batch);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Nobody wants batches any more: both sides are told at once.
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the reader has ended.
    void awaitEnd() {
        lock.lock();
        try {
            while (!ended) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Carries what the reader threw to the encoder's thread.
    static final class SourceFailure extends Exception {
        private final Throwable thrown;

        SourceFailure(Throwable thrown) {
            super(thrown);
            this.thrown = thrown;
        }

        Throwable thrown() {
            return thrown;
        }
    }
}
