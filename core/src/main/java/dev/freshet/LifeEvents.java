package dev.freshet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.control.Lease;
import dev.freshet.event.EventType;
import dev.freshet.schedule.Outcome;
import dev.freshet.schedule.RunListener;
import dev.freshet.schedule.RunRecord;
import dev.freshet.table.Fence;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Records what runners of this process do as events, and passes it on to whoever else listens.
///
/// @param runTold called when all events of a run are recorded
record LifeEvents(RunListener other, BiConsumer<EventType, ObjectNode> events, Runnable runTold)
        implements RunListener {
    /// Begins the names of tasks whose targets are datasets.
    private static final String INGEST = "ingest:";

    @Override
    public void granted(Lease lease) {
        events.accept(EventType.LEASE_GRANTED, held(lease).put("reclaimed", lease.reclaimed()));
        other.granted(lease);
    }

    @Override
    public void leaseLost(Lease lease, String why) {
        events.accept(EventType.LEASE_LOST, held(lease).put("reason", why));
        other.leaseLost(lease, why);
    }

    @Override
    public void fired(String runId, String task, String schedule, Instant dueAt) {
        events.accept(
                EventType.SCHEDULE_FIRED,
                run(runId, task).put("schedule", schedule).put("due_at", dueAt.toString()));
        other.fired(runId, task, schedule, dueAt);
    }

    @Override
    public void started(String runId, String task, int attempt) {
        events.accept(EventType.RUN_STARTED, run(runId, task).put("attempt", attempt));
        other.started(runId, task, attempt);
    }

    @Override
    public void happened(String runId, String task, EventType type, Map<String, ?> details) {
        ObjectNode payload = run(runId, task);
        details.forEach(payload::putPOJO);
        events.accept(type, payload);
        other.happened(runId, task, type, details);
    }

    @Override
    public void expecting(String runId, String task, long rows) {
        other.expecting(runId, task, rows);
    }

    @Override
    public void progress(String runId, String task, long rows, long bytes) {
        other.progress(runId, task, rows, bytes);
    }

    @Override
    public void finished(RunRecord run, Duration retryIn) {
        ObjectNode payload = told(run);
        if (!retryIn.isZero()) {
            payload.put("retry_in_secs", retryIn.toSeconds());
        }
        events.accept(ended(run.outcome()), payload);
        if (run.version() != null && run.task().startsWith(INGEST)) {
            events.accept(EventType.DATASET_COMMITTED, told(run));
        }
        runTold.run();
        other.finished(run, retryIn);
    }

    @Override
    public void failed(String runId, String task, Throwable cause) {
        other.failed(runId, task, cause);
    }

    @Override
    public void waiting(String task, String podId, Instant since) {
        other.waiting(task, podId, since);
    }

    @Override
    public void adopted(RunRecord run) {
        events.accept(EventType.RUN_RESUMED, told(run));
        other.adopted(run);
    }

    @Override
    public void lost(RunRecord run) {
        events.accept(EventType.RUN_LOST, told(run));
        other.lost(run);
    }

    @Override
    public void passedOver(RunRecord range) {
        events.accept(
                range.outcome() == Outcome.SKIPPED ? EventType.SCHEDULE_SKIPPED : EventType.SCHEDULE_MISSED,
                passed(range));
        other.passedOver(range);
    }

    @Override
    public void reclaimed(String task, String formerPod) {
        events.accept(EventType.LEASE_RECLAIMED, object().put("task", task).put("former_pod", formerPod));
        other.reclaimed(task, formerPod);
    }

    @Override
    public void warning(String message) {
        other.warning(message);
    }

    private static EventType ended(Outcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> EventType.RUN_SUCCEEDED;
            case UNCHANGED -> EventType.RUN_UNCHANGED;
            case FAILED -> EventType.RUN_FAILED;
            case LOST -> EventType.RUN_LOST;
            case SKIPPED -> EventType.SCHEDULE_SKIPPED;
            case MISSED -> EventType.SCHEDULE_MISSED;
        };
    }

    private static ObjectNode held(Lease lease) {
        return fenced(run(lease.token(), lease.task()), lease.fence());
    }

    private static ObjectNode told(RunRecord run) {
        return fenced(run(run.runId(), run.task()), run.fence())
                .put("schedule", run.schedule())
                .put("due_at", text(run.dueAt()))
                .put("attempt", run.attempt())
                .put("pod_id", run.podId())
                .put("rows", run.rows())
                .put("bytes", run.bytes())
                .put("version", run.version())
                .put("reason", run.reason())
                .put("error_code", run.errorCode())
                .put("error", run.error());
    }

    private static ObjectNode passed(RunRecord range) {
        return object().put("task", range.task())
                .put("schedule", range.schedule())
                .put("from", text(range.missedFrom()))
                .put("to", text(range.missedTo()))
                .put("count", range.count())
                .put("reason", range.reason());
    }

    private static ObjectNode fenced(ObjectNode payload, Fence fence) {
        payload.putArray("fence").add(fence.epoch()).add(fence.version());
        return payload;
    }

    private static ObjectNode run(String runId, String task) {
        return object().put("run_id", runId).put("task", task);
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : Objects.toString(time);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
