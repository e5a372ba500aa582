package dev.freshet.simulation;

import dev.freshet.control.ControlTable;
import dev.freshet.control.Pod;
import dev.freshet.control.TaskRow;
import dev.freshet.error.FreshetException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What must happen once the trouble is over: no task stays in the hands of the dead for longer than two leases and a
/// tick, every request is served, and processes that are told to end leave nothing behind.
final class Peace {
    /// A tick, and the time that the calls of a calm network take.
    private static final Duration SLACK = Duration.ofSeconds(4);

    private final World world;
    private final Weather weather;
    private final Journal journal;
    private final List<SimPod> pods;
    private final Duration lease;
    private final ControlTable control;
    private final List<String> violations = new ArrayList<>();

    Peace(World world, Weather weather, Journal journal, Archive store, List<SimPod> pods, Story story) {
        this.world = world;
        this.weather = weather;
        this.journal = journal;
        this.pods = pods;
        this.lease = story.lease();
        SimHost host = SimHost.honest(world);
        this.control = new ControlTable(store, host, Pod.named("witness", host));
    }

    List<String> violations() {
        weather.clear();
        journal.line("all", "is well from now on");
        for (SimPod pod : pods) {
            world.resume(pod.life());
            if (pod.life().isDead()) {
                pod.boot();
            }
        }
        Map<String, TaskRow> before = rows();
        Map<String, Instant> requests = requests(before);
        pass(lease.multipliedBy(2).plus(SLACK));
        stuck(before);
        served(requests);
        ended();
        pass(lease.multipliedBy(3));
        return violations;
    }

    private Map<String, TaskRow> rows() {
        Map<String, TaskRow> rows = new LinkedHashMap<>();
        control.rows().forEach(row -> rows.put(row.task(), row));
        return rows;
    }

    private Map<String, Instant> requests(Map<String, TaskRow> rows) {
        Map<String, Instant> requests = new LinkedHashMap<>();
        for (TaskRow row : rows.values()) {
            if (row.scheduleId() != null) {
                control.request(row.task());
                Optional<Instant> request = control.row(row.task()).map(TaskRow::requestedAt);
                request.ifPresent(time -> requests.put(row.task(), time));
            }
        }
        return requests;
    }

    private void stuck(Map<String, TaskRow> before) {
        rows().values().stream()
                .filter(TaskRow::isProcessing)
                .filter(row -> isSamePulse(before.get(row.task()), row))
                .forEach(row -> violations.add(row.task() + " is still held by " + row.podId()
                        + ", which gave no sign of life for two leases"));
    }

    private static boolean isSamePulse(TaskRow before, TaskRow row) {
        return before != null
                && before.isProcessing()
                && String.valueOf(before.token()).equals(row.token())
                && before.heartbeat() == row.heartbeat();
    }

    private void served(Map<String, Instant> requests) {
        long end = world.now() + lease.multipliedBy(10).toNanos();
        while (world.now() < end && !waiting(requests).isEmpty()) {
            pass(Duration.ofSeconds(1));
        }
        waiting(requests).forEach(task -> violations.add("nobody ran " + task + " though it was asked for"));
    }

    private List<String> waiting(Map<String, Instant> requests) {
        Map<String, TaskRow> rows = rows();
        return requests.entrySet().stream()
                .filter(request ->
                        request.getValue().equals(rows.get(request.getKey()).requestedAt()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void ended() {
        pods.forEach(SimPod::close);
        pass(lease.plus(SLACK).plus(SLACK));
        rows().values().stream()
                .filter(TaskRow::isProcessing)
                .forEach(row -> violations.add(row.task() + " was left behind by " + row.podId() + " when it ended"));
    }

    private void pass(Duration time) {
        try {
            world.pass(time.toNanos());
        } catch (FreshetException e) {
            throw new AssertionError(e);
        }
    }
}
