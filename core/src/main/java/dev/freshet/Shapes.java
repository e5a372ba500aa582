package dev.freshet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.catalog.Dataset;
import dev.freshet.catalog.DatasetColumn;
import dev.freshet.catalog.DatasetObject;
import dev.freshet.catalog.Lineage;
import dev.freshet.catalog.Sensitivity;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.Verified;
import dev.freshet.control.TaskRow;
import dev.freshet.maintain.Maintained;
import dev.freshet.rollup.BackfillPlan;
import dev.freshet.rollup.LastError;
import dev.freshet.rollup.RollupCheck;
import dev.freshet.rollup.RollupStatus;
import dev.freshet.schedule.Revision;
import dev.freshet.schedule.RunRecord;
import dev.freshet.table.Fence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What the house hands out, as JSON objects for every outlet: the same snake_case names everywhere, times in UTC
/// as ISO 8601, a fence as `[epoch, version]`, `null` where there is nothing. Stateless.
public final class Shapes {
    private Shapes() {}

    /// A line of the run ledger.
    public static ObjectNode run(RunRecord run) {
        ObjectNode shape = object().put("task", run.task()).put("schedule", run.schedule());
        put(shape, "due_at", run.dueAt());
        put(shape, "requested_at", run.requestedAt());
        shape.put("attempt", run.attempt());
        put(shape, "started_at", run.startedAt());
        put(shape, "finished_at", run.finishedAt());
        shape.put("outcome", run.outcome().text()).put("reason", run.reason()).put("adopted", run.adopted());
        shape.put("rows", run.rows()).put("bytes", run.bytes()).put("version", run.version());
        shape.put("pod_id", run.podId()).put("instance_id", run.instanceId());
        shape.putArray("fence").add(run.fence().epoch()).add(run.fence().version());
        shape.put("error", run.error())
                .put("error_code", run.errorCode())
                .put("run_id", run.runId())
                .put("settled", run.settled());
        put(shape, "missed_from", run.missedFrom());
        put(shape, "missed_to", run.missedTo());
        return shape.put("count", run.count());
    }

    /// A checkpoint in the catalog.
    public static ObjectNode checkpoint(Checkpoint checkpoint) {
        return object().put("uuid", checkpoint.id().toString())
                .put("identifier", checkpoint.identifier())
                .put("fingerprint", checkpoint.fingerprintText())
                .put("size", checkpoint.size().own())
                .put("shared_size", checkpoint.size().shared())
                .put("steps", checkpoint.steps())
                .put("processed_records", checkpoint.processedRecords());
    }

    /// A checkpoint after it was read whole.
    public static ObjectNode verified(Verified verified) {
        ObjectNode shape =
                checkpoint(verified.checkpoint()).put("whole", verified.faults().isEmpty());
        ArrayNode faults = shape.putArray("faults");
        verified.faults().forEach(faults::add);
        return shape;
    }

    /// A rollup: its definition's name, how it stands, its task.
    public static ObjectNode rollup(RollupView view) {
        RollupStatus status = view.status();
        ObjectNode shape = object().put("name", status.name()).put("source", status.source());
        shape.put("state", view.state().toString())
                .put("enabled", view.schedule().enabled());
        put(shape, "processed_version", status.processedVersion());
        put(shape, "facts_version", status.factsVersion());
        shape.put("lag_versions", status.lagVersions());
        put(shape, "stale_since", status.staleSince());
        put(shape, "watermark_at", status.watermarkAt());
        put(shape, "retained_from", status.retainedFrom());
        put(shape, "history_from", status.historyFrom());
        put(shape, "rows", status.rows());
        put(shape, "version", status.version());
        shape.put("definition_version", view.schedule().version());
        shape.put("rebuild_required", status.rebuildRequired()).put("under_way", status.underWay());
        LastError error = status.lastError();
        shape.set("last_error", error == null ? null : error(error));
        put(shape, "next_run_at", nextRun(view));
        return shape;
    }

    private static @Nullable Instant nextRun(RollupView view) {
        return view.task()
                .filter(row -> view.schedule().enabled() && !row.isProcessing())
                .map(TaskRow::readyAt)
                .orElse(null);
    }

