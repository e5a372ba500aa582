package dev.freshet.event;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Column;
import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Rows for one table: the base columns and the extra ones, one row for each extra row of its entries.
record Insert(String table, List<Column> columns, List<Entry> entries) {
    private static final long NANOS = 1_000_000_000L;
    private static final long MICROS = 1_000_000L;

    /// @throws FreshetException (VALUE_MISFIT) if the entries differ in table or extra schema
    static Insert of(List<Entry> entries) {
        Entry first = entries.getFirst();
        for (Entry entry : entries) {
            if (!entry.columns().equals(first.columns()) || !entry.table().equals(first.table())) {
                throw new FreshetException(
                        ErrorCode.VALUE_MISFIT,
                        "events of one insert have mismatched schemas: expected %s%s, actual %s%s"
                                .formatted(
                                        first.table(),
                                        Columns.described(first.columns()),
                                        entry.table(),
                                        Columns.described(entry.columns())));
            }
        }
        return new Insert(first.table(), first.columns(), List.copyOf(entries));
    }

    Schema schema() {
        return Columns.table(columns);
    }

    long rows() {
        return entries.stream().mapToLong(entry -> entry.rows().size()).sum();
    }

    /// Adds the rows to the batch of their day.
    ///
    /// @param file the columns of the data files, among them the extra ones of this insert
    void addTo(Map<LocalDate, Batch> days, Schema file) {
        int[] places = places(file);
        for (Entry entry : entries) {
            LocalDate day = LocalDate.ofInstant(entry.timestamp(), ZoneOffset.UTC);
            Batch batch = days.computeIfAbsent(day, _ -> new Batch(file));
            for (List<@Nullable Object> row : entry.rows()) {
                append(batch, entry, row, places);
            }
        }
    }

    static Map<LocalDate, Batch> noDays() {
        return new TreeMap<>();
    }

    private int[] places(Schema file) {
        int[] places = new int[columns.size()];
        for (int i = 0; i < places.length; i++) {
            OptionalInt place = file.indexOf(columns.get(i).name());
            places[i] = place.orElseThrow();
        }
        return places;
    }

    private static void append(Batch batch, Entry entry, List<@Nullable Object> row, int[] places) {
        if (batch.schema().size() == Columns.IN_FILES.size()) {
            appendBase(batch, entry);
            return;
        }
        List<@Nullable Object> values = new ArrayList<>();
        values.add(entry.type());
        values.add(entry.payload());
        values.add(entry.timestamp());
        values.add(nanos(entry.timestamp()));
        while (values.size() < batch.schema().size()) {
            values.add(null);
        }
        for (int i = 0; i < places.length; i++) {
            values.set(places[i], row.get(i));
        }
        batch.appendRow(values.toArray());
    }

    private static void appendBase(Batch batch, Entry entry) {
        batch.texts(0).append(entry.type());
        String payload = entry.payload();
        if (payload == null) {
            batch.texts(1).appendNull();
        } else {
            batch.texts(1).append(payload);
        }
        Instant time = entry.timestamp();
        batch.longs(2).append(time.getEpochSecond() * MICROS + time.getNano() / 1000);
        batch.longs(3).append(nanos(time));
    }

    private static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano());
    }
}
