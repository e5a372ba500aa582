package dev.freshet.cli;

import dev.freshet.schedule.RunListener;
import dev.freshet.schedule.RunRecord;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells line by line what the scheduler does.
final class RunLines implements RunListener {
    private final Log log;
    private final Complaint failures;

    RunLines(Log log, Complaint failures) {
        this.log = log;
        this.failures = failures;
    }

    @Override
    public void started(String runId, String task, int attempt) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("task", task);
        fields.put("attempt", attempt);
        fields.put("run_id", runId);
        log.event(Log.Level.INFO, "run started", fields);
    }

    @Override
    public void finished(RunRecord run, Duration retryIn) {
        Map<String, Object> fields = figures(run);
        if (!retryIn.isZero()) fields.put("retry_in_secs", retryIn.toSeconds());
        log.event(level(run), "run " + run.outcome().text(), fields);
    }

    @Override
    public void failed(String runId, String task, Throwable cause) {
        failures.explain(cause);
    }

    @Override
    public void adopted(RunRecord run) {
        log.event(Log.Level.INFO, "run adopted: its work was in the lake already", figures(run));
    }

    @Override
    public void lost(RunRecord run) {
        log.event(Log.Level.WARN, "run lost: its process ended without a trace", figures(run));
    }

    @Override
    public void passedOver(RunRecord range) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("task", range.task());
        fields.put("count", range.count());
        put(fields, "from", range.missedFrom());
        put(fields, "to", range.missedTo());
        put(fields, "reason", range.reason());
        log.event(Log.Level.WARN, "due times " + range.outcome().text(), fields);
    }

    @Override
    public void reclaimed(String task, String formerPod) {
        log.event(Log.Level.WARN, "lease expired and taken over", Map.of("task", task, "former_pod", formerPod));
    }

    @Override
    public void warning(String message) {
        log.event(Log.Level.WARN, message, Map.of());
    }

    private static Log.Level level(RunRecord run) {
        return switch (run.outcome()) {
            case SUCCEEDED, UNCHANGED -> Log.Level.INFO;
            case FAILED, LOST -> Log.Level.ERROR;
            case SKIPPED, MISSED -> Log.Level.WARN;
        };
    }

    private static Map<String, Object> figures(RunRecord run) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("task", run.task());
        put(fields, "due_at", run.dueAt());
        put(fields, "requested_at", run.requestedAt());
        put(fields, "rows", run.rows());
        put(fields, "bytes", run.bytes());
        put(fields, "version", run.version());
        fields.put("millis", Duration.between(run.startedAt(), run.finishedAt()).toMillis());
        put(fields, "error", run.error());
        return fields;
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) fields.put(name, value);
    }
}
