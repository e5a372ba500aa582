package dev.freshet.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Stops one process after the other until others have taken over what it held, and lets it go on. Every second one is
/// stopped between the decision of a data commit and its put, the others at random moments or at other points.
final class Pauses {
    /// A commit is decided and not yet put.
    static final String BEFORE_PUT = "before-put";

    private static final Duration COMES_BY = Duration.ofSeconds(10);
    private static final Duration LAST_DEEDS = Duration.ofMillis(1500);
    private static final int NO_POINT = 3;
    private static final List<String> OTHER_POINTS = List.of("before-control-put", "before-data-commit", "after-claim");

    /// A process that went on: what it had held, and how much it had said by then.
    record Zombie(Pod pod, Set<String> runs, int linesBefore, Instant resumed, boolean aimed) {}

    private final Fleet fleet;
    private final ControlLog control;
    private final RandomGenerator random;
    private final Duration lease;
    private final List<Zombie> zombies = new ArrayList<>();

    Pauses(Fleet fleet, ControlLog control, RandomGenerator random, Duration lease) {
        this.fleet = fleet;
        this.control = control;
        this.random = random;
        this.lease = lease;
    }

    List<Zombie> zombies() {
        return List.copyOf(zombies);
    }

    void pause() throws InterruptedException {
        boolean aimed = zombies.size() % 2 == 0;
        Pod pod = standing(aimed);
        long nanos = System.nanoTime();
        Instant at = Instant.now();
        pod.process().suspend();
        Thread.sleep(20);
        List<ControlLog.Row> held = control.lost(pod, at, nanos);
        waitUntilTaken(held);
        Thread.sleep(random.nextLong(lease.toMillis() / 2));
        goOn(pod, held, aimed);
    }

    /// A process that may be stopped: if aimed, one that has just decided a data commit.
    private Pod standing(boolean aimed) throws InterruptedException {
        int choice = random.nextInt(NO_POINT + OTHER_POINTS.size());
        while (true) {
            Pod pod = fleet.next(random);
            if (!aimed && choice < NO_POINT) {
                return pod;
            }
            if (pod.hold(aimed ? BEFORE_PUT : OTHER_POINTS.get(choice - NO_POINT), COMES_BY)) {
                return pod;
            }
            pod.reserve(false);
        }
    }

    private void waitUntilTaken(List<ControlLog.Row> held) throws InterruptedException {
        if (held.isEmpty()) {
            Thread.sleep(lease);
        }
        long end = System.nanoTime() + lease.multipliedBy(4).toNanos();
        while (!control.areTaken(held) && System.nanoTime() - end < 0) {
            Thread.sleep(20);
        }
    }

    private void goOn(Pod pod, List<ControlLog.Row> held, boolean aimed) throws InterruptedException {
        pod.letGo();
        Set<String> runs = held.stream().map(ControlLog.Row::token).collect(Collectors.toSet());
        zombies.add(new Zombie(pod, runs, pod.lines().size(), Instant.now(), aimed));
        pod.process().resume();
        Thread.sleep(LAST_DEEDS);
        pod.restarted();
    }
}
