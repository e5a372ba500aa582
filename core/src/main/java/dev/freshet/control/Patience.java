package dev.freshet.control;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.store.StoreException;
import java.time.Duration;
import java.util.function.Supplier;

/// Repeats what certainly changed nothing when the store failed, a few times with growing, jittered pauses.
record Patience(Host host) {
    private static final int TRIES = 6;
    private static final long FIRST_PAUSE_MILLIS = 20;

    <T> T with(Supplier<T> action) {
        for (int tried = 1; ; tried++) {
            try {
                return action.get();
            } catch (FreshetException e) {
                if (tried == TRIES || !mayPass(e)) {
                    throw e;
                }
                pause(tried, e);
            }
        }
    }

    private static boolean mayPass(FreshetException e) {
        boolean refused = e instanceof StoreException store && store.refused();
        return e.code() == ErrorCode.LAKE_UNREACHABLE && !refused;
    }

    private void pause(int tried, FreshetException e) {
        long longest = FIRST_PAUSE_MILLIS << tried;
        try {
            host.sleep(Duration.ofMillis(longest / 2 + host.random().nextLong(longest / 2)));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw e;
        }
    }
}
