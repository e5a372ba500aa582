package dev.freshet.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/// The real clocks, threads and randomness; the only class that touches them.
final class SystemHost implements Host {
    private static final Duration HOLD_SLICE = Duration.ofMillis(2);
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(10);

    /// Made when first needed: that takes a while.
    private static final class Randomness {
        static final SecureRandom SECURE = new SecureRandom();
    }

    private final String pauseAt = System.getProperty("freshet.test.pause_at", "");
    private final String holdFile = System.getProperty("freshet.test.hold_file", "");

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
    }

    @Override
    public Work start(String name, Runnable body) {
        return new ThreadWork(Thread.ofVirtual().name(name).start(body));
    }

    /// Virtual threads take turns only where they wait, and whoever unpacks a file does not.
    @Override
    public Work startApart(String name, Runnable body) {
        return new ThreadWork(Thread.ofPlatform().daemon().name(name).start(body));
    }

    @Override
    public RandomGenerator random() {
        return Randomness.SECURE;
    }

    @Override
    public void reach(String point) {
        if (point.equals(pauseAt)) {
            System.err.println("paused at " + point);
            while (true) {
                LockSupport.park();
            }
        }
        if (!holdFile.isEmpty() && isToHold(point)) {
            hold(point);
        }
    }

    private void hold(String point) {
        System.err.println("held at " + point);
        long end = nanos() + LONGEST_HOLD.toNanos();
        while (isToHold(point) && nanos() - end < 0) {
            LockSupport.parkNanos(HOLD_SLICE.toNanos());
        }
    }

    private boolean isToHold(String point) {
        try {
            return Files.readString(Path.of(holdFile)).equals(point);
        } catch (IOException _) {
            return false;
        }
    }
}
