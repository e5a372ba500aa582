package dev.freshet.table;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/// Between which times, both included, all values of a column in a data file lie. Local times and dates count as UTC.
public record TimeBounds(Instant first, Instant last) {
    /// Empty when either text is no time: then nothing is known.
    static Optional<TimeBounds> of(String first, String last) {
        return time(first).flatMap(from -> time(last).map(to -> new TimeBounds(from, to)));
    }

    private static Optional<Instant> time(String text) {
        try {
            if (text.indexOf('T') < 0) {
                return Optional.of(
                        LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
            }
            boolean local =
                    text.lastIndexOf('+') < 0 && !text.endsWith("Z") && text.lastIndexOf('-') < text.indexOf('T');
            return Optional.of(
                    local
                            ? LocalDateTime.parse(text).toInstant(ZoneOffset.UTC)
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
