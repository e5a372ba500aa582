package dev.freshet.event;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.parquet.DataFileReader;
import dev.freshet.store.Store;
import dev.freshet.table.DataFile;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.Snapshot;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The events of one table as they come into the lake: commit by commit, so that none is seen twice or left out,
/// whatever their timestamps say. The table need not be there yet. There is nothing to close. Confined to one thread.
/// Throws a [FreshetException] when the table cannot be read, or its log was cleaned since the last look (UNKNOWN_ID).
public final class EventTail {
    private static final long NOTHING = -1;
    private static final long NANOS = 1_000_000_000L;

    private final Store store;
    private final DeltaTable table;
    private final @Nullable Instant since;
    private long seen;

    private EventTail(Store store, DeltaTable table, @Nullable Instant since) {
        this.store = store;
        this.table = table;
        this.since = since;
        this.seen = since == null ? table.latest().map(Snapshot::version).orElse(NOTHING) : NOTHING;
    }

    /// @param since null for what comes from now on; else also what is there and not older than this
    public static EventTail open(Store store, Host host, String table, @Nullable Instant since) {
        EventRules.checkTable(table);
        return new EventTail(store, DeltaTable.withoutUpkeep(store, EventRecorder.FOLDER + "/" + table, host), since);
    }

    /// What came since the last call, the earliest first.
    public List<RecordedEvent> next() {
        Optional<Snapshot> newest = table.latest();
        if (newest.isEmpty()) {
            return List.of();
        }
        List<RecordedEvent> events = new ArrayList<>();
        fresh(newest.get()).forEach(key -> read(key, newest.get().schema(), events));
        seen = newest.get().version();
        events.sort(Comparator.comparing(RecordedEvent::timestamp));
        return events;
    }

    private List<String> fresh(Snapshot newest) {
        if (since != null && seen == NOTHING) {
            String day = LocalDate.ofInstant(since, ZoneOffset.UTC).toString();
            return newest.files().stream()
                    .filter(file -> day(file).compareTo(day) >= 0)
                    .map(newest::key)
                    .toList();
        }
        List<String> keys = new ArrayList<>();
        for (long version = seen + 1; version <= newest.version(); version++) {
            keys.addAll(table.rowsAddedBy(version)
                    .orElseThrow(() -> new FreshetException(
                            ErrorCode.UNKNOWN_ID,
                            "%s: the log after version %d was cleaned, so what came since is not known; begin anew"
                                    .formatted(table.path(), seen))));
        }
        return keys;
    }

    private static String day(DataFile file) {
        return file.partition().getOrDefault(Columns.DAY, "");
    }

    private void read(String key, Schema schema, List<RecordedEvent> into) {
        Batch batch = new Batch(schema);
        try (DataFileReader reader = new DataFileReader(store, key, schema)) {
            while (reader.read(batch)) {
                for (int row = 0; row < batch.rows(); row++) {
                    RecordedEvent event = event(batch, row);
                    if (since == null || !event.timestamp().isBefore(since)) {
                        into.add(event);
                    }
                }
            }
        }
    }

    private static RecordedEvent event(Batch batch, int row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int column = 0; column < batch.schema().size(); column++) {
            values.put(batch.schema().column(column).name(), batch.value(column, row));
        }
        long nanos = (Long) Objects.requireNonNull(values.get("timestamp_nanos"));
        Instant time = Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
        String type = Objects.toString(values.get("type"));
        @Nullable Object payload = values.get("payload");
        Columns.BASE.columns().forEach(base -> values.remove(base.name()));
        return new RecordedEvent(type, time, payload == null ? null : payload.toString(), values);
    }
}
