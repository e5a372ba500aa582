package dev.freshet.ingest;

import dev.freshet.batch.Schema;
import dev.freshet.catalog.ColumnNames;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.RunContext;
import dev.freshet.schedule.TaskResult;
import dev.freshet.store.StoreException;
import dev.freshet.table.Change;
import dev.freshet.table.CommitOutcome;
import dev.freshet.table.DataFile;
import dev.freshet.table.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The commit that replaces a dataset's content: data, schema and lineage at once. Confined to one thread.
final class Replacing {
    private final Ingest ingest;
    private final String system;
    private final Instant started;

    Replacing(Ingest ingest, String system, Instant started) {
        this.ingest = ingest;
        this.system = system;
        this.started = started;
    }

    TaskResult commit(RunContext context, Schema schema, Load load, Copying copying) {
        long rows = load.rows();
        long bytes = load.files().stream().mapToLong(DataFile::bytes).sum();
        CommitOutcome outcome = decided(context, schema, load, copying, bytes);
        return switch (outcome) {
            case CommitOutcome.Committed(long version, var _) ->
                noted(
                        load,
                        TaskResult.succeeded(
                                rows,
                                bytes,
                                version,
                                "rows=%d dataset=%s bytes=%d".formatted(rows, ingest.dataset(), bytes)));
            case CommitOutcome.Adopted(var mark, long version) ->
                TaskResult.unchanged("run %s settled this already, in version %d of dataset %s"
                        .formatted(mark.runId(), version, ingest.dataset()));
            case CommitOutcome.Conflict(String reason) -> throw failed(ErrorCode.CONFLICT, reason);
            case CommitOutcome.Fenced(var theirs) ->
                throw failed(ErrorCode.FENCED, "a newer run holds the fence " + theirs + "; nothing was written");
            case CommitOutcome.Unknown(String reason) -> throw failed(ErrorCode.OUTCOME_UNKNOWN, reason);
        };
    }

    /// From the moment at which a put may name the files only vacuum deletes them, unless the store refuses it.
    private CommitOutcome decided(RunContext context, Schema schema, Load load, Copying copying, long bytes) {
        try {
            return context.commit(
                    newest -> {
                        copying.committing();
                        return Change.replace(classified(schema), load.files());
                    },
                    position(context),
                    extras(schema, load, bytes));
        } catch (StoreException e) {
            if (e.refused()) {
                copying.refused();
            }
            throw e.during("committing dataset " + ingest.dataset());
        }
    }

    private TaskResult noted(Load load, TaskResult result) {
        List<String> notes = new ArrayList<>(load.notes());
        if (!load.mended().isEmpty()) {
            notes.add(madeToFit(load.mended()));
        }
        return notes.isEmpty() ? result : result.because(String.join("; ", notes));
    }

    private static String madeToFit(Map<String, Long> mended) {
        return mended.entrySet().stream()
                .map(count -> count.getValue() + " of " + count.getKey())
                .collect(Collectors.joining(", ", "made to fit: ", ""));
    }

    /// The columns with what their names say about their sensitivity.
    private static Schema classified(Schema schema) {
        return new Schema(schema.columns().stream()
                .map(column -> {
                    Map<String, String> metadata = new LinkedHashMap<>(column.metadata());
                    metadata.putAll(ColumnNames.classify(column.name()).metadata());
                    return column.withMetadata(metadata);
                })
                .toList());
    }

    /// Each replacement is a position of its own, so that whoever began from an older one is refused.
    private static Position position(RunContext context) {
        return new Position("{\"mode\": \"full\", \"run\": \"" + context.runId() + "\"}");
    }

    private Map<String, Object> extras(Schema schema, Load load, long bytes) {
        Map<String, Object> extras = new LinkedHashMap<>();
        extras.put("source_system", system);
        extras.put("source_file", "dsn: " + ingest.dsn().redacted());
        extras.put("ingest_job", "scheduled-%s-%d".formatted(system, started.toEpochMilli()));
        extras.put("ingest_timestamp", started.toString());
        extras.put("parent_datasets", List.of());
        extras.put("rows", load.rows());
        extras.put("bytes", bytes);
        extras.put("fingerprint", schema.fingerprint());
        extras.putAll(load.extras());
        if (!load.mended().isEmpty()) {
            extras.put("made_to_fit", load.mended());
        }
        return extras;
    }

    private FreshetException failed(ErrorCode code, String reason) {
        return new FreshetException(code, "dataset %s: %s".formatted(ingest.dataset(), reason));
    }
}
