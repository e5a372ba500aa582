package dev.freshet.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// Kills one process after the other at random moments and starts a new one for each.
final class Kills {
    private final Fleet fleet;
    private final ControlLog control;
    private final RandomGenerator random;
    private final Duration calm;

    Kills(Fleet fleet, ControlLog control, RandomGenerator random, Duration calm) {
        this.fleet = fleet;
        this.control = control;
        this.random = random;
        this.calm = calm;
    }

    void kill() throws InterruptedException {
        Thread.sleep(random.nextLong(calm.toMillis()));
        Pod pod = fleet.next(random);
        long nanos = System.nanoTime();
        Instant at = Instant.now();
        pod.process().kill();
        control.lost(pod, at, nanos);
        fleet.start();
    }
}
