package dev.freshet.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// Which columns a table shows of each kind of thing.
final class Listings {
    private static final List<Cell> RUN = List.of(
            Cell.text("task"),
            Cell.text("outcome"),
            Cell.time("due_at"),
            Cell.time("finished_at"),
            Cell.number("attempt"),
            Cell.number("rows"),
            Cell.bytes("bytes"),
            Cell.number("version"));

    private static final List<Cell> CHECKPOINT = List.of(
            Cell.text("CHECKPOINT", "uuid"),
            Cell.text("identifier"),
            Cell.text("fingerprint"),
            Cell.bytes("size"),
            Cell.bytes("shared_size"),
            Cell.number("steps"),
            Cell.number("RECORDS", "processed_records"));

    private static final List<Cell> DETAILS = List.of(
            Cell.text("task", "task_name"),
            Cell.text("status", "state"),
            Cell.text("holder", "holder/pod_id"),
            Cell.text("instance", "holder/instance_id"),
            Cell.time("since", "holder/since"),
            Cell.age("last heartbeat, ago", "holder/heartbeat_age"),
            Cell.text("lease, ms", "lease_ms"),
            Cell.text("fence", "holder/fence"),
            Cell.text("run", "token"),
            Cell.text("attempt", "attempt"),
            Cell.time("due time in progress", "due_at"),
            Cell.time("retry", "retry_at"),
            Cell.time("next run", "ready_at"),
            Cell.time("request pending", "requested_at"),
            Cell.time("request served", "serving_request"),
            Cell.text("schedule", "schedule_id"),
            Cell.text("paused", "paused"),
            Cell.text("definition version", "definition_version"),
            Cell.time("last run", "last_run_at"),
            Cell.text("last outcome", "last_outcome"),
            Cell.text("last error", "last_error"),
            Cell.text("last rows", "last_rows"),
            Cell.text("runs that succeeded", "run_count"),
            Cell.text("runs that failed", "failure_count"),
            Cell.text("due times missed", "missed_count"),
            Cell.text("due times skipped", "skipped_count"));

    private Listings() {}

    static Listing schedules(List<ObjectNode> rows) {
        return Listing.of(
                rows,
                Cell.text("id"),
                Cell.text("TYPE", "kind/type"),
                Cell.text("TABLE", "kind/table"),
                Cell.text("enabled"),
                Cell.time("next_run_at"),
                Cell.time("last_run_at"),
                Cell.text("LAST OUTCOME", "last_outcome/message"),
                Cell.number("run_count"),
                Cell.number("failure_count"));
    }

    static Listing history(List<ObjectNode> rows) {
        return Listing.of(
                rows, Cell.number("version"), Cell.text("deleted"), Cell.text("definition"), Cell.text("fault"));
    }

    static Listing rollups(List<ObjectNode> rows) {
        return Listing.of(
                rows,
                Cell.text("name"),
                Cell.text("source"),
                Cell.text("state"),
                Cell.number("PROCESSED", "processed_version"),
                Cell.number("LAG", "lag_versions"),
                Cell.time("stale_since"),
                Cell.time("WATERMARK", "watermark_at"),
                Cell.number("rows"),
                Cell.number("version"),
                Cell.time("NEXT RUN", "next_run_at"),
                Cell.shortened("LAST ERROR", "last_error/message"));
    }

    static Listing slices(List<ObjectNode> rows) {
        return Listing.of(
                rows,
                Cell.number("slice"),
                Cell.time("from"),
                Cell.time("to"),
                Cell.number("facts_version"),
                Cell.text("resumes"));
    }

    static Listing check(ObjectNode row) {
        return Listing.of(
                List.of(row),
                Cell.text("name"),
                Cell.text("equal"),
                Cell.number("facts_version"),
                Cell.number("rows"),
                Cell.number("surplus"),
                Cell.number("missing"),
                Cell.text("note"));
    }

    static Listing migrations(List<ObjectNode> rows) {
        return Listing.of(
                rows,
                Cell.number("layout"),
                Cell.text("name"),
                Cell.text("state"),
                Cell.time("applied_at"),
                Cell.text("what"));
    }

    static Listing datasets(List<ObjectNode> rows) {
        return Listing.of(
                rows,
                Cell.text("name"),
                Cell.number("rows"),
                Cell.bytes("bytes"),
                Cell.number("version"),
                Cell.text("sensitivity"),
                Cell.text("SOURCE", "lineage/source_system"),
                Cell.time("lineage/ingest_timestamp"),
                Cell.states("derived"),
                Cell.time("stale_since"));
    }

    static Listing tasks(List<ObjectNode> rows) {
        return Listing.of(
                rows,
                Cell.text("TASK", "task_name"),
                Cell.text("STATUS", "state"),
                Cell.text("HOLDER", "holder/pod_id"),
                Cell.time("SINCE", "holder/since"),
                Cell.age("HEARTBEAT", "holder/heartbeat_age"),
                Cell.text("FENCE", "holder/fence"),
                Cell.number("attempt"),
                Cell.time("NEXT RUN", "ready_at"),
                Cell.number("MISSED", "missed_count"),
                Cell.text("LAST", "last_outcome"),
                Cell.shortened("last_error"));
    }

    /// One task, a field a line.
    static Listing task(ObjectNode task) {
        List<ObjectNode> lines = new ArrayList<>();
        for (Cell cell : DETAILS) {
            lines.add(JsonNodeFactory.instance
                    .objectNode()
                    .put("name", cell.title())
                    .put("value", cell.of(task)));
        }
        return Listing.of(lines, Cell.text("FIELD", "name"), Cell.text("value"));
    }

    static Listing runs(List<ObjectNode> rows) {
        List<Cell> cells = new ArrayList<>(RUN);
        cells.add(Cell.text("pod_id"));
        cells.add(Cell.text("error"));
        return new Listing(cells, rows);
    }

    /// One run, for the one who waited for it and is told its error elsewhere.
    static Listing run(ObjectNode row) {
        return new Listing(RUN, List.of(row));
    }

    static Listing checkpoints(List<ObjectNode> rows) {
        return new Listing(CHECKPOINT, rows);
    }

    static Listing verified(List<ObjectNode> rows) {
        List<Cell> cells = new ArrayList<>(CHECKPOINT);
        cells.add(Cell.text("whole"));
        cells.add(Cell.text("faults"));
        return new Listing(cells, rows);
    }

    static Listing maintained(List<ObjectNode> rows) {
        return Listing.of(
                rows,
                Cell.text("table"),
                Cell.number("files"),
                Cell.number("AFTER", "files_after"),
                Cell.bytes("bytes"),
                Cell.number("EXPIRED", "expired_files"),
                Cell.number("JOINED", "joined_files"),
                Cell.number("VERSIONS CLEANED", "versions_cleaned"),
                Cell.number("DELETED", "deleted_files"),
                Cell.bytes("deleted_bytes"));
    }

    static Listing columns(List<ObjectNode> rows) {
        return Listing.of(
                rows,
                Cell.text("COLUMN", "name"),
                Cell.text("type"),
                Cell.text("source_type"),
                Cell.text("nullable"),
                Cell.text("sensitivity"),
                Cell.text("description"));
    }

    static Listing findings(List<ObjectNode> rows) {
        return Listing.of(rows, Cell.text("check"), Cell.text("health"), Cell.text("detail"));
    }
}
