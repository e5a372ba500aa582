package dev.freshet.host;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/// The real clocks, threads and randomness; the only class that touches them.
final class SystemHost implements Host {
    private final SecureRandom random = new SecureRandom();
    private final String pauseAt = System.getProperty("freshet.test.pause_at", "");

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

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void reach(String point) {
        if (point.equals(pauseAt)) {
            System.err.println("paused at " + point);
            while (true) {
                LockSupport.park();
            }
        }
    }
}
