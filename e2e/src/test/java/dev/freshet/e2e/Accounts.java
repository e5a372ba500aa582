package dev.freshet.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Goes over the ledger after a run: every due time ran, was skipped or was missed, each once, and nothing that
/// began is left out. Reads as the protocol says that readers do: one record of each run and each range (of
/// equal ones the last), and for a due time the settled run of the highest fence.
final class Accounts {
    private static final List<String> RAN = List.of("succeeded", "unchanged", "failed", "lost");
    private static final Comparator<JsonNode> FENCE = Comparator.<JsonNode>comparingLong(
                    run -> run.path("fence").path(0).asLong())
            .thenComparingLong(run -> run.path("fence").path(1).asLong());
    private static final Comparator<JsonNode> SAYS_MORE = Comparator.<JsonNode>comparingInt(
                    run -> -RAN.indexOf(run.path("outcome").asText()))
            .thenComparing(FENCE)
            .thenComparing(run -> run.path("adopted").asBoolean());

    private final List<JsonNode> ledger;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, Long> sums = new TreeMap<>();

    Accounts(List<JsonNode> records) {
        Map<String, JsonNode> once = new LinkedHashMap<>();
        records.forEach(record -> once.merge(key(record), record, (a, b) -> SAYS_MORE.compare(b, a) < 0 ? a : b));
        this.ledger = List.copyOf(once.values());
    }

    /// A range is known by its first due time, a run by its id.
    private static String key(JsonNode record) {
        return record.path("task").asText() + " "
                + (ran(record)
                        ? record.path("run_id").asText()
                        : record.path("missed_from").asText());
    }

    private static boolean ran(JsonNode record) {
        return RAN.contains(record.path("outcome").asText());
    }

    /// What is wrong, in words.
    List<String> faults() {
        return faults;
    }

    /// How many due times there were of each outcome.
    Map<String, Long> sums() {
        return sums;
    }

    /// Every due time since the first one follows from the one before it.
    ///
    /// @param sinceCompletion whether it counts from the end of the last run
    void check(String schedule, Duration interval, boolean sinceCompletion) {
        TreeMap<Instant, JsonNode> settled = new TreeMap<>();
        for (JsonNode record : ledger) {
            if (record.path("schedule").asText().equals(schedule)) {
                settles(record, settled, schedule);
            }
        }
        Instant expected = null;
        for (Map.Entry<Instant, JsonNode> entry : settled.entrySet()) {
            if (expected != null && !entry.getKey().equals(expected)) {
                faults.add(schedule + ": after what was due before " + expected + " comes " + entry.getValue());
            }
            JsonNode record = entry.getValue();
            long times = ran(record) ? 1 : record.path("count").asLong();
            sums.merge(record.path("outcome").asText(), times, Long::sum);
            expected = (sinceCompletion ? time(record, "finished_at") : last(record, entry.getKey())).plus(interval);
        }
    }

    private void settles(JsonNode record, TreeMap<Instant, JsonNode> settled, String schedule) {
        if (!ran(record)) {
            JsonNode other = settled.put(time(record, "missed_from"), record);
            if (other != null) {
                faults.add(schedule + ": accounted for twice: " + record + " and " + other);
            }
        } else if (record.path("settled").asBoolean() && record.hasNonNull("due_at")) {
            settled.merge(time(record, "due_at"), record, (a, b) -> FENCE.compare(b, a) > 0 ? b : a);
        }
    }

    private static Instant last(JsonNode record, Instant first) {
        return ran(record) ? first : time(record, "missed_to");
    }

    /// Every run that a process said it began.
    void checkStarted(List<Pod> pods) {
        Set<String> recorded =
                ledger.stream().map(record -> record.path("run_id").asText()).collect(Collectors.toSet());
        pods.stream()
                .flatMap(pod -> pod.lines().stream())
                .filter(line -> line.says("run started"))
                .filter(line -> !recorded.contains(line.json().path("run_id").asText()))
                .forEach(line -> faults.add("not in the ledger: " + line.text()));
    }

    /// No due time is settled by two commits.
    void checkCommits(String dataset, List<DeltaFolder.Commit> commits) {
        Map<String, Long> settledBy = new HashMap<>();
        for (DeltaFolder.Commit commit : commits) {
            String due = commit.domain("freshet.ingest")
                    .map(mark -> mark.path("due_at").asText())
                    .orElse("");
            Long other = commit.changesData() ? settledBy.put(due, commit.version()) : null;
            if (other != null) {
                faults.add(
                        "%s: %s is settled by the versions %d and %d".formatted(dataset, due, other, commit.version()));
            }
        }
    }

    private static Instant time(JsonNode record, String field) {
        return Instant.parse(record.path(field).asText().replace(' ', 'T').replace("+00", "Z"));
    }
}
