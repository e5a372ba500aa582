package dev.freshet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.event.Event;
import dev.freshet.event.EventRecorder;
import dev.freshet.schedule.RunListener;
import dev.freshet.schedule.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Records what a service does as events, and passes it on to whoever else listens.
record LifeEvents(RunListener other, EventRecorder recorder) implements RunListener {
    @Override
    public void started(String runId, String task, int attempt) {
        record("run.started", run(runId, task).put("attempt", attempt));
        other.started(runId, task, attempt);
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
        record("run." + run.outcome().text(), payload);
        if (run.version() != null) {
            record("dataset.committed", told(run));
        }
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
        record("run.resumed", told(run));
        other.adopted(run);
    }

    @Override
    public void lost(RunRecord run) {
        record("run.lost", told(run));
        other.lost(run);
    }

    @Override
    public void passedOver(RunRecord range) {
        record("schedule." + range.outcome().text().toLowerCase(Locale.ROOT), passed(range));
        other.passedOver(range);
    }

    @Override
    public void reclaimed(String task, String formerPod) {
        record("lease.reclaimed", object().put("task", task).put("former_pod", formerPod));
        other.reclaimed(task, formerPod);
    }

    @Override
    public void warning(String message) {
        other.warning(message);
    }

    private void record(String type, ObjectNode payload) {
        var _ = recorder.record(Event.of(type).payload(payload.toString()));
    }

    private static ObjectNode told(RunRecord run) {
        return run(run.runId(), run.task())
                .put("schedule", run.schedule())
                .put("due_at", text(run.dueAt()))
                .put("attempt", run.attempt())
                .put("pod_id", run.podId())
                .put("fence", run.fence().toString())
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
