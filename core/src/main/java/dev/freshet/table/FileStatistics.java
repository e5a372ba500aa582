package dev.freshet.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.parquet.FileSummary;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;

/// What the log says about the rows of a data file, as the JSON of the Delta protocol; empty text when it says
/// nothing. Bounds are safe for skipping: a file whose bounds exclude a value does not hold it.
record FileStatistics(String json) {
    private static final FileStatistics NONE = new FileStatistics("");

    static FileStatistics none() {
        return NONE;
    }

    /// The statistics of a file that was just written.
    static FileStatistics of(FileSummary summary) {
        return new FileStatistics(StatisticsJson.of(summary));
    }

    OptionalLong rows() {
        JsonNode rows = tree().path("numRecords");
        return rows.isIntegralNumber() ? OptionalLong.of(rows.asLong()) : OptionalLong.empty();
    }

    /// Whether a row of the file may have this text in the column; true when the log does not say.
    boolean mayHold(String column, String text) {
        JsonNode tree = tree();
        JsonNode min = tree.path("minValues").path(column);
        JsonNode max = tree.path("maxValues").path(column);
        return !(min.isTextual() && CodePoints.compare(text, min.asText()) < 0)
                && !(max.isTextual() && CodePoints.compare(text, max.asText()) > 0);
    }

    /// Whether a row of the file may have this time in the column. Writers may have cut the bounds to milliseconds.
    boolean mayHold(String column, Instant time) {
        JsonNode tree = tree();
        return time(tree.path("minValues").path(column)).filter(time::isBefore).isEmpty()
                && time(tree.path("maxValues").path(column))
                        .filter(max -> time.isAfter(max.plusMillis(1)))
                        .isEmpty();
    }

    /// A time that no row of the file is later than in the column; empty when the log does not say so of every row.
    Optional<Instant> lastTime(String column) {
        JsonNode tree = tree();
        return tree.path("nullCount").path(column).asLong(0) > 0
                ? Optional.empty()
                : time(tree.path("maxValues").path(column)).map(max -> max.plusMillis(1));
    }

    /// Writers may have cut the upper bound to milliseconds.
    Optional<TimeBounds> times(String column) {
        JsonNode tree = tree();
        return TimeBounds.of(
                        tree.path("minValues").path(column).asText(),
                        tree.path("maxValues").path(column).asText())
                .map(bounds -> new TimeBounds(bounds.first(), bounds.last().plusMillis(1)));
    }

    private static Optional<Instant> time(JsonNode bound) {
        try {
            return bound.isTextual()
                    ? Optional.of(OffsetDateTime.parse(bound.asText()).toInstant())
                    : Optional.empty();
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private JsonNode tree() {
        return json.isEmpty() ? Json.object() : Json.parse(json);
    }
}
