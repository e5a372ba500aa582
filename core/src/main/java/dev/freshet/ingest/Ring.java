package dev.freshet.ingest;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Carries batches from readers to encoders and back, bounded in bytes: readers wait while more than the bound is on
/// its way, so that at most the bound and one batch of each exist. Each encoder takes the batches of one reader, whose
/// rows lie side by side, and those of the others when that one has ended or is kept waiting by theirs, so that all are
/// busy until the last. What ends one of either side ends all.
///
/// Lock order: one lock, which protects every field that is not final, here and in [Inlet].
final class Ring {
    /// A recycled batch that once held a huge row is not worth keeping.
    private static final int KEPT_GROWTH = 4;

    private final int maxRows;
    private final long batchBytes;
    private final long maxBytes;
    private final Pace pace;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Inlet> inlets = new ArrayList<>();
    private final Deque<Batch> free = new ArrayDeque<>();
    /// An empty one like the fullest so far.
    private Batch pattern;

    private long patternBytes;
    private long bytes;
    private boolean closed;
    private @Nullable Throwable failure;

    /// @param memory of each reader
    /// @param mostReaders whose shares are the bound
    Ring(Schema schema, int maxRows, MemoryShare memory, int mostReaders, Pace pace) {
        this.pattern = new Batch(schema);
        this.maxRows = pace.atMost(maxRows);
        this.batchBytes = memory.batchBytes();
        this.maxBytes = memory.ringBytes() * mostReaders;
        this.pace = pace;
    }

    /// For a reader more and its encoder.
    Inlet open() {
        lock.lock();
        try {
            Inlet opened = new Inlet();
            inlets.add(opened);
            return opened;
        } finally {
            lock.unlock();
        }
    }

    /// Gives a batch back to the readers.
    void recycle(Batch batch) {
        long held = batch.bytes();
        batch.clear();
        lock.lock();
        try {
            bytes -= held;
            if (isUsual(batch)) {
                free.push(batch);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isUsual(Batch batch) {
        return batch.bytes() <= KEPT_GROWTH * batchBytes;
    }

    private void learn(Batch batch) {
        long used = batch.usedBytes();
        if (used > patternBytes && isUsual(batch)) {
            pattern = batch.another();
            patternBytes = used;
        }
    }

    /// Nobody wants batches any more: all are told at once.
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// An encoder has failed, unless something else has before.
    void fail(Throwable thrown) {
        lock.lock();
        try {
            note(thrown);
            close();
        } finally {
            lock.unlock();
        }
    }

    /// What is thrown because of the ring's end is no failure.
    private void note(@Nullable Throwable thrown) {
        if (failure == null && !closed) {
            failure = thrown;
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

    private boolean isFull() {
        return bytes > 0 && bytes + batchBytes > maxBytes;
    }

    private boolean allEnded() {
        return inlets.stream().allMatch(inlet -> inlet.ended);
    }

    /// A batch of the reader with the most; null if no reader has any.
    private @Nullable Batch anyones() {
        return inlets.stream()
                .max(Comparator.comparingInt(inlet -> inlet.full.size()))
                .map(inlet -> inlet.full.poll())
                .orElse(null);
    }

    /// One reader's end, and its encoder's.
    final class Inlet implements BatchSink {
        private final Deque<Batch> full = new ArrayDeque<>();
        private boolean ended;

        private Inlet() {}

        @Override
        public Batch take() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (!closed && isFull()) {
                    changed.await();
                }
                requireOpen();
                return free.isEmpty() ? pattern.another() : free.pop();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void give(Batch batch) throws InterruptedException {
            pace.wait(batch.rows(), Ring.this::isClosed);
            lock.lockInterruptibly();
            try {
                requireOpen();
                bytes += batch.bytes();
                learn(batch);
                full.add(batch);
                changed.signalAll();
            } finally {
                lock.unlock();
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
                note(thrown);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /// The next batch for the encoder; null when all readers have ended and there are no more.
        ///
        /// @throws Failure with what ended a reader or another encoder, if that was a failure
        @Nullable
        Batch next() throws InterruptedException, Failure {
            lock.lockInterruptibly();
            try {
                while (true) {
                    if (failure != null) {
                        throw new Failure(failure);
                    }
                    requireOpen();
                    Batch next = full.isEmpty() && (ended || isFull()) ? anyones() : full.poll();
                    if (next != null || allEnded()) {
                        return next;
                    }
                    changed.await();
                }
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
    }

    /// Carries what another thread threw to an encoder's.
    static final class Failure extends Exception {
        private final Throwable thrown;

        Failure(Throwable thrown) {
            super(thrown);
            this.thrown = thrown;
        }

        Throwable thrown() {
            return thrown;
        }
    }
}
