package dev.freshet.event;

import dev.freshet.host.Host;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// One at a time, for work that reaches the store: who comes meanwhile waits by the host's sleep, for a lock that is
/// held over a wait would stop a simulated world. An interrupt is kept for later.
final class Mutex {
    private static final Duration LOOK = Duration.ofMillis(5);

    private final Host host;
    private final AtomicBoolean busy = new AtomicBoolean();

    Mutex(Host host) {
        this.host = host;
    }

    <T> T with(Supplier<T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            while (!busy.compareAndSet(false, true)) {
                interrupted |= look();
            }
            try {
                return work.get();
            } finally {
                busy.set(false);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
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
}