    private static ObjectNode error(LastError error) {
        ObjectNode shape = object();
        put(shape, "since", error.since());
        return shape.put("code", error.code()).put("message", error.message());
    }

    /// The months that a backfill would compute.
    public static List<ObjectNode> slices(BackfillPlan plan) {
        List<ObjectNode> slices = new ArrayList<>();
        for (BackfillPlan.Slice slice : plan.slices()) {
            ObjectNode shape = object().put("slice", slices.size() + 1);
            put(shape, "from", slice.from());
            put(shape, "to", slice.to());
            slices.add(shape.put("facts_version", plan.factsVersion()).put("resumes", plan.resumes()));
        }
        return slices;
    }

    /// A rollup beside its recomputation.
    public static ObjectNode check(RollupCheck check) {
        ObjectNode shape = object().put("name", check.name()).put("equal", check.equal());
        shape.put("facts_version", check.factsVersion()).put("rows", check.rows());
        shape.put("surplus", check.surplus()).put("missing", check.missing());
        ArrayNode examples = shape.putArray("examples");
        check.examples().forEach(examples::add);
        return shape.put("note", check.note());
    }

    /// A migration of the lake's layout.
    public static ObjectNode migration(MigrationView migration) {
        ObjectNode shape = object().put("layout", migration.layout()).put("name", migration.name());
        shape.put("state", migration.state().toString()).put("what", migration.what());
        put(shape, "applied_at", migration.appliedAt().orElse(null));
        return shape;
    }

    /// What maintenance did to a table, or would do.
    public static ObjectNode maintained(Maintained done) {
        return object().put("table", done.table())
                .put("version", done.version())
                .put("files", done.had().count())
                .put("bytes", done.had().bytes())
                .put("files_after", done.filesAfter())
                .put("expired_files", done.expired().count())
                .put("expired_bytes", done.expired().bytes())
                .put("joined_files", done.joined().count())
                .put("joined_bytes", done.joined().bytes())
                .put("joined_into", done.into())
                .put("versions_cleaned", done.versions())
                .put("deleted_files", done.dead().count())
                .put("deleted_bytes", done.dead().bytes())
                .put("refusal", done.refusal());
    }

    /// One version of a definition.
    public static ObjectNode revision(Revision revision) {
        ObjectNode shape = object().put("version", revision.number()).put("deleted", revision.deleted());
        shape.set("definition", revision.document());
        return shape.put("fault", revision.fault());
    }

    /// A row of the control table, with the table's own column names.
    public static ObjectNode task(TaskRow row) {
        ObjectNode shape = object().put("task_name", row.task());
        shape.put("status", row.status().name().toLowerCase(Locale.ROOT)).put("pod_id", row.podId());
        put(shape, "claimed_at", row.claimedAt());
        put(shape, "completed_at", row.completedAt());
        put(shape, "next_run_at", row.nextRunAt());
        shape.put("token", row.token()).put("heartbeat", row.heartbeat());
        fence(shape, row.fence());
        shape.put("lease_ms", millis(row.lease()))
                .put("instance_id", row.instanceId())
                .put("attempt", row.attempt());
        put(shape, "due_at", row.dueAt());
        put(shape, "retry_at", row.retryAt());
        put(shape, "requested_at", row.requestedAt());
        put(shape, "serving_request", row.servingRequest());
        put(shape, "missed_from", row.missedFrom());
        put(shape, "missed_to", row.missedTo());
        shape.put("schedule_id", row.scheduleId()).put("enabled", row.enabled());
        shape.put("definition_version", row.definitionVersion());
        put(shape, "last_run_at", row.lastRunAt());
        shape.put("last_outcome", row.lastOutcome()).put("last_error", row.lastError());
        shape.put("last_rows", row.lastRows()).put("last_bytes", row.lastBytes());
        shape.put("run_count", row.runCount()).put("failure_count", row.failureCount());
        return shape.put("missed_count", row.missedCount()).put("skipped_count", row.skippedCount());
    }

