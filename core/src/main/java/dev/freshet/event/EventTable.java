package dev.freshet.event;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.parquet.DataFileWriter;
import dev.freshet.parquet.WriteOptions;
import dev.freshet.store.Store;
import dev.freshet.store.StoreException;
import dev.freshet.table.Change;
import dev.freshet.table.CommitOutcome;
import dev.freshet.table.DataFile;
import dev.freshet.table.Decision;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.LogRetention;
import dev.freshet.table.Snapshot;
import dev.freshet.table.TableShape;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;

/// One Delta table of events. A batch becomes one commit that carries the number of its lane; whether an earlier
/// attempt had arrived is decided on the newest snapshot, just before each put. Safe for use by many threads.
final class EventTable {
    private static final int CHECKPOINT_EVERY = 100;
    /// A day's files are made into few once the day is over.
    private static final String COMPACTION_WINDOW = "1d";

    private final Store store;
    private final Host host;
    private final String path;
    private final TimeToLive kept;
    private final DeltaTable table;
    private final AtomicBoolean upkeep = new AtomicBoolean();

    EventTable(Store store, Host host, String name, RecorderOptions options) {
        this.store = store;
        this.host = host;
        this.path = EventRecorder.FOLDER + "/" + name;
        this.kept = options.timeToLive();
        this.table = DeltaTable.withoutUpkeep(store, path, host, options.vacuumAge());
    }

    /// Appends the batch unless it is there already.
    ///
    /// @param committed told the version, if it was appended now
    /// @throws FreshetException if it is not certain that it is there, once
    void append(EventBatch batch, Slot slot, LongConsumer committed) {
        Optional<Snapshot> newest = table.latest();
        List<Intent> doubts = batch.intents();
        if (newest.isPresent() && isThere(newest.get(), doubts, batch)) {
            return;
        }
        TableFit fit = fitting(newest, batch);
        List<DataFile> files = write(batch, fit.file());
        boolean named = false;
        try {
            Intent intent = slot.intent(doubts, newest.map(Snapshot::version).orElse(-1L));
            batch.intend(intent);
            named = true;
            commit(batch, files, doubts, intent, committed);
        } finally {
            if (!named) {
                discard(files);
            }
        }
    }

    private static TableFit fitting(Optional<Snapshot> newest, EventBatch batch) {
        TableFit fit = new TableFit(newest, batch.groups());
        if (!fit.misfits().isEmpty()) {
            throw new RefusedGroupsException(
                    List.copyOf(fit.misfits().keySet()),
                    fit.misfits().values().iterator().next());
        }
        return fit;
    }

    /// @throws RefusedGroupsException if the commits that would tell are cleaned away
    private boolean isThere(Snapshot newest, List<Intent> doubts, EventBatch batch) {
        for (Intent doubt : doubts) {
            List<Long> numbers = table.numbers(newest, doubt.lane(), doubt.since())
                    .orElseThrow(() -> new RefusedGroupsException(
                            batch.groups(),
                            ("%s: the log was cleaned since version %d, so nobody can tell whether these events, number %d "
                                            + "of %s, are there")
                                    .formatted(path, doubt.since(), doubt.number(), doubt.lane())));
            if (numbers.contains(doubt.number())) {
                return true;
            }
        }
        return false;
    }

    private List<DataFile> write(EventBatch batch, Schema schema) {
        Map<LocalDate, Batch> days = Insert.noDays();
        batch.groups().forEach(group -> group.insert().addTo(days, schema));
        List<DataFile> files = new ArrayList<>();
        try {
            days.forEach((day, rows) -> files.add(write(day, rows)));
            return files;
        } catch (RuntimeException e) {
            discard(files);
            throw e;
        }
    }

    private DataFile write(LocalDate day, Batch rows) {
        String name = "%s=%s/part-%s.parquet".formatted(Columns.DAY, day, host.newId());
        try (DataFileWriter writer =
                new DataFileWriter(rows.schema(), store.upload(path + "/" + name), WriteOptions.defaults())) {
            writer.write(rows);
            return DataFile.of(name, writer.finish(), Map.of(Columns.DAY, day.toString()), host.now());
        }
    }

    /// No put ever named them. What cannot be deleted now is left to vacuum.
    private void discard(List<DataFile> files) {
        try {
            files.forEach(file -> store.delete(path + "/" + file.path()));
        } catch (StoreException _) {
            // vacuum finds them
        }
    }

    private void commit(
            EventBatch batch, List<DataFile> files, List<Intent> doubts, Intent intent, LongConsumer committed) {
        AtomicBoolean found = new AtomicBoolean();
        CommitOutcome outcome = table.commit(newest -> {
            if (newest.isPresent() && isThere(newest.get(), doubts, batch)) {
                found.set(true);
                return new Decision.Stop(new CommitOutcome.Conflict("the batch is there"));
            }
            host.reach("before-event-put");
            return table.ifYoung(change(newest, batch, files).number(intent.lane(), intent.number()));
        });
        switch (outcome) {
            case CommitOutcome.Committed(var version, var _) -> {
                committed.accept(version);
                keepSmall(version);
            }
            case CommitOutcome.Unknown(var reason) -> throw new FreshetException(ErrorCode.OUTCOME_UNKNOWN, reason);
            case CommitOutcome.Conflict(var reason) -> {
                if (!found.get()) {
                    throw new FreshetException(ErrorCode.CONFLICT, reason);
                }
            }
            case CommitOutcome.Fenced _, CommitOutcome.Adopted _ ->
                throw new AssertionError("an append has neither fence nor due time");
        }
    }

    private Change change(Optional<Snapshot> newest, EventBatch batch, List<DataFile> files) {
        TableFit fit = fitting(newest, batch);
        Change change = Change.of("WRITE").add(files);
        if (newest.isEmpty()) {
            return change.shape(new TableShape(fit.widened(), List.of(Columns.DAY), properties()));
        }
        return fit.widens()
                ? change.shape(new TableShape(fit.widened(), newest.get().partitionColumns(), Map.of()))
                : change;
    }

    /// With a time to live, rows are deleted one day, so only a table that is kept for ever is append only to Delta.
    private Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("delta.checkpointInterval", Integer.toString(CHECKPOINT_EVERY));
        properties.put("freshet.append_mode", "append");
        properties.put("freshet.payload_format", "json");
        properties.put(TimeToLive.PROPERTY, kept.text());
        properties.put("freshet.compaction_window", COMPACTION_WINDOW);
        if (kept.duration().isEmpty()) {
            properties.put("delta.appendOnly", "true");
        }
        return properties;
    }

    /// Whether something goes on beside the lanes.
    boolean isBusy() {
        return upkeep.get();
    }

    /// Checkpoints and cleaning go on beside the lanes, at most one at a time.
    private void keepSmall(long version) {
        if (version > 0 && version % CHECKPOINT_EVERY == 0 && upkeep.compareAndSet(false, true)) {
            var _ = host.start("freshet-events-upkeep", () -> {
                try {
                    table.upkeep(version, LogRetention.DEFAULT);
                } finally {
                    upkeep.set(false);
                }
            });
        }
    }
}
