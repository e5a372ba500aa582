package dev.freshet.table;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the data files of which every row is older than some time. A file that holds any younger row stays whole.
/// What a file holds is told by its statistics, else by the day that it is a partition of, else nobody knows and it
/// stays. Immutable.
///
/// @param timeColumn a timestamp
/// @param dayColumn the date in UTC of the same time, if the table is partitioned by it
/// @param before the end of what is old
public record OldRows(String timeColumn, String dayColumn, Instant before) {
    public List<DataFile> files(Snapshot snapshot) {
        boolean byDay = snapshot.partitionColumns().contains(dayColumn);
        return snapshot.files().stream()
                .filter(file -> file.statistics()
                        .lastTime(timeColumn)
                        .or(() -> byDay ? endOfDay(file) : Optional.empty())
                        .filter(last -> last.isBefore(before))
                        .isPresent())
                .toList();
    }

    private Optional<Instant> endOfDay(DataFile file) {
        try {
            return Optional.ofNullable(file.partition().get(dayColumn))
                    .map(LocalDate::parse)
                    .map(day -> day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /// Removes those files from the newest snapshot; empty when it has none. This changes the table's data, and its
    /// operation is `RETENTION`: whoever sums the rows up knows by that that they were not deleted for what they say.
    public Optional<Change> change(Snapshot newest) {
        List<DataFile> old = files(newest);
        return old.isEmpty()
                ? Optional.empty()
                : Optional.of(Change.of(CommittedChange.RETENTION)
                        .remove(old)
                        .info(CommittedChange.RETAINED_FROM, before.toString())
                        .info("operationParameters", Map.of("before", before.toString())));
    }
}