    /// A task as people look at it: its row, and what follows from it.
    public static ObjectNode task(TaskView task) {
        TaskRow row = task.row();
        ObjectNode shape = task(row);
        shape.put("state", row.isProcessing() ? "processing" : task.paused() ? "paused" : "idle");
        shape.put("paused", task.paused());
        put(shape, "ready_at", row.isProcessing() || task.paused() ? null : row.readyAt());
        shape.set("holder", row.isProcessing() ? holder(task) : null);
        return shape;
    }

    private static ObjectNode holder(TaskView task) {
        TaskRow row = task.row();
        ObjectNode shape = object().put("pod_id", row.podId()).put("instance_id", row.instanceId());
        put(shape, "since", row.claimedAt());
        Fence fence = row.fence();
        if (fence != null) shape.putArray("fence").add(fence.epoch()).add(fence.version());
        task.heartbeat().ifPresent(heartbeat -> {
            put(shape, "heartbeat_at", heartbeat.at());
            long secs =
                    Math.max(0, Duration.between(heartbeat.at(), task.seenAt()).toSeconds());
            shape.putObject("heartbeat_age").put("secs", secs).put("at_least", !heartbeat.exact());
        });
        return shape;
    }

    /// A dataset with what is made from it, and since when the first of these is stale.
    public static ObjectNode dataset(Dataset dataset, List<RollupView> madeFrom) {
        ObjectNode shape = dataset(dataset);
        ArrayNode derived = shape.putArray("derived");
        for (RollupView view : madeFrom) {
            ObjectNode rollup =
                    derived.addObject().put("name", "rollups." + view.status().name());
            rollup.put("state", view.state().toString());
            put(rollup, "stale_since", view.status().staleSince());
            rollup.put("lag_versions", view.status().lagVersions());
        }
        put(
                shape,
                "stale_since",
                madeFrom.stream()
                        .map(view -> view.status().staleSince())
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .orElse(null));
        return shape;
    }

    /// A dataset; `objects` only if it was read with them.
    public static ObjectNode dataset(Dataset dataset) {
        ObjectNode shape = object().put("name", dataset.name()).put("rows", dataset.rows());
        shape.put("bytes", dataset.bytes()).put("version", dataset.version());
        shape.put("fingerprint", dataset.fingerprint()).put("sensitivity", sensitivity(dataset.sensitivity()));
        ArrayNode columns = shape.putArray("columns");
        dataset.columns().forEach(column -> columns.add(column(column)));
        shape.set("lineage", lineage(dataset.lineage()));
        if (dataset.objects().isEmpty()) return shape;
        ArrayNode objects = shape.putArray("objects");
        dataset.objects().forEach(file -> objects.add(file(file)));
        return shape;
    }

    private static ObjectNode column(DatasetColumn column) {
        return object().put("name", column.name())
                .put("type", column.type())
                .put("source_type", column.sourceType())
                .put("nullable", column.nullable())
                .put("sensitivity", sensitivity(column.sensitivity()))
                .put("is_pii", column.isPii())
                .put("description", column.description());
    }

    private static @Nullable String sensitivity(Sensitivity sensitivity) {
        return sensitivity == Sensitivity.NONE ? null : sensitivity.text();
    }

    private static ObjectNode lineage(Lineage lineage) {
        ObjectNode shape = object().put("source_system", lineage.sourceSystem());
        shape.put("source_file", lineage.sourceFile()).put("ingest_job", lineage.ingestJob());
        shape.put("ingest_timestamp", lineage.ingestTimestamp());
        ArrayNode parents = shape.putArray("parent_datasets");
        lineage.parentDatasets().forEach(parents::add);
        return shape;
    }

    private static ObjectNode file(DatasetObject file) {
        ObjectNode shape = object().put("bucket", file.bucket()).put("key", file.key());
        shape.put("size_bytes", file.sizeBytes());
        put(shape, "created_at", file.createdAt());
        return shape;
    }

    private static void fence(ObjectNode shape, @Nullable Fence fence) {
        shape.put("fence_epoch", fence == null ? null : fence.epoch());
        shape.put("fence_version", fence == null ? null : fence.version());
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }

    private static void put(ObjectNode shape, String name, OptionalLong number) {
        shape.put(name, number.isPresent() ? number.getAsLong() : null);
    }

    private static void put(ObjectNode shape, String name, @Nullable Instant time) {
        shape.put(name, time == null ? null : time.toString());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
