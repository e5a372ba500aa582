package dev.freshet.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The processes of a chaos run. Whoever does something to one asks for it here, so that always another one lives that
/// has been watching since the oldest takeover began that is still awaited: somebody must be there to take over. Safe
/// for use by many threads.
final class Fleet {
    private final Stage stage;
    private final ControlLog control;
    /// From then on a process that says that it serves is taken to watch: on a busy machine its first look takes long.
    private final Duration settled;
    private final List<Pod> pods = new ArrayList<>();

    Fleet(Stage stage, ControlLog control, Duration settled) {
        this.stage = stage;
        this.control = control;
        this.settled = settled;
        stage.set("FRESHET_HEAP", "160m");
    }

    synchronized Pod start() {
        String id = "pod%03d".formatted(pods.size() + 1);
        var hold = stage.folder().resolve(id + ".hold");
        stage.set("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -Dfreshet.test.hold_file=" + hold);
        Pod pod = new Pod(id, stage.serve(id, "--log", "json", "-v", "--max-running", "16"), hold);
        pods.add(pod);
        return pod;
    }

    /// Every process that there ever was.
    synchronized List<Pod> all() {
        return List.copyOf(pods);
    }

    synchronized List<Pod> alive() {
        return pods.stream().filter(pod -> pod.process().isAlive()).toList();
    }

    /// One whose absence leaves a witness, reserved for the caller; those who hold a lease rather.
    synchronized Optional<Pod> reserve(RandomGenerator random) {
        long since = Math.min(System.nanoTime() - settled.toNanos(), control.oldestAwaited());
        List<Pod> witnesses =
                alive().stream().filter(pod -> pod.isSteadySince(since)).toList();
        List<Pod> candidates = alive().stream()
                .filter(pod -> pod.isSteadySince(System.nanoTime() - settled.toNanos()))
                .filter(pod -> witnesses.stream().anyMatch(other -> other != pod))
                .toList();
        List<Pod> holders =
                candidates.stream().filter(pod -> control.holds(pod.id())).toList();
        List<Pod> preferred = holders.isEmpty() || random.nextInt(8) == 0 ? candidates : holders;
        if (preferred.isEmpty()) {
            return Optional.empty();
        }
        Pod chosen = preferred.get(random.nextInt(preferred.size()));
        chosen.reserve(true);
        return Optional.of(chosen);
    }

    /// The same, as soon as there is one.
    Pod next(RandomGenerator random) throws InterruptedException {
        while (true) {
            Optional<Pod> pod = reserve(random);
            if (pod.isPresent()) {
                return pod.get();
            }
            Thread.sleep(20);
        }
    }
}
