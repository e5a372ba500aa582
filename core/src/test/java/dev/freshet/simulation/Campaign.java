package dev.freshet.simulation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What many stories came to. Safe for use by many threads; the order in which stories end changes nothing.
final class Campaign {
    private final SortedMap<Long, String> hashes = new TreeMap<>();
    private final SortedMap<Long, Outcome> broken = new TreeMap<>();
    private final Map<Count, Long> sums = new EnumMap<>(Count.class);

    synchronized void add(Outcome outcome) {
        hashes.put(outcome.seed(), outcome.traceHash());
        outcome.counts().forEach((count, times) -> sums.merge(count, times, Long::sum));
        if (!outcome.violations().isEmpty()) {
            broken.put(outcome.seed(), outcome);
        }
    }

    synchronized long of(Count count) {
        return sums.getOrDefault(count, 0L);
    }

    synchronized int seeds() {
        return hashes.size();
    }

    synchronized SortedMap<Long, Outcome> broken() {
        return new TreeMap<>(broken);
    }

    synchronized String perSeed(Count count) {
        return String.format(Locale.ROOT, "%.1f", sums.getOrDefault(count, 0L) / (double) Math.max(1, seeds()));
    }

    /// One JSON object.
    synchronized String json(double seconds) {
        StringBuilder json = new StringBuilder("{");
        json.append("\"seeds\":").append(seeds());
        long violations = broken.values().stream()
                .mapToLong(story -> story.violations().size())
                .sum();
        json.append(",\"violations\":").append(violations);
        sums.forEach((count, times) ->
                json.append(",\"").append(count.key()).append("\":").append(times));
        json.append(String.format(Locale.ROOT, ",\"seeds_per_second\":%.2f", seeds() / seconds));
        json.append(",\"trace_hash\":\"").append(traceHash()).append("\"}");
        return json.toString();
    }

    /// Of all traces, by seed.
    private String traceHash() {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            hashes.forEach((seed, trace) -> hash.update((seed + " " + trace).getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(hash.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
