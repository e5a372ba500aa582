package dev.freshet.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.parquet.FileSummary;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A data file as a table's log names it. Immutable.
///
/// @param path relative to the table's folder, or an absolute URI when another engine wrote it so
/// @param partition the values of the partition columns as text; a null or empty value is left out
/// @param modified by the writer's clock, in milliseconds
public record DataFile(
        String path, long bytes, Map<String, String> partition, Instant modified, FileStatistics statistics) {
    public DataFile {
        if (path.isEmpty()) {
            throw new IllegalArgumentException("a data file needs a path");
        }
        partition = withoutEmpty(partition);
        modified = modified.truncatedTo(ChronoUnit.MILLIS);
    }

    /// A file that was just written and belongs to no partition.
    public static DataFile of(String path, FileSummary summary, Instant modified) {
        return of(path, summary, Map.of(), modified);
    }

    /// A file that was just written.
    public static DataFile of(String path, FileSummary summary, Map<String, String> partition, Instant modified) {
        return new DataFile(path, summary.bytes(), partition, modified, FileStatistics.of(summary));
    }

    /// How many rows were written into it; empty when the log does not say.
    public OptionalLong rows() {
        return statistics.rows();
    }

    /// What [#of(String)] makes the file from again, so that a task can remember files that no commit names yet.
    public String json() {
        ObjectNode node = Json.object();
        node.put("path", path).put("bytes", bytes).put("modified", modified.toEpochMilli());
        node.set("partition", Json.of(partition));
        return Json.text(node.put("statistics", statistics.json()));
    }

    /// @throws IllegalArgumentException if the text is not from [#json()]
    public static DataFile of(String json) {
        JsonNode node = Json.parse(json);
        Map<String, String> partition = new LinkedHashMap<>();
        node.path("partition")
                .properties()
                .forEach(value -> partition.put(value.getKey(), value.getValue().asText()));
        return new DataFile(
                node.path("path").asText(),
                node.path("bytes").asLong(),
                partition,
                Instant.ofEpochMilli(node.path("modified").asLong()),
                new FileStatistics(node.path("statistics").asText()));
    }

    /// Whether a row of the file may have this text in the column, by the bounds in the log; true when it does
    /// not say.
    public boolean mayHold(String column, String text) {
        return statistics.mayHold(column, text);
    }

    /// The same for a time.
    public boolean mayHold(String column, Instant time) {
        return statistics.mayHold(column, time);
    }

    /// Between which times a column's values lie, by the log or as the partition's value; empty when neither says.
    public Optional<TimeBounds> times(String column) {
        String value = partition.get(column);
        return value == null ? statistics.times(column) : TimeBounds.of(value, value);
    }

    private static Map<String, String> withoutEmpty(Map<String, String> partition) {
        Map<String, String> filled = new LinkedHashMap<>();
        partition.entrySet().stream()
                .filter(value -> !value.getValue().isEmpty())
                .forEach(value -> filled.put(value.getKey(), value.getValue()));
        return Collections.unmodifiableMap(filled);
    }
}
