package dev.freshet.event;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.host.Work;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores the entries of one table, batch after batch in their order; a batch that cannot be stored now stays at the
/// head and holds up nobody but this lane. Works on a thread of its own as long as anything waits. Its fields are
/// written by that thread, or are volatile; it holds no lock.
final class Lane {
    private static final Duration LOOK = Duration.ofMillis(5);
    /// So many callers of the last batch come again at once, and a part of a batch's time is well spent to take them
    /// along.
    private static final int CROWD = 8;

    private static final int CROWD_WAITS = 6;
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final String table;
    private final boolean durable;
    private final Terms terms;
    private final List<Backlog> backlogs;
    private final int left;
    private final CommitPace pace;
    private final AtomicBoolean working = new AtomicBoolean();
    private volatile @Nullable Work work;
    private volatile @Nullable Throwable failure;
    private volatile boolean hurry;
    private volatile boolean closing;
    private volatile boolean stopped;
    /// Since when the oldest entry may be waiting.
    private volatile long since;

    private int crowd;
    private volatile long usualNanos = Duration.ofMillis(4).toNanos();

    /// What all lanes of a recorder share.
    ///
    /// @param bury takes an entry that can never be stored, and why
    record Terms(Host host, EventHandler handler, FlushTerms flush, Counters counters, Bury bury) {}

    @FunctionalInterface
    interface Bury {
        void bury(Entry entry, String reason);
    }

    /// @param durable whether callers wait for each entry
    /// @param backlogs in the order in which they are taken from; new entries go to the last one that has room
    /// @param left how many of them, the first ones, dead processes left, which take no new entries
    Lane(String table, boolean durable, Terms terms, List<Backlog> backlogs, int left) {
        this.table = table;
        this.durable = durable;
        this.terms = terms;
        this.backlogs = List.copyOf(backlogs);
        this.left = left;
        this.pace = new CommitPace(terms.host());
        this.since = terms.host().nanos() - (left > 0 ? terms.flush().interval().toNanos() : 0);
    }

    boolean offer(Waiting entry) {
        if (!working.get()) {
            since = terms.host().nanos();
        }
        for (int i = backlogs.size() - 1; i >= left; i--) {
            if (backlogs.get(i).offer(entry)) {
                return true;
            }
        }
        return false;
    }

    /// Sees to it that somebody works.
    void wake() {
        if (!working.get() && !stopped && failure == null && working.compareAndSet(false, true)) {
            work = terms.host().startApart("freshet-events-" + table, this::work);
        }
    }

    private void work() {
        try {
            if (!isDue()) {
                terms.handler().prepare();
            }
            while (!stopped && size() > 0) {
                if (isDue()) {
                    flush();
                } else {
                    terms.host().sleep(LOOK);
                }
            }
            hurry = false;
        } catch (InterruptedException _) {
            stopped = true;
        } catch (Error e) {
            failure = e;
        } finally {
            working.set(false);
        }
        if (size() > 0) {
            wake();
        }
    }

    private boolean isDue() {
        if (durable || hurry || closing) {
            return true;
        }
        FlushTerms flush = terms.flush();
        long bytes = bytes();
        long nanos = terms.host().nanos();
        boolean wanted = size() >= flush.events()
                || bytes >= flush.bytes()
                || nanos - since >= flush.interval().toNanos();
        return wanted && (bytes >= flush.bytes() || pace.allows(nanos));
    }

    private void flush() throws InterruptedException {
        if (crowd >= CROWD) {
            terms.host().sleep(usual().dividedBy(CROWD_WAITS));
        }
        for (Backlog backlog : backlogs) {
            if (backlog.size() > 0) {
                store(backlog);
                return;
            }
        }
    }

    private void store(Backlog backlog) throws InterruptedException {
        long started = terms.host().nanos();
        for (int attempt = 1; !stopped; attempt++) {
            List<Receipt> receipts = List.of();
            try {
                Taken taken = backlog.take(terms.flush().bytes()).orElseThrow();
                receipts = taken.receipts();
                storeWhatFits(taken);
                stored(backlog, taken, started);
                return;
            } catch (RuntimeException e) {
                terms.counters().failures.increment();
                receipts.forEach(receipt -> receipt.failed(e));
                backlog.secure();
                report(attempt, e);
                pause(attempt);
            }
        }
    }

