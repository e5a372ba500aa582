package dev.freshet.store;

import dev.freshet.host.Guard;
import dev.freshet.host.Host;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// Put-if-absent for content whose bytes no other writer can produce: the one place where a lost reply is resolved.
/// The same bytes are put again, with growing, jittered pauses, until the store says whose name it is. A put is
/// never given up halfway: an interrupt waits until the answer is there. Safe for use by many threads.
public final class Puts {
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final int MOST_DOUBLINGS = 7;

    private final Store store;
    private final Host host;
    private final Duration deadline;

    /// @param deadline how long a put may stay unresolved before the answer is [PutAnswer#UNKNOWN]
    public Puts(Store store, Host host, Duration deadline) {
        this.store = store;
        this.host = host;
        this.deadline = deadline;
    }

    /// Throws [StoreException] only when the store refused the very first attempt, so that certainly nothing was
    /// written.
    public PutAnswer put(String key, byte[] content) {
        boolean interrupted = Thread.interrupted();
        try {
            long start = host.nanos();
            Optional<PutAnswer> answer = attempt(key, content, true);
            for (int doublings = 0; answer.isEmpty() && !passed(start); doublings++) {
                interrupted |= pause(doublings);
                answer = attempt(key, content, false);
            }
            return answer.orElse(PutAnswer.UNKNOWN);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Optional<PutAnswer> attempt(String key, byte[] content, boolean first) {
        try {
            return Optional.of(
                    switch (store.putIfAbsent(key, content)) {
                        case CREATED -> PutAnswer.CREATED;
                        case EXISTS -> whose(key, content);
                    });
        } catch (StoreException e) {
            if ((first && e.refused()) || !host.keeps(Guard.REPEATED_PUT)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /// The number may have been cleaned away between the put and the read; then only the state can tell whose it
    /// was.
    private PutAnswer whose(String key, byte[] content) {
        try {
            return Arrays.equals(store.read(key), content) ? PutAnswer.CREATED : PutAnswer.EXISTS;
        } catch (MissingObjectException _) {
            return PutAnswer.UNKNOWN;
        }
    }

    private boolean passed(long start) {
        return host.nanos() - start >= deadline.toNanos();
    }

    /// True when an interrupt cut the pause short. A store call that is interrupted fails and leaves the mark set,
    /// which would make every later call fail as well, so it is taken off here.
    private boolean pause(int doublings) {
        boolean interrupted = Thread.interrupted();
        long longest = FIRST_PAUSE_MILLIS << Math.min(doublings, MOST_DOUBLINGS);
        try {
            host.sleep(Duration.ofMillis(longest / 2 + host.random().nextLong(longest / 2)));
            return interrupted;
        } catch (InterruptedException _) {
            return true;
        }
    }
}
