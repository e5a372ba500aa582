package dev.freshet.simulation;

import dev.freshet.control.TaskRow;
import dev.freshet.store.InterceptedStore.Operation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Everything that happened, as a trace that is hashed, as counts, and as the facts that checks need. Belongs
/// to whoever has the baton.
final class Journal {
    /// A run that began to work.
    record Started(String runId, String task, String pod, long nanos) {}

    /// The first time that a process sent a commit of a target.
    ///
    /// @param decidedAt when its worker began to decide, or -1
    record Tried(String key, byte[] content, String pod, long decidedAt, long nanos) {}

    /// A numbered definition that somebody was told is stored.
    record Acknowledged(String id, long number, String text) {}

    /// A request that somebody was told is made.
    record Requested(String task, Instant time) {}

    private final World world;
    private final Consumer<String> listener;
    private final MessageDigest hash;
    private final Map<Count, Long> counts = new LinkedHashMap<>();
    private final List<Started> started = new ArrayList<>();
    private final Map<String, Tried> tried = new LinkedHashMap<>();
    private final Set<String> unanswered = new HashSet<>();
    private final Map<Actor, String> working = new HashMap<>();
    private final Map<String, Long> ended = new HashMap<>();
    private final Set<String> evicted = new HashSet<>();
    private final List<Requested> requests = new ArrayList<>();
    private final List<Acknowledged> acknowledged = new ArrayList<>();

    /// @param listener gets every line of the trace
    Journal(World world, Consumer<String> listener) {
        this.world = world;
        this.listener = listener;
        try {
            this.hash = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
        for (Count count : Count.values()) {
            counts.put(count, 0L);
        }
    }

    void line(String who, String what) {
        String line = "%14.6f  %-10s %s".formatted(world.now() / 1e9, who, what);
        hash.update(line.getBytes(StandardCharsets.UTF_8));
        listener.accept(line);
    }

    void count(Count what) {
        counts.merge(what, 1L, Long::sum);
    }

    long of(Count what) {
        return counts.getOrDefault(what, 0L);
    }

    Map<Count, Long> counts() {
        return counts;
    }

    String traceHash() {
        return HexFormat.of().formatHex(hash.digest());
    }

    void did(Life life, Operation operation, String key, String result) {
        line(life.name(), operation + " " + key + " " + result);
    }

    /// A put is about to be sent, perhaps again.
    void trying(Actor actor, String key, byte[] content) {
        if (!isDecision(key)) {
            return;
        }
        Tried first = new Tried(key, content, actor.life().name(), actor.decidedAt(), world.now());
        if (tried.putIfAbsent(id(key, content), first) == null) {
            count(Count.DECISIONS);
        }
    }

    void unanswered(String key, byte[] content) {
        if (isDecision(key)) {
            unanswered.add(id(key, content));
        }
    }

    void answered(String key, byte[] content, boolean ours) {
        if (!isDecision(key)) {
            return;
        }
        if (unanswered.remove(id(key, content))) {
            count(Count.UNKNOWN_RESOLVED);
        }
        if (!ours) {
            count(Count.CONFLICTS);
        }
    }

    private static boolean isDecision(String key) {
        return key.endsWith(".json") && key.contains("/_delta_log/");
    }

    private static String id(String key, byte[] content) {
        return key + "#" + Arrays.hashCode(content);
    }

    void started(String runId, String task, String pod) {
        line(pod, "starts " + task + " " + runId);
        count(Count.RUNS);
        started.add(new Started(runId, task, pod, world.now()));
        working.put(world.current(), runId);
    }

    /// The worker has told how its run ended, be it in the record of another one that it adopted.
    void ended(Actor worker) {
        @Nullable String runId = working.remove(worker);
        if (runId != null) {
            ended.put(runId, world.now());
        }
    }

    boolean hasEnded(String runId, long by) {
        return ended.getOrDefault(runId, Long.MAX_VALUE) <= by;
    }

    /// Somebody was told that a run is asked for.
    void requested(String task, @Nullable Instant time) {
        requests.add(new Requested(task, Objects.requireNonNull(time)));
    }

    List<Requested> requests() {
        return requests;
    }

    /// Somebody is about to take the task from that holder, whose lease may run on.
    void evicts(String who, TaskRow held) {
        line(who, "evicts " + held.podId() + " from " + held.task() + " " + held.token());
        count(Count.EVICTIONS);
        evicted.add(String.valueOf(held.token()));
    }

    boolean isEvicted(@Nullable String token) {
        return evicted.contains(String.valueOf(token));
    }

    void acknowledged(String id, long number, String text) {
        acknowledged.add(new Acknowledged(id, number, text));
    }

    List<Started> runs() {
        return started;
    }

    List<Tried> attempts() {
        return List.copyOf(tried.values());
    }

    List<Acknowledged> definitions() {
        return acknowledged;
    }
}