    private void storeWhatFits(Taken taken) {
        EventBatch batch = taken.batch();
        while (batch.size() > 0) {
            try {
                terms.handler().store(batch);
                return;
            } catch (RefusedGroupsException e) {
                if (e.groups().isEmpty()) {
                    throw e;
                }
                refuse(taken, e);
            }
        }
    }

    private void refuse(Taken taken, RefusedGroupsException why) {
        String reason = Objects.toString(why.getMessage());
        LOG.warn(
                "events of table {}: {} groups are refused and go to the table of dead letters: {}",
                table,
                why.groups().size(),
                reason);
        taken.batch().remove(why.groups());
        for (EventGroup group : why.groups()) {
            if (durable) {
                taken.receipts().stream()
                        .filter(receipt -> group.entries().contains(receipt.entry()))
                        .forEach(receipt -> receipt.refused(why));
            } else {
                group.entries().forEach(entry -> terms.bury().bury(entry, reason));
            }
        }
    }

    private void stored(Backlog backlog, Taken taken, long started) {
        backlog.acknowledge();
        since = started;
        int count = taken.batch().size();
        if (!table.equals(EventRecorder.DEAD_LETTERS)) {
            terms.counters().stored.add(count);
        }
        if (durable) {
            terms.counters().durable.add(count);
        }
        terms.counters().batches.increment();
        usualNanos = (usualNanos * 3 + terms.host().nanos() - started) / 4;
        crowd = taken.receipts().size();
        taken.receipts().stream().filter(receipt -> !receipt.isRefused()).forEach(Receipt::stored);
    }

    private void report(int attempt, RuntimeException why) {
        String message = Objects.toString(why.getMessage(), why.toString());
        if (attempt == RetryPauses.FEW + 1) {
            LOG.warn(
                    "events of table {}: not stored after {} retries, kept and tried again: {}",
                    table,
                    attempt - 1,
                    message);
        } else {
            LOG.info("events of table {}: attempt {} failed: {}", table, attempt, message);
        }
    }

    /// In slices, so that a recorder that is to close does not wait for it.
    private void pause(int attempt) throws InterruptedException {
        Host host = terms.host();
        Duration wanted = RetryPauses.after(attempt, host.random());
        long start = host.nanos();
        while (!stopped && host.nanos() - start < (closing ? RetryPauses.shortened(wanted) : wanted).toNanos()) {
            host.sleep(LOOK);
        }
    }

    /// A commit of this process to the table became that version.
    void committed(long version) {
        pace.committed(version);
    }

    /// Does not wait for the interval, until nothing waits any more.
    void hurry() {
        hurry = size() > 0;
        wake();
    }

    void close() {
        closing = true;
        wake();
    }

    /// Ends the work that is under way; what waits stays.
    void stop() {
        stopped = true;
        Work current = work;
        if (current != null && working.get()) {
            current.interrupt();
        }
    }

    boolean isEnded() {
        return !working.get();
    }

    /// What ended it for good: an error, which is never retried.
    @Nullable
    Throwable failure() {
        return failure;
    }

    /// How long a batch usually takes.
    Duration usual() {
        return Duration.ofNanos(usualNanos);
    }

    String table() {
        return table;
    }

    int size() {
        int size = 0;
        for (Backlog backlog : backlogs) {
            size += backlog.size();
        }
        return size;
    }

    private long bytes() {
        long bytes = 0;
        for (Backlog backlog : backlogs) {
            bytes += backlog.bytes();
        }
        return bytes;
    }

    List<Backlog> backlogs() {
        return backlogs;
    }

    /// @throws FreshetException if it does not work any more
    void requireAlive() {
        Throwable why = failure;
        if (why != null) {
            throw new FreshetException(
                    ErrorCode.INTERNAL, "events of table %s are not stored any more: %s".formatted(table, why), why);
        }
    }
}
