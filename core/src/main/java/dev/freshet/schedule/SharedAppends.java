package dev.freshet.schedule;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Records that threads of this process bring at about the same time ride in one append: whoever finds nobody
/// writing writes what all have brought; the others look again. Each returns when its own records are there, and
/// fails when that is not certain. No lock, and an interrupt waits, for the append is everybody's.
final class SharedAppends {
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Host host;
    private final Consumer<List<RunRecord>> append;
    private final Queue<Share> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean writing = new AtomicBoolean();

    SharedAppends(Host host, Consumer<List<RunRecord>> append) {
        this.host = host;
        this.append = append;
    }

    void append(List<RunRecord> records) {
        Share share = new Share(records);
        waiting.add(share);
        boolean interrupted = Thread.interrupted();
        try {
            while (!share.ended) {
                interrupted |= writing.compareAndSet(false, true) ? writeAll() : look();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        share.requireWritten();
    }

    /// True when it was interrupted; so is the other.
    private boolean writeAll() {
        List<Share> together = new ArrayList<>();
        try {
            for (Share share = waiting.poll(); share != null; share = waiting.poll()) {
                together.add(share);
            }
            return !together.isEmpty() && write(together);
        } finally {
            together.forEach(Share::end);
            writing.set(false);
        }
    }

    private boolean write(List<Share> together) {
        List<RunRecord> records =
                together.stream().flatMap(share -> share.records.stream()).toList();
        boolean interrupted = false;
        while (true) {
            try {
                append.accept(records);
                together.forEach(share -> share.written = true);
                return interrupted;
            } catch (FreshetException e) {
                together.forEach(share -> share.failure = e);
                if (!Thread.interrupted()) {
                    return interrupted;
                }
                interrupted = true; // one caller's interrupt is no reason to fail all: once more, which does no harm
            }
        }
    }

    private boolean look() {
        try {
            host.sleep(LOOK);
            return false;
        } catch (InterruptedException _) {
            return true;
        }
    }

    /// What one caller brought, and how it ended. Written by whoever appends, read by its caller once it has ended.
    private static final class Share {
        private final List<RunRecord> records;
        private boolean written;
        private @Nullable FreshetException failure;
        private volatile boolean ended;

        Share(List<RunRecord> records) {
            this.records = records;
        }

        void end() {
            ended = true;
        }

        void requireWritten() {
            if (written) {
                return;
            }
            throw failure == null
                    ? new FreshetException(ErrorCode.OUTCOME_UNKNOWN, "whoever wrote the records stopped halfway")
                    : new FreshetException(failure.code(), String.valueOf(failure.getMessage()), failure);
        }
    }
}
