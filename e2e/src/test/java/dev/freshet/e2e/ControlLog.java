package dev.freshet.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Reads every version of the control table as it appears, of the tasks that copy: who claimed what and when, and
/// how long the tasks of those who were killed or stopped waited for another process. Safe for use by many threads.
final class ControlLog implements AutoCloseable {
    private static final String COLUMNS = "task_name, status, pod_id, token, epoch_us(claimed_at),"
            + " fence_epoch, fence_version, epoch_us(last_run_at), last_outcome";

    /// A task as one version of the table has it.
    record Row(
            String task,
            boolean processing,
            String pod,
            String token,
            Instant claimedAt,
            String fence,
            Instant lastRunAt,
            String lastOutcome) {}

    /// A task whose holder was killed or stopped at a time.
    record Awaited(Row held, Instant since, long nanos) {}

    /// Who took a task over, and when.
    record Takeover(Row held, Instant since, Row taken) {
        Duration took() {
            return Duration.between(since, taken.claimedAt());
        }

        @Override
        public String toString() {
            return "%s of %s, gone at %s, was taken by %s at %s (%s)"
                    .formatted(held.task(), held.pod(), since, taken.pod(), taken.claimedAt(), took());
        }
    }

    private final Path folder;
    private final Connection duckDb;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final List<Awaited> awaited = new ArrayList<>();
    private final List<Takeover> takeovers = new ArrayList<>();
    private final Set<String> tokens = new HashSet<>();
    private long next;
    private int fencesThatFell;

    ControlLog(Lake lake) throws SQLException {
        this.folder = lake.root().resolve("_freshet/control");
        this.duckDb = DriverManager.getConnection("jdbc:duckdb:");
        duckDb.createStatement().execute("SET threads = 1");
    }

    /// Reads what is new.
    synchronized void read() {
        DeltaFolder table = new DeltaFolder(folder);
        for (Path file = table.commitFile(next); Files.exists(file); file = table.commitFile(++next)) {
            DeltaFolder.commit(file).all("add").forEach(this::read);
        }
    }

    private void read(JsonNode add) {
        String file = folder.resolve(add.path("path").asText()).toString().replace("'", "''");
        try {
            Database.rows(
                            duckDb,
                            "SELECT " + COLUMNS + " FROM read_parquet('" + file
                                    + "') WHERE starts_with(task_name, 'ingest:')")
                    .forEach(values -> saw(row(values)));
        } catch (SQLException e) {
            throw new AssertionError(file, e);
        }
    }

    private static Row row(List<String> values) {
        return new Row(
                values.get(0),
                values.get(1).equals("processing"),
                values.get(2),
                values.get(3),
                time(values.get(4)),
                "%019d/%019d".formatted(number(values.get(5)), number(values.get(6))),
                time(values.get(7)),
                values.get(8));
    }

    private static long number(String value) {
        return value == null ? 0 : Long.parseLong(value);
    }

    private static Instant time(String micros) {
        return Instant.EPOCH.plusNanos(Math.multiplyExact(number(micros), 1000));
    }

    private void saw(Row row) {
        Row former = rows.put(row.task(), row);
        if (former != null && row.fence().compareTo(former.fence()) < 0) {
            fencesThatFell++;
        }
        if (row.token() == null || !tokens.add(row.token())) {
            return;
        }
        for (Awaited waiting : List.copyOf(awaited)) {
            if (waiting.held().task().equals(row.task())) {
                awaited.remove(waiting);
                takeovers.add(new Takeover(waiting.held(), waiting.since(), row));
            }
        }
    }

    /// From now on, what the process holds is awaited at somebody else.
    synchronized List<Row> lost(Pod pod, Instant since, long nanos) {
        read();
        List<Row> held = rows.values().stream()
                .filter(Row::processing)
                .filter(row -> row.pod().equals(pod.id()))
                .toList();
        held.forEach(row -> awaited.add(new Awaited(row, since, nanos)));
        return held;
    }

    /// Whether none of these tasks is still with its old holder.
    synchronized boolean areTaken(List<Row> held) {
        read();
        return held.stream()
                .noneMatch(row ->
                        awaited.stream().anyMatch(waiting -> waiting.held().equals(row)));
    }

    /// The holder is back and its tasks are still its own: nobody takes them over any more.
    synchronized int giveUp(List<Row> held) {
        read();
        int before = awaited.size();
        awaited.removeIf(waiting -> held.contains(waiting.held()));
        return before - awaited.size();
    }

    /// When the oldest takeover began that is still awaited, by the ticker; now, if there is none.
    synchronized long oldestAwaited() {
        return awaited.stream().mapToLong(Awaited::nanos).min().orElseGet(System::nanoTime);
    }

    synchronized boolean holds(String pod) {
        return rows.values().stream()
                .anyMatch(row -> row.processing() && row.pod().equals(pod));
    }

    /// Whether every task has succeeded in a run that began after a time.
    synchronized boolean allRanAfter(Instant time, int tasks) {
        read();
        return rows.size() == tasks
                && rows.values().stream()
                        .allMatch(
                                row -> row.lastRunAt().isAfter(time) && Objects.equals(row.lastOutcome(), "succeeded"));
    }

    synchronized List<Row> rows() {
        return List.copyOf(rows.values());
    }

    synchronized List<Takeover> takeovers() {
        return List.copyOf(takeovers);
    }

    synchronized int stillAwaited() {
        return awaited.size();
    }

    synchronized int fencesThatFell() {
        return fencesThatFell;
    }

    @Override
    public void close() throws SQLException {
        duckDb.close();
    }
}
